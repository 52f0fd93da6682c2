import { startTypeScript } from '../../test/n8n/startTypeScript.mjs';

console.log('0. Packages and Node 24');
process.exitCode = await startTypeScript('examples/demo/demo.ts');
