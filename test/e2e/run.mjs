import { runNode24 } from '../tools/child.mjs';
import { ensureInstalled } from '../tools/prepare.mjs';

try {
	await ensureInstalled();
	process.exitCode = await runNode24([
		...['--import', 'tsx'],
		'test/e2e/run.ts',
		...process.argv.slice(2),
	]);
} catch (error) {
	console.error(error.message);
	console.log('0 passed, 1 failed');
	process.exitCode = 1;
}
