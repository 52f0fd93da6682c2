import { startSuite } from '../n8n/startTypeScript.mjs';

await startSuite('test/ui/screenshots.ts');
