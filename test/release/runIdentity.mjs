import { startTypeScript } from '../n8n/startTypeScript.mjs';

process.exitCode = await startTypeScript('test/release/runIdentity.ts');
