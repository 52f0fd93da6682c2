import { inspect } from 'node:util';

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
 * and sets the exit code. Arguments of the command choose the cases whose name holds one of them.
 */
export async function runSuite<Lab>(suite: Suite<Lab>): Promise<void> {
	const wanted = process.argv.slice(2);
	const isWanted = ({ name }: Case<Lab>) => wanted.some((text) => name.includes(text));
	const chosen = wanted.length === 0 ? suite.cases : suite.cases.filter(isWanted);
	const failures: string[] = [];
	let passed = 0;
	if (chosen.length === 0) {
		console.error(`No case has "${wanted.join('" or "')}" in its name. Cases:`);
		for (const { name } of suite.cases) console.error(`  ${name}`);
		process.exitCode = 1;
		return;
	}
	try {
		await suite.withLab(async (lab) => {
			for (const eachCase of chosen) {
				const failure = await runCase(suite, lab, eachCase);
				if (failure === undefined) passed += 1;
				else failures.push(failure);
			}
		});
	} catch (error) {
		failures.push(`FAIL the suite itself\n${inspect(error)}`);
	}
	// Once more, since a long suite has scrolled them out of sight.
	if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}\n`);
	console.log(`${passed} passed, ${failures.length} failed`);
	process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;
}

/** @returns what is printed of a case that failed */
async function runCase<Lab>(
	suite: Suite<Lab>,
	lab: Lab,
	{ name, run }: Case<Lab>,
): Promise<string | undefined> {
	suite.beforeEach?.(lab);
	const startedAt = Date.now();
	const took = () => `(${Date.now() - startedAt} ms)`;
	try {
		await run(lab);
	} catch (error) {
		const failure = `FAIL ${name} ${took()}\n    ${inspect(error).replaceAll('\n', '\n    ')}`;
		console.log(failure);
		await suite.afterFailure?.(lab, name);
		return failure;
	}
	console.log(`ok   ${name} ${took()}`);
	return undefined;
}
