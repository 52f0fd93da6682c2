import { startSuite } from '../../test/n8n/startTypeScript.mjs';

await startSuite('docs/screenshots/pictures.ts');
