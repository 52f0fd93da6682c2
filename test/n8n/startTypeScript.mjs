import { runNode24 } from '../tools/child.mjs';
import { whenParentIsGone } from '../tools/parent.mjs';
import { ensureInstalled } from '../tools/prepare.mjs';

/** Installs what is missing, then runs a TypeScript file with our arguments under Node 24. Gives its exit code. */
export async function startTypeScript(file) {
	// `npm run` ends without telling us when it is killed; our child then sees us go and tidies up.
	whenParentIsGone(() => process.exit(1));
	await ensureInstalled();
	return await runNode24(['--import', 'tsx', file, ...process.argv.slice(2)]);
}

/** Runs a suite (see suite.ts); what keeps it from starting is told in a line, and counts as a failure. */
export async function startSuite(file) {
	try {
		process.exitCode = await startTypeScript(file);
	} catch (error) {
		console.error(error.message);
		console.log('0 passed, 1 failed');
		process.exitCode = 1;
	}
}
