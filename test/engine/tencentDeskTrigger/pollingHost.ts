import { PollContext, WorkflowExecute } from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
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
import { createPoller, keepsCursors } from './poller';

/*
 * Of n8n-core, unchanged: ActiveWorkflowTriggers (activation), PollTriggerExecutor, TriggersAndPollers, PollContext,
 * request helpers; of older engines ActiveWorkflows instead of the first two. Stand-ins: the cron (a tick comes when a test
 * says so), the logger and the tracing, and what only n8n's server contains:
 * `TriggerExecutionContextFactory.getExecutePollFunctions` (what becomes of what a poll gives) and the place where static
 * data is stored. The end-to-end tests run the whole.
 */

const TRIGGER = 'Tencent Desk Trigger';
const POLL_TIMES: INodeProperties = {
	displayName: 'Poll Times',
	name: 'pollTimes',
	type: 'json',
	default: {},
};

/** How n8n keeps the memory of a polling node: with the workflow, or since 2.3x as a cursor of its own. */
export type MemoryKeeping = 'staticData' | 'durableCursor';

export interface PollingHostSetup {
	credential: ICredentialDataDecryptedObject;
	parameters?: INodeParameters;
	keeping?: MemoryKeeping;
}

/** An n8n that is running: what is stored outlives it, what it holds in memory does not. */
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
	/** Publishes the workflow, or starts n8n with a published one. @throws when n8n refuses to activate it */
	start(): Promise<RunningN8n>;
	/** The button of the editor that tests the trigger. */
	testInEditor(): Promise<IRun>;
	change(setup: Partial<PollingHostSetup>): void;
}

export function createPollingHost(firstSetup: PollingHostSetup): PollingHost {
	const setup = { ...firstSetup };
	const executions: INodeExecutionData[][] = [];
	const errors: Error[] = [];
	let stored = '{}';
	let cursor: string | undefined;

	const createIt = () => {
		const trigger = node(TRIGGER, 'n8n-nodes-tencent-desk.tencentDeskTrigger', {
			parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] }, ...setup.parameters },
			credentials: { tencentDeskApi: { id: '1', name: 'Desk' } },
		});
		const nodeType = new TencentDeskTrigger();
		// Stands in for the parameter that n8n's loader adds to polling nodes.
		nodeType.description.properties = [POLL_TIMES, ...nodeType.description.properties];
		const made = createWorkflow([trigger], {}, { [trigger.type]: nodeType });
		const staticData = JSON.parse(stored) as IDataObject;
		const { nodeTypes } = made.workflow;
		const workflow = new Workflow({ ...made.workflowData, nodeTypes, staticData });
		const probe = createCredentialsProbe(new TencentDeskApi(), setup.credential);
		return { ...made, workflow, probe };
	};

	const save = (workflow: Workflow) => {
		if (workflow.staticData.__dataChanged !== true) return;
		stored = JSON.stringify(workflow.staticData);
		workflow.staticData.__dataChanged = false;
	};

	return {
		executions,
		errors,
		stored: () => JSON.parse(cursor ?? stored) as IDataObject,
		change: (changed) => void Object.assign(setup, changed),

		async start() {
			const { workflow, workflowData, probe } = createIt();
			const isDurable = setup.keeping === 'durableCursor';
			if (isDurable && !keepsCursors) throw new Error('This engine keeps no cursors of its own');
			const poller = createPoller();
			const snapshots = new AsyncLocalStorage<{ data: IDataObject; before: string }>();
			const commit = () => {
				const snapshot = snapshots.getStore();
				if (snapshot && JSON.stringify(snapshot.data) !== snapshot.before) {
					cursor = JSON.stringify(snapshot.data);
				}
			};
			await poller.activate(
				workflow,
				TRIGGER,
				createAdditionalData(workflowData, probe, 'trigger', '1'),
				(ofWorkflow, ofNode, additionalData, mode, activation) =>
					new PollContext(
						ofWorkflow,
						ofNode,
						additionalData,
						mode,
						activation,
						([items]) => {
							executions.push(items);
							if (isDurable) commit();
							else save(ofWorkflow);
						},
						(error) => errors.push(error),
						async () => commit(),
						async (poll) => {
							if (!isDurable) return await poll();
							const before = cursor ?? '{}';
							return await snapshots.run({ data: JSON.parse(before), before }, poll);
						},
						() => snapshots.getStore()?.data ?? ofWorkflow.getStaticData('node', ofNode),
					),
			);
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
			const { workflow, workflowData, probe } = createIt();
			const additionalData = createAdditionalData(workflowData, probe, 'manual', '1');
			const execute = new WorkflowExecute(additionalData, 'manual');
			const run = await startRun(execute, workflow, workflow.getNode(TRIGGER) ?? undefined);
			save(workflow);
			return endedRun(run);
		},
	};
}

export const itemsOf = (run: IRun): INodeExecutionData[] =>
	run.data.resultData.runData[TRIGGER]?.at(-1)?.data?.main[0] ?? [];
