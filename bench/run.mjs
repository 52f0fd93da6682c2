import { startTypeScript } from '../test/n8n/startTypeScript.mjs';

try {
	process.exitCode = await startTypeScript('bench/run.ts');
} catch (error) {
	console.error(error.message);
	process.exitCode = 1;
}
