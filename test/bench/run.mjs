import { startTypeScript } from '../n8n/startTypeScript.mjs';

try {
	process.exitCode = await startTypeScript('test/bench/run.ts');
} catch (error) {
	console.error(error.message);
	process.exitCode = 1;
}
