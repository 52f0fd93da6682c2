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
