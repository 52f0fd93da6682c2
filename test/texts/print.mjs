// Prints every text that a builder or a model reads, one a line: node test/texts/print.mjs
import { build } from 'esbuild';

const bundle = new URL('../../node_modules/.cache/texts.cjs', import.meta.url);
await build({
	entryPoints: [new URL('texts.ts', import.meta.url).pathname],
	// As n8n's names have it, `ContactUser.node` is the file of a class here, and of data beside it.
	resolveExtensions: ['.ts', '.js'],
	bundle: true,
	platform: 'node',
	packages: 'external',
	outfile: bundle.pathname,
	logLevel: 'warning',
});
const { codeTexts, descriptionTexts, exampleTexts } = await import(bundle.href);

const shown = descriptionTexts();
const known = new Set(shown.map(({ text }) => text));
const said = codeTexts().filter(({ text }) => !known.has(text));
for (const { where, text } of [...shown, ...said, ...exampleTexts()]) {
	console.log(`${where}: ${text.replaceAll('\n', ' | ')}`);
}
