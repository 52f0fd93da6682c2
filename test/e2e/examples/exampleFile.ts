import { createWorkflow, runManually, type Execution } from '../../n8n/api';
import { CREDENTIAL, CREDENTIAL_TYPE } from '../../n8n/deskNodes';
import { parametersOf, type Workflow, type WorkflowNode } from '../../n8n/workflow';
import type { Lab } from '../lab';

export const MANUAL_TRIGGER = "When clicking 'Execute workflow'";

export type Credentials = NonNullable<WorkflowNode['credentials']>;

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

/** Imports a workflow whose nodes have their credentials, and runs it from its trigger to its end. */
export async function runExample(
	lab: Lab,
	workflow: Workflow,
	triggerName = MANUAL_TRIGGER,
): Promise<Execution> {
	return await runManually(lab.n8n.rest, await importExample(lab, workflow), triggerName);
}

/** Imports a workflow, and chooses the credentials as a builder does in the panel. @returns its id */
export async function importExample(
	{ n8n }: Lab,
	workflow: Workflow,
	credentials: Credentials = CREDENTIAL,
): Promise<string> {
	return await createWorkflow(n8n.rest, withCredentials(workflow, credentials));
}

/** The workflow with a credential for each node that needs one of these types. */
export function withCredentials(workflow: Workflow, credentials: Credentials): Workflow {
	const nodes = workflow.nodes.map((node) => {
		const type = credentialTypeOf(node);
		const credential = type === undefined ? undefined : credentials[type];
		return type && credential ? { ...node, credentials: { [type]: credential } } : node;
	});
	return { ...workflow, nodes };
}

/** Which credential a node of the examples asks for; undefined when none. */
export function credentialTypeOf({ type }: WorkflowNode): string | undefined {
	if (type.startsWith('n8n-nodes-tencent-desk.')) return CREDENTIAL_TYPE;
	return type === '@n8n/n8n-nodes-langchain.lmChatOpenAi' ? 'openAiApi' : undefined;
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

/** Lets things happen to the session of a user, one after the other. @throws when one cannot be */
export function moveSession(
	{ simulator }: Lab,
	userId: string,
	...moves: Array<Parameters<Lab['simulator']['move']>[1]>
): void {
	for (const move of moves) {
		const moved = simulator.move(userId, move);
		if (!moved.done) throw new Error(`${userId}, ${move.move}: ${moved.reason}`);
	}
}
