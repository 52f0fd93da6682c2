import {
	NodeConnectionTypes,
	NodeHelpers,
	Workflow,
	type IConnection,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
	type IWorkflowBase,
} from 'n8n-workflow';

export const CONTACT_USER = 'Contact User';
/** The nodes wired behind the outputs of Contact User, in the order of the outputs. */
export const SINKS = [
	'After Contacted',
	'After No Agent',
	'After Config Error',
	'After Other',
	'After Error',
];

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

/** Emits for every item what a builder's expression `$('Start').item.json` gives there; null when n8n cannot tell. */
export async function readLinkedStartItem(
	this: IExecuteFunctions,
): Promise<INodeExecutionData[][]> {
	const linked = this.getInputData().map((_item, item): INodeExecutionData => {
		try {
			const start = this.evaluateExpression("{{ $('Start').item.json }}", item) as IDataObject;
			return { json: { start }, pairedItem: { item } };
		} catch {
			return { json: { start: null }, pairedItem: { item } };
		}
	});
	return [linked];
}

/** Start -> Middle -> Contact User -> one node behind every output. Middle makes the item links real ones. */
export function createTestWorkflow(
	items: IDataObject[],
	contactUser: INode,
	contactUserType: INodeType,
	behind: INodeType['execute'] = readLinkedStartItem,
): { workflow: Workflow; workflowData: IWorkflowBase } {
	const stubs: Record<string, INodeType> = {
		'test.start': stubNodeType('start', async () => [items.map((json) => ({ json }))]),
		'test.middle': stubNodeType('middle', async function () {
			return [this.getInputData().map(({ json }, item) => ({ json, pairedItem: { item } }))];
		}),
		'test.sink': stubNodeType('sink', behind),
	};
	const nodes = [
		node('Start', 'test.start'),
		node('Middle', 'test.middle'),
		contactUser,
		...SINKS.map((name) => node(name, 'test.sink')),
	];
	const connections = {
		Start: { main: [[connectTo('Middle')]] },
		Middle: { main: [[connectTo(CONTACT_USER)]] },
		[CONTACT_USER]: { main: SINKS.map((name) => [connectTo(name)]) },
	};
	return createWorkflow(nodes, connections, { ...stubs, [contactUser.type]: contactUserType });
}

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
