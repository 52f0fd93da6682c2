import type { NodeExecutionHint } from 'n8n-workflow';

import type { OutputMode } from '../input/parameters';
import type { ContactReport } from './report';

const MOST_CAUSES = 10;

/** What n8n shows beside the output of a run. A tool has one output only, of which none of this is true. */
export function runHints(
	reports: ContactReport[],
	{ mode, alwaysOutputData }: { mode: OutputMode; alwaysOutputData: boolean },
): NodeExecutionHint[] {
	if (mode === 'tool') return [];
	const hints = configurationHints(reports);
	const nobodyContacted = !reports.some(({ outcome }) => outcome === 'contacted');
	return alwaysOutputData && nobodyContacted ? [...hints, EMPTY_ITEM] : hints;
}

/** n8n's Always Output Data only looks at the first output: with no contact, it puts an empty item on Contacted. */
const EMPTY_ITEM = warning(
	'Nobody was contacted. The empty item on Contacted comes from the setting Always Output Data; turn it off for this node.',
);

/** One hint per distinct cause, so that a builder who left Config Error unconnected sees it all the same. */
function configurationHints(reports: ContactReport[]): NodeExecutionHint[] {
	const causes = new Map<number | string, ContactReport[]>();
	for (const report of reports) {
		if (report.outcome !== 'configurationError') continue;
		const cause = report.errorCode ?? report.message;
		const known = causes.get(cause);
		if (known === undefined) causes.set(cause, [report]);
		else known.push(report);
	}
	const hints = [...causes.values()].map(([first, ...others]) =>
		warning(
			`${itemCount(others.length + 1)} left by Config Error: ${first.message} ${first.advice}`,
		),
	);
	if (hints.length <= MOST_CAUSES) return hints;
	const more = `And ${hints.length - MOST_CAUSES} more causes: see the items on Config Error.`;
	return [...hints.slice(0, MOST_CAUSES), warning(more)];
}

function warning(message: string): NodeExecutionHint {
	return { type: 'warning', location: 'outputPane', message };
}

function itemCount(count: number): string {
	return `${count} ${count === 1 ? 'item' : 'items'}`;
}
