import {
	NodeConnectionTypes,
	NodeHelpers,
	Workflow,
	type IConnection,
	type IDataObject,
	type INode,
	type INodeType,
	type INodeTypes,
	type IWorkflowBase,
} from 'n8n-workflow';

const { Main } = NodeConnectionTypes;

/** A node type with one main input and output and no parameters. */
export function stubNodeType(name: string, execute: INodeType['execute']): INodeType {
	return {
		description: {
			displayName: name,
			name,
			group: [],
			version: 1,
			description: '',
			defaults: { name },
			inputs: [Main],
			outputs: [Main],
			properties: [],
		},
		execute,
	};
}

export function node(name: string, type: string, extra: Partial<INode> = {}): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters: {}, ...extra };
}

export const connectTo = (name: string): IConnection => ({ node: name, type: Main, index: 0 });

/** A trigger that gives these items. */
export const emits = (...items: IDataObject[]): INodeType =>
	stubNodeType('start', async () => [items.map((json) => ({ json }))]);

/** Hands its items on, each linked to the one it came from. */
export const passOn = (): INodeType =>
	stubNodeType('passOn', async function () {
		return [this.getInputData().map(({ json }, item) => ({ json, pairedItem: { item } }))];
	});

export function createWorkflow(
	nodes: INode[],
	connections: IWorkflowBase['connections'],
	types: Record<string, INodeType>,
	settings: IWorkflowBase['settings'] = {},
): { workflow: Workflow; workflowData: IWorkflowBase } {
	const nodeTypes: INodeTypes = {
		getByName: (name) => types[name],
		getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(types[name], version),
		getKnownTypes: () => ({}),
	};
	const workflowData: IWorkflowBase = {
		id: 'workflow',
		name: 'workflow',
		active: false,
		isArchived: false,
		activeVersionId: null,
		nodes,
		connections,
		settings: { executionOrder: 'v1', ...settings },
		createdAt: new Date(0),
		updatedAt: new Date(0),
	};
	return { workflow: new Workflow({ ...workflowData, nodeTypes }), workflowData };
}
