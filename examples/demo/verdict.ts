import { OUTPUT_NAMES } from '../../nodes/ContactUser/description';
import type { Row } from './exampleWorkflow';
import type { Target } from './target';

const [CONTACTED] = OUTPUT_NAMES;

/** What is wrong with a run, in sentences; empty when it did what it should. */
export function faultsOf(deals: number, rows: Row[], target: Target): string[] {
	const faults: string[] = [];
	if (rows.length !== deals) {
		faults.push(`${deals} deals went in and ${rows.length} reports came out.`);
	}
	if (target.contactedUsers === undefined) return faults;

	const unused = OUTPUT_NAMES.filter((output) => !rows.some((row) => row.output === output));
	if (unused.length > 0) faults.push(`No contact left by ${unused.join(', ')}.`);
	const reported = usersOf(rows, CONTACTED);
	const real = target.contactedUsers();
	if (reported.sort().join() !== real.sort().join()) {
		faults.push(
			`Reported as contacted: ${reported.join(', ')}. Really contacted: ${real.join(', ')}.`,
		);
	}
	return faults;
}

/** One sentence about a run without faults. */
export function conclusionOf(rows: Row[], target: Target): string {
	const counts = OUTPUT_NAMES.map((output) => `${usersOf(rows, output).length} by ${output}`);
	const judge = target.contactedUsers ? '; the simulator saw exactly these contacts' : '';
	return `${rows.length} deals left Contact User in a real n8n: ${counts.join(', ')}${judge}.`;
}

function usersOf(rows: Row[], output: string): string[] {
	return rows.filter((row) => row.output === output).map(({ userId }) => userId);
}
