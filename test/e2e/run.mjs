import { startSuite } from '../n8n/startTypeScript.mjs';

await startSuite('test/e2e/run.ts');
