/** A workflow in n8n's own export format, as far as we write it. */
export interface Workflow {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, { [Kind in ConnectionKind]?: Array<Array<Link<Kind>>> }>;
	settings: Record<string, unknown>;
	/** Output that n8n takes instead of running a node, by the name of the node. */
	pinData?: Record<string, unknown>;
}

/** `main` carries items; the others connect an AI Agent with what it works with. */
export type ConnectionKind = 'main' | 'ai_languageModel' | 'ai_tool';

interface Link<Kind> {
	node: string;
	type: Kind;
	index: number;
}

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string | null; name: string }>;
	onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	/** n8n calls it deactivated: items pass through the node unchanged. */
	disabled?: boolean;
	retryOnFail?: boolean;
	maxTries?: number;
	waitBetweenTries?: number;
	webhookId?: string;
}

/** The parts of a node that matter to a test; the rest is filled in. */
export type NodeSketch = Pick<WorkflowNode, 'name' | 'type' | 'typeVersion' | 'parameters'> &
	Partial<WorkflowNode>;

/**
 * A workflow whose nodes run one after another; the outputs of the last one lead to nodes of nothing, named after
 * the outputs.
 */
export function chain(name: string, nodes: NodeSketch[], lastOutputs: string[] = []): Workflow {
	const ends = lastOutputs.map((output) => nothing(output));
	const all = [...nodes, ...ends].map((node, index) => ({
		id: `node-${index}`,
		position: [index * 200, 0] as [number, number],
		...node,
	}));
	const to = (node: NodeSketch) => [{ node: node.name, type: 'main' as const, index: 0 }];
	const links = nodes.map((node, index) => {
		const next = index + 1 < nodes.length ? [to(nodes[index + 1])] : ends.map(to);
		return [node.name, { main: next }] as const;
	});
	return {
		name,
		nodes: all,
		connections: Object.fromEntries(links),
		settings: { executionOrder: 'v1' },
	};
}

/** The parameters of a node, to be read or changed in place. @throws when there is no such node */
export function parametersOf({ nodes }: Workflow, nodeName: string): Record<string, unknown> {
	const node = nodes.find(({ name }) => name === nodeName);
	if (node === undefined) throw new Error(`the workflow has no node named ${nodeName}`);
	return node.parameters;
}

export function manualTrigger(): NodeSketch {
	return { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} };
}

/**
 * A production webhook at `/webhook/<path>` that answers when the workflow has run; with `onReceived` at once; with
 * `streaming` while an AI Agent speaks.
 */
export function webhook(
	path: string,
	responseMode: 'lastNode' | 'onReceived' | 'streaming' = 'lastNode',
): NodeSketch {
	return {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: path,
		parameters: { httpMethod: 'POST', path, responseMode, options: {} },
	};
}

/** One item for each element of a list. */
export function splitOut(field: string): NodeSketch {
	return {
		name: 'Split Out',
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		parameters: { fieldToSplitOut: field, options: {} },
	};
}

function nothing(name: string): NodeSketch {
	return { name, type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
}
