import type { WorkflowExecute } from 'n8n-core';
import type {
	ExecutionError,
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IRun,
	IRunData,
	ITaskDataConnectionsSource,
	NodeExecutionHint,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { continueFrom, retryDataOf, stageOf, start, type Stage } from './execution';
import { endedRun, executionWith } from './olderEngines';
import { CONTACT_USER, placed, typeOf, type TestedNode } from './testedNode';
import { connectTo, createWorkflow, emits, node, passOn, stubNodeType } from './testWorkflow';

/*
 * n8n's engine runs the workflow, unchanged (WorkflowExecute). What n8n's server does about it is played here. It still
 * does in another way than n8n, and test/e2e checks it in a real one:
 *  - credentials are not encrypted, and everybody may use them (credentialExpressions.ts, storedSecrets.ts);
 *  - nothing of an execution is stored: for the Retry button it goes through JSON, and keeps its ID unless a test gives
 *    another one (neverTwice.ts; between workers, retries.ts of test/queue);
 *  - Stop is the call that n8n makes for it (longRuns.ts);
 *  - the nodes around are stubs, which never wait or fail by themselves (outputs.ts, examples/).
 */

export interface NodeSetup {
	/** The json of the items that come in; one empty item when left out. */
	items?: IDataObject[];
	parameters?: INodeParameters;
	/** Node settings, e.g. `onError`, `retryOnFail`, `alwaysOutputData`. */
	node?: Partial<INode>;
	/** The credential as stored: fields may be expressions. `null` leaves the node without one. */
	credential: ICredentialDataDecryptedObject | null;
	executionId?: string;
	/** Of the workflow. */
	timezone?: string;
	/** What the nodes behind do; unless told they find out where their items come from. */
	behind?: INodeType['execute'];
}

export interface NodeRun {
	run: IRun;
	/** One array per output, always all; the last one is n8n's Error output. */
	outputs: INodeExecutionData[][];
	/** What `$('Start').item.json` gives behind every item, output by output; null when n8n cannot tell. */
	linkedStartItems: IDataObject[][];
	/** The error of the node, as n8n stores it with the execution. */
	error?: ExecutionError;
	/** What left `execute` as a throw, try by try, before n8n took anything out of it. */
	thrown: unknown[];
	hints: NodeExecutionHint[];
	credentialReads: number[];
	userSigs: string[];
	/** What n8n would send to whoever called the workflow. */
	answers: unknown[];
}

export interface StartedRun {
	/** `cancel()` is what n8n's Stop button calls. */
	execution: ReturnType<WorkflowExecute['run']>;
	finished: Promise<NodeRun>;
}

/** A test workflow, and what is known of its run so far. */
export interface NodeStage extends Stage {
	tested: TestedNode;
	thrown: unknown[];
	answers: unknown[];
}

/** What a builder's expression `$('Start').item.json` gives behind every item. */
async function readLinkedStartItem(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const linked = this.getInputData().map((_item, item): INodeExecutionData => {
		try {
			const json = this.evaluateExpression("{{ $('Start').item.json }}", item) as IDataObject;
			return { json: { start: json }, pairedItem: { item } };
		} catch {
			return { json: { start: null }, pairedItem: { item } };
		}
	});
	return [linked];
}

/** The nodes behind the outputs. */
const sinksOf = ({ outputs }: TestedNode): string[] =>
	Array.from({ length: outputs }, (_, output) => `After ${output}`);

/** Start -> Middle -> the node -> one node behind every output. Middle makes the item links real ones. */
export function setUp(
	tested: TestedNode,
	{ items = [{}], parameters, credential, executionId, timezone, behind, ...setup }: NodeSetup,
	mode: WorkflowExecuteMode,
): NodeStage {
	const thrown: unknown[] = [];
	const own = placed(tested, { parameters, credential, ...setup.node });
	const sinks = sinksOf(tested);
	const made = createWorkflow(
		[
			node('Start', 'test.start'),
			node('Middle', 'test.middle'),
			own,
			...sinks.map((name) => node(name, 'test.sink')),
		],
		{
			Start: { main: [[connectTo('Middle')]] },
			Middle: { main: [[connectTo(own.name)]] },
			[own.name]: { main: sinks.map((name) => [connectTo(name)]) },
		},
		{
			'test.start': emits(...items),
			'test.middle': passOn(),
			'test.sink': stubNodeType('sink', behind ?? readLinkedStartItem),
			...typeOf(tested, own, thrown),
		},
		{ timezone },
	);
	const stage = stageOf(made, { credential, mode, executionId });
	const answers: unknown[] = [];
	stage.additionalData.hooks?.addHandler('sendResponse', (answer) => void answers.push(answer));
	return { ...stage, tested, thrown, answers };
}

async function finish(stage: NodeStage, execution: StartedRun['execution']): Promise<NodeRun> {
	const run = endedRun(await execution);
	const { tested, thrown, answers, probe } = stage;
	const { runData } = run.data.resultData;
	const task = runData[tested.name]?.at(-1);
	const sinks = sinksOf(tested);
	const sinkItems = sinks.map((name) => runData[name]?.at(-1)?.data?.main[0] ?? []);
	return {
		run,
		outputs: sinks.map((_name, output) => task?.data?.main[output] ?? []),
		linkedStartItems: sinkItems.map((items) => items.map(({ json }) => json.start as IDataObject)),
		error: task?.error,
		thrown,
		hints: task?.hints ?? [],
		credentialReads: probe.reads,
		userSigs: [...probe.userSigs],
		answers,
	};
}

/** Starts a production execution of the test workflow and hands back the means to cancel it. */
export function startNode(tested: TestedNode, setup: NodeSetup): StartedRun {
	const stage = setUp(tested, setup, 'trigger');
	const execution = start(stage);
	return { execution, finished: finish(stage, execution) };
}

/** Presses n8n's Retry button on a failed execution. `setup` is the workflow as saved now, which may differ. */
export async function retryNode(
	tested: TestedNode,
	failed: IRun,
	setup: NodeSetup,
): Promise<NodeRun> {
	const stage = setUp(tested, setup, 'retry');
	return await finish(stage, continueFrom(stage, retryDataOf(failed, stage.workflow)));
}

/** What n8n knows of where items come from; its records of the nodes before may be incomplete. */
export interface Origin {
	source: ITaskDataConnectionsSource | null;
	runData: IRunData;
}

/** Runs only the node and what is behind it, on items whose origin is such. */
export async function runNodeAfter(
	tested: TestedNode,
	{ source, runData }: Origin,
	setup: NodeSetup,
): Promise<NodeRun> {
	const stage = setUp(tested, setup, 'trigger');
	const items = (setup.items ?? [{}]).map((json) => ({ json }));
	const entry = { node: stage.workflow.nodes[tested.name], data: { main: [items] }, source };
	return await finish(stage, continueFrom(stage, executionWith(runData, [entry])));
}

export const startContactUser = (setup: NodeSetup): StartedRun => startNode(CONTACT_USER, setup);

/** Runs the test workflow to its end on n8n's own engine, over real HTTP. */
export const runContactUser = async (setup: NodeSetup): Promise<NodeRun> =>
	await startContactUser(setup).finished;

export const retryRun = async (failed: IRun, setup: NodeSetup): Promise<NodeRun> =>
	await retryNode(CONTACT_USER, failed, setup);
