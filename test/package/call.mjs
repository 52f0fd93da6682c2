// node call.mjs <module of test/tools> <function> <JSON of its arguments>: prints the result as JSON.
const [module, name, args] = process.argv.slice(2);
const tools = await import(new URL(`../tools/${module}`, import.meta.url));
console.log(JSON.stringify(tools[name](...JSON.parse(args))));
