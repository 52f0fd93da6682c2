import { startTypeScript } from '../n8n/startTypeScript.mjs';

try {
	process.exitCode = await startTypeScript('test/ui/run.ts');
} catch (error) {
	console.error(error.message);
	console.log('0 passed, 1 failed');
	process.exitCode = 1;
}
