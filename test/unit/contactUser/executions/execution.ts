/*
 * Plays n8n to the node, on a virtual clock. What it does in another way than n8n, with the tests against the real one:
 *  - parameters are values, not expressions, and there is no proxy of the workflow's data: test/engine;
 *  - the input is the same objects in every try, and always one run of the node ($runIndex 0): loops in test/faults;
 *  - what leaves is what the node returns: n8n's move to the Error output, item links and what a throw becomes under the
 *    two Continue modes are in test/engine/contactUser/outputs.test.ts;
 *  - Retry On Fail is a loop in ./play.ts by the rule of ./runsAgain.ts, which test/engine/shared/runsAgain.test.ts holds
 *    to n8n's engine; a cancelled execution tries on there, as nothing more can come of it;
 *  - the Retry button carries the node's context through JSON and keeps the execution's ID, where n8n makes a new one;
 *    it may bring the rows in another order, which stands for a workflow changed meanwhile: retry.test.ts in test/engine.
 */
// The node's clock and its one call to Desk are replaced; everything between them is the node as it is.
jest.mock('../../../../nodes/shared/desk/callDesk', () => ({
	...jest.requireActual<object>('../../../../nodes/shared/desk/callDesk'),
	callDesk: jest.requireActual<{ callDesk: unknown }>('./virtualProcess').callDesk,
}));

import type {
	IContextObject,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
} from 'n8n-workflow';

import { ContactUser } from '../../../../nodes/ContactUser/ContactUser.node';

/** A row of a batch. What is not said is empty. */
export interface Row {
	userId: string;
	account: string;
	group?: number;
	/** The administrator whose credential is used. */
	admin?: string;
	/** The application. */
	sdkAppId: number;
	/** Another host of the same API. */
	baseUrl?: string;
}

export type Mode = 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput' | 'tool';

export interface ExecutionSetup {
	executionId?: string;
	rows: Row[];
	mode: Mode;
	options?: IDataObject;
	retryOnFail?: boolean;
	/** n8n's context of the node in this execution: what a try leaves for the next one. */
	store?: IContextObject;
	cancelSignal?: AbortSignal;
	/** Told of what the node logs as a defect. */
	onDefect?: (text: string) => void;
}

const FIELDS: Record<string, keyof Row> = {
	userId: 'userId',
	customerServiceAccount: 'account',
	agentGroup: 'group',
};

/** As much of n8n as the node asks for. */
function contextOf(setup: ExecutionSetup): IExecuteFunctions {
	const { rows, mode, options = {}, store = {} } = setup;
	const items = rows.map((row): INodeExecutionData => ({ json: { ...row } }));
	const node = {
		name: 'Contact User',
		type: `n8n-nodes-tencent-desk.contactUser${mode === 'tool' ? 'Tool' : ''}`,
		onError: mode === 'tool' ? undefined : mode,
		retryOnFail: setup.retryOnFail,
		parameters: {
			...Object.fromEntries(
				Object.entries(FIELDS).map(([name, field]) => [name, `={{ $json.${field} }}`]),
			),
			options,
		},
	} as unknown as INode;
	return {
		getExecutionId: () => setup.executionId ?? '1',
		getNode: () => node,
		getInputData: () => items,
		continueOnFail: () => mode !== 'stopWorkflow',
		getNodeParameter: (name: string, index: number) =>
			name.startsWith('options.')
				? options[name.slice('options.'.length)]
				: (items[index].json[FIELDS[name]] ?? ''),
		getCredentials: async (_type: string, index: number) => ({
			...(rows[index].baseUrl === undefined
				? { dataCenter: 'china' }
				: { dataCenter: 'custom', baseUrl: rows[index].baseUrl }),
			sdkAppId: rows[index].sdkAppId,
			adminUserId: rows[index].admin ?? 'administrator',
			secretKey: 'key',
		}),
		getContext: () => store,
		getWorkflowDataProxy: () => ({
			...{ $runIndex: 0, $getPairedItem: () => null },
			$execution: { customData: { set: () => {} } },
		}),
		sendMessageToUI: () => {},
		getInputSourceData: () => ({ previousNode: 'Start' }),
		getExecutionCancelSignal: () => setup.cancelSignal,
		logger: { info: () => {}, error: (text: string) => setup.onDefect?.(text) },
	} as unknown as IExecuteFunctions;
}

/** Runs the node once. @returns the item of each output @throws what the node throws */
export async function executeNode(setup: ExecutionSetup): Promise<INodeExecutionData[][]> {
	return await new ContactUser().execute.call(contextOf(setup));
}
