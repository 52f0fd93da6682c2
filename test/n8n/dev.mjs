import { startTypeScript } from './startTypeScript.mjs';

process.exitCode = await startTypeScript('test/n8n/dev.ts');
