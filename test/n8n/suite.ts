/** One promise of the package; `run` throws when it is not kept. */
export interface Case<Lab> {
	name: string;
	run(lab: Lab): Promise<void>;
}

export interface Suite<Lab> {
	cases: Array<Case<Lab>>;
	/** Opens what the cases work with, hands it to `work`, and closes it however that ends. */
	withLab(work: (lab: Lab) => Promise<void>): Promise<void>;
	beforeEach?(lab: Lab): void;
	/** Called with the lab as the failed case left it, e.g. to keep a picture of it. */
	afterFailure?(lab: Lab, caseName: string): Promise<void>;
}

/**
 * Runs cases one after another against one lab, prints a line for each and the closing line "N passed, N failed",
 * and sets the exit code. Arguments of the command choose the cases whose name holds their text.
 */
export async function runSuite<Lab>(suite: Suite<Lab>): Promise<void> {
	const [wanted = ''] = process.argv.slice(2);
	const chosen = suite.cases.filter(({ name }) => name.includes(wanted));
	const tally = { passed: 0, failed: 0 };
	if (chosen.length === 0) {
		console.error(`No case has "${wanted}" in its name. Cases:`);
		for (const { name } of suite.cases) console.error(`  ${name}`);
		process.exitCode = 1;
		return;
	}
	try {
		await suite.withLab(async (lab) => {
			for (const eachCase of chosen) {
				const passed = await runCase(suite, lab, eachCase);
				tally[passed ? 'passed' : 'failed'] += 1;
			}
		});
	} catch (error) {
		console.error(error);
		tally.failed += 1;
	}
	console.log(`${tally.passed} passed, ${tally.failed} failed`);
	process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;
}

async function runCase<Lab>(
	suite: Suite<Lab>,
	lab: Lab,
	{ name, run }: Case<Lab>,
): Promise<boolean> {
	suite.beforeEach?.(lab);
	const startedAt = Date.now();
	let complaint = '';
	try {
		await run(lab);
	} catch (error) {
		complaint = `\n    ${String((error as Error).stack).replaceAll('\n', '\n    ')}`;
		await suite.afterFailure?.(lab, name);
	}
	console.log(`${complaint ? 'FAIL' : 'ok  '} ${name} (${Date.now() - startedAt} ms)${complaint}`);
	return complaint === '';
}
