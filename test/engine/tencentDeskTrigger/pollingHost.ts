import { PollContext, WorkflowExecute } from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeProperties,
	type IRun,
} from 'n8n-workflow';
import { AsyncLocalStorage } from 'node:async_hooks';

import { TencentDeskApi } from '../../../credentials/TencentDeskApi.credentials';
import { TencentDeskTrigger } from '../../../nodes/TencentDeskTrigger/TencentDeskTrigger.node';
import { createAdditionalData } from '../additionalData';
import { createCredentialsProbe } from '../credentialsProbe';
import { endedRun, startRun } from '../olderEngines';
import { createWorkflow, node } from '../testWorkflow';
import { createPoller, keepsCursors, type Poller } from './poller';

/*
 * One n8n over all activations of a workflow. Of n8n-core, unchanged: ActiveWorkflowTriggers (activation, and what it
 * throws away of a workflow that was published anew), PollTriggerExecutor, TriggersAndPollers, PollContext, request
 * helpers; of older engines ActiveWorkflows instead of the first two. It still does in another way than n8n, and
 * test/e2e/trigger.ts checks it in a real one:
 * - A tick comes when a test says so; n8n has a cron, or with its durable scheduler a task (a workflow made anew for each).
 * - What only n8n's server contains (`TriggerExecutionContextFactory.getExecutePollFunctions`) is written down here: what
 *   becomes of what a poll gives, and where static data and cursors are stored, which there takes a database some moments.
 * - Logger and tracing do nothing.
 */

const TRIGGER = 'Tencent Desk Trigger';
/** As `createWorkflow` calls it. */
const WORKFLOW = 'workflow';
const POLL_TIMES: INodeProperties = {
	displayName: 'Poll Times',
	name: 'pollTimes',
	type: 'json',
	default: {},
};

/**
 * How n8n keeps the memory of a polling node: with the workflow, or since 2.3x as a cursor of its own. With the durable
 * scheduler and without cursors, every poll gets a workflow made anew of what is stored.
 */
export type MemoryKeeping = 'staticData' | 'durableCursor' | 'scheduler';

export interface PollingHostSetup {
	credential: ICredentialDataDecryptedObject;
	parameters?: INodeParameters;
	keeping?: MemoryKeeping;
	/** What n8n says of how long a poll may take. */
	budgetMs?: number;
	/** More trigger nodes, as an import may bring them. */
	others?: Array<Partial<INode>>;
}

/** An activation of the workflow in a running n8n. */
export interface RunningN8n {
	/** Lets the cron tick once, and waits for the poll. */
	tick(): Promise<void>;
	/** Lets the cron tick and does not wait. */
	startTick(): void;
}

export interface PollingHost {
	/** The items of every execution that was started. */
	executions: INodeExecutionData[][];
	/** What failed polls threw: n8n stores it as a failed execution. */
	errors: Error[];
	/** What n8n has stored of the workflow, as JSON. */
	stored: () => IDataObject;
	/** Publishes the workflow; one that is active already is taken down first. @throws when n8n refuses to activate it */
	start(): Promise<RunningN8n>;
	/** Takes the workflow down. */
	deactivate(): Promise<void>;
	/** Ends the process: what is stored outlives it, what n8n and the node hold in memory does not. */
	kill(): void;
	/** The button of the editor that tests the trigger. */
	testInEditor(): Promise<IRun>;
	change(setup: Partial<PollingHostSetup>): void;
}

/** The node as a process that has just begun has it, which remembers nothing. */
function loadAnew(): TencentDeskTrigger {
	let Loaded: (new () => TencentDeskTrigger) | undefined;
	jest.isolateModules(() => {
		const path = '../../../nodes/TencentDeskTrigger/TencentDeskTrigger.node';
		Loaded = jest.requireActual<{ TencentDeskTrigger: new () => TencentDeskTrigger }>(
			path,
		).TencentDeskTrigger;
	});
	if (Loaded === undefined) throw new Error('The node was not loaded');
	return new Loaded();
}

export function createPollingHost(firstSetup: PollingHostSetup): PollingHost {
	const setup = { ...firstSetup };
	/** n8n reads it anew for every poll. */
	const credential = { ...firstSetup.credential };
	const executions: INodeExecutionData[][] = [];
	const errors: Error[] = [];
	let stored = '{}';
	let cursor: string | undefined;
	let process: { trigger: TencentDeskTrigger; poller: Poller; isAlive: boolean } | undefined;

	const createIt = (trigger: TencentDeskTrigger) => {
		const parameters = { pollTimes: { item: [{ mode: 'everyMinute' }] }, ...setup.parameters };
		const nodes = [{}, ...(setup.others ?? [])].map((other: Partial<INode>) =>
			node(other.name ?? TRIGGER, 'n8n-nodes-tencent-desk.tencentDeskTrigger', {
				credentials: { tencentDeskApi: { id: '1', name: 'Desk' } },
				...other,
				parameters: { ...parameters, ...other.parameters },
			}),
		);
		const made = createWorkflow(nodes, {}, { [nodes[0].type]: trigger });
		const { nodeTypes } = made.workflow;
		const workflow = new Workflow({
			...made.workflowData,
			nodeTypes,
			staticData: JSON.parse(stored) as IDataObject,
		});
		const probe = createCredentialsProbe(new TencentDeskApi(), credential);
		return { ...made, workflow, probe };
	};

	const save = (workflow: Workflow) => {
		if (workflow.staticData.__dataChanged !== true) return;
		stored = JSON.stringify(workflow.staticData);
		workflow.staticData.__dataChanged = false;
	};

	const run = () => {
		if (process?.isAlive !== true) {
			const trigger = process === undefined ? new TencentDeskTrigger() : loadAnew();
			// Stands in for the parameter that n8n's loader adds to polling nodes.
			trigger.description.properties = [POLL_TIMES, ...trigger.description.properties];
			process = { trigger, poller: createPoller(), isAlive: true };
		}
		return process;
	};

	return {
		executions,
		errors,
		stored: () => JSON.parse(cursor ?? stored) as IDataObject,
		change(changed) {
			Object.assign(setup, changed);
			Object.assign(credential, changed.credential);
		},
		kill() {
			if (process !== undefined) process.isAlive = false;
		},
		deactivate: async () => await run().poller.deactivate(WORKFLOW),

		async start() {
			const n8n = run();
			const { poller, trigger } = n8n;
			await poller.deactivate(WORKFLOW);
			const { workflow, workflowData, probe } = createIt(trigger);
			const keeping = setup.keeping ?? 'staticData';
			const isDurable = keeping === 'durableCursor';
			if (keeping !== 'staticData' && !keepsCursors) {
				throw new Error('This engine has no durable scheduler');
			}
			const snapshots = new AsyncLocalStorage<{ data: IDataObject; before: string }>();
			/** The workflow of the poll, where the scheduler makes it anew. */
			const anew = new AsyncLocalStorage<Workflow>();
			const commit = () => {
				const snapshot = snapshots.getStore();
				if (snapshot && JSON.stringify(snapshot.data) !== snapshot.before) {
					cursor = JSON.stringify(snapshot.data);
				}
			};
			let isActivating = true;
			await poller.activate(
				workflow,
				createAdditionalData(workflowData, probe, 'trigger', '1'),
				(ofWorkflow, ofNode, additionalData, mode, activation) =>
					new PollContext(
						ofWorkflow,
						ofNode,
						additionalData,
						mode,
						activation,
						([items]) => {
							if (!n8n.isAlive) return;
							executions.push(items);
							if (isDurable) commit();
							else save(anew.getStore() ?? ofWorkflow);
						},
						(error) => errors.push(error),
						async () => commit(),
						async (poll) => {
							if (keeping === 'scheduler' && !isActivating) {
								return await anew.run(createIt(trigger).workflow, poll);
							}
							if (!isDurable) return await poll();
							const before = cursor ?? '{}';
							return await snapshots.run({ data: JSON.parse(before), before }, poll);
						},
						() =>
							snapshots.getStore()?.data ??
							(anew.getStore() ?? ofWorkflow).getStaticData('node', ofNode),
						...(setup.budgetMs === undefined ? [] : [() => setup.budgetMs as number]),
					),
			);
			isActivating = false;
			save(workflow);
			const { startTick, onPollEnd } = poller;
			return {
				startTick,
				async tick() {
					const completed = new Promise<void>(onPollEnd);
					startTick();
					await completed;
					// What n8n does with the result comes after the event.
					await new Promise((resolve) => setImmediate(resolve));
				},
			};
		},

		async testInEditor() {
			const { workflow, workflowData, probe } = createIt(run().trigger);
			const additionalData = createAdditionalData(workflowData, probe, 'manual', '1');
			const execute = new WorkflowExecute(additionalData, 'manual');
			const manual = await startRun(execute, workflow, workflow.getNode(TRIGGER) ?? undefined);
			save(workflow);
			return endedRun(manual);
		},
	};
}

export const itemsOf = (run: IRun): INodeExecutionData[] =>
	run.data.resultData.runData[TRIGGER]?.at(-1)?.data?.main[0] ?? [];
