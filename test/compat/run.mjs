import { startSuite } from '../n8n/startTypeScript.mjs';

await startSuite('test/compat/run.ts');
