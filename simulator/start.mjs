import { runNode24 } from '../test/tools/child.mjs';
import { ensureInstalled } from '../test/tools/prepare.mjs';

try {
	await ensureInstalled();
	process.exitCode = await runNode24([
		...['--import', 'tsx'],
		'simulator/main.ts',
		...process.argv.slice(2),
	]);
} catch (error) {
	console.error(error.message);
	process.exitCode = 1;
}
