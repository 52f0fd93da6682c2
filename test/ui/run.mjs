import { startTypeScript } from '../n8n/startTypeScript.mjs';

const pictures = process.argv.includes('--screenshots');
try {
	process.exitCode = await startTypeScript(pictures ? 'test/ui/screenshots.ts' : 'test/ui/run.ts');
} catch (error) {
	console.error(error.message);
	console.log('0 passed, 1 failed');
	process.exitCode = 1;
}
