import { OUTPUT_NAMES } from '../../nodes/ContactUser/outputs';
import type { Row } from './exampleWorkflow';
import type { Target } from './target';

/** What is wrong with a run, in sentences; empty when it did what it should. */
export function faultsOf(deals: number, rows: Row[], target: Target): string[] {
	const faults: string[] = [];
	if (rows.length !== deals) faults.push(`${deals} deals went in and ${rows.length} reports came out.`);
	if (target.contactedUsers === undefined) return faults;

	const unused = OUTPUT_NAMES.filter((output) => !rows.some((row) => row.output === output));
	if (unused.length > 0) faults.push(`No contact left by ${unused.join(', ')}.`);
	const reported = rows.filter(({ output }) => output === OUTPUT_NAMES[0]).map(({ userId }) => userId);
	const real = target.contactedUsers();
	if (reported.sort().join() !== real.sort().join()) {
		faults.push(`Reported as contacted: ${reported.join(', ')}. Really contacted: ${real.join(', ')}.`);
	}
	return faults;
}
