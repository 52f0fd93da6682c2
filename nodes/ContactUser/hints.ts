import type { NodeExecutionHint } from 'n8n-workflow';

import type { ContactReport } from './report';

const MOST_CAUSES = 10;

/** What n8n shows beside the output of a run. */
export function runHints(reports: ContactReport[], alwaysOutputData: boolean): NodeExecutionHint[] {
	return [...configurationHints(reports), ...emptyItemHint(reports, alwaysOutputData)];
}

/** One hint per distinct cause, so that a builder who left Configuration Error unconnected sees it all the same. */
function configurationHints(reports: ContactReport[]): NodeExecutionHint[] {
	const causes = new Map<number | string, ContactReport[]>();
	for (const report of reports) {
		if (report.outcome !== 'configurationError') continue;
		const cause = report.errorCode ?? report.message;
		const known = causes.get(cause);
		if (known === undefined) causes.set(cause, [report]);
		else known.push(report);
	}
	return [...causes.values()]
		.slice(0, MOST_CAUSES)
		.map(([first, ...others]) =>
			warning(
				`${itemCount(others.length + 1)} left by Configuration Error: ${first.message} ${first.advice}`,
			),
		);
}

/** n8n's Always Output Data only looks at the first output: with no contact, it puts an empty item on Contacted. */
function emptyItemHint(reports: ContactReport[], alwaysOutputData: boolean): NodeExecutionHint[] {
	if (!alwaysOutputData || reports.some(({ outcome }) => outcome === 'contacted')) return [];
	return [
		warning(
			'Nobody was contacted. The empty item on Contacted comes from the setting Always Output Data; turn it off for this node.',
		),
	];
}

function warning(message: string): NodeExecutionHint {
	return { type: 'warning', location: 'outputPane', message };
}

function itemCount(count: number): string {
	return `${count} ${count === 1 ? 'item' : 'items'}`;
}
