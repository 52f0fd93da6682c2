import { OUTPUTS } from '../n8n/deskNodes';
import type { Workflow, WorkflowNode } from '../n8n/workflow';
import { isNote } from './exampleLayout';

/** Nodes that nothing leads to, and outputs of Contact User that lead nowhere, in sentences. */
export function wiringFaults({ nodes, connections }: Workflow): string[] {
	const links = Object.entries(connections);
	const reached = new Set(
		links.flatMap(([from, kinds]) =>
			Object.entries(kinds).flatMap(([kind, outputs]) =>
				// What serves an AI Agent (a model, a tool) is linked from the servant to the agent.
				kind === 'main' ? outputs.flat().map(({ node }) => node) : [from],
			),
		),
	);
	const alone = nodes.filter(
		(node) => !isNote(node) && !isTrigger(node) && !reached.has(node.name),
	);
	const contacting = nodes.filter(({ type }) => type === 'n8n-nodes-tencent-desk.contactUser');
	const open = contacting.flatMap((node) =>
		outputsOf(node)
			.filter((_, output) => !connections[node.name]?.main?.[output]?.length)
			.map((output) => `${output} of ${node.name} leads nowhere`),
	);
	return [...alone.map(({ name }) => `nothing leads to ${name}`), ...open];
}

function outputsOf({ parameters, onError }: WorkflowNode): string[] {
	const { singleOutput } = parameters.options as { singleOutput?: boolean };
	const outputs = singleOutput ? ['All Outcomes'] : OUTPUTS;
	return onError === 'continueErrorOutput' ? [...outputs, 'Error'] : outputs;
}

function isTrigger({ type }: WorkflowNode): boolean {
	return /trigger$/i.test(type) || type === 'n8n-nodes-base.webhook';
}
