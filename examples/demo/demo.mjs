import { runNode24 } from '../../test/tools/child.mjs';
import { ensureInstalled } from '../../test/tools/prepare.mjs';

console.log('0. Packages and Node 24');
await ensureInstalled();
process.exitCode = await runNode24([
	...['--import', 'tsx'],
	'examples/demo/demo.ts',
	...process.argv.slice(2),
]);
