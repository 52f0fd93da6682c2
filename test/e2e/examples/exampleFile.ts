import { createWorkflow, runManually, type Execution } from '../../n8n/api';
import { parametersOf, type Workflow } from '../../n8n/workflow';
import type { Lab } from '../lab';

export const MANUAL_TRIGGER = "When clicking 'Execute workflow'";

interface Assignment {
	name: string;
	value: unknown;
}

/** The fields of a Set node, to be read or changed in place. */
export function fieldsOf(workflow: Workflow, nodeName: string): Assignment[] {
	const { assignments } = parametersOf(workflow, nodeName) as {
		assignments: { assignments: Assignment[] };
	};
	return assignments.assignments;
}

/** Changes fields of the node `Settings`, which must have them. */
export function changeSettings(workflow: Workflow, settings: Record<string, unknown>): void {
	for (const [name, value] of Object.entries(settings)) {
		const field = fieldsOf(workflow, 'Settings').find((candidate) => candidate.name === name);
		if (field === undefined) throw new Error(`Settings has no field ${name}`);
		field.value = value;
	}
}

/** Imports a workflow as the editor does, and runs it from its trigger to its end. */
export async function runExample(
	{ n8n }: Lab,
	workflow: Workflow,
	triggerName = MANUAL_TRIGGER,
): Promise<Execution> {
	const id = await createWorkflow(n8n.rest, workflow);
	return await runManually(n8n.rest, id, triggerName);
}

/** Everything that left a node, in all of its runs and by all of its outputs. */
export function leaving(execution: Execution, nodeName: string): Array<Record<string, unknown>> {
	return execution
		.runs(nodeName)
		.flat(2)
		.map(({ json }) => json);
}

/** How often contact_user was asked to contact each user. */
export function triesOf({ simulator }: Lab): Record<string, number> {
	const tries: Record<string, number> = {};
	for (const { command, userId } of simulator.requests) {
		if (command !== 'contact_user') continue;
		tries[userId ?? ''] = (tries[userId ?? ''] ?? 0) + 1;
	}
	return tries;
}

/** Everybody who was really contacted, as often as that happened. */
export function contactedUsers({ simulator }: Lab): string[] {
	return simulator.ledger.map(({ userId }) => userId).sort();
}
