import * as n8nCore from 'n8n-core';
import type { PollContext } from 'n8n-core';
import type {
	INode,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { createOlderPoller } from './olderPoller';
import { noOtherTrigger, quiet, reporter, tracing } from './standIns';

/** What n8n's server makes for every node that polls. */
export type CreatePollContext = (
	workflow: Workflow,
	node: INode,
	additionalData: IWorkflowExecuteAdditionalData,
	mode: WorkflowExecuteMode,
	activation: WorkflowActivateMode,
) => PollContext;

/** Activates workflows and polls for them, by the engine's own classes, as one server does. */
export interface Poller {
	/** @throws when the first poll fails, as n8n does not activate such a workflow */
	activate(
		workflow: Workflow,
		additionalData: IWorkflowExecuteAdditionalData,
		createContext: CreatePollContext,
	): Promise<void>;
	/** Takes a workflow down, if it is active. */
	deactivate(workflowId: string): Promise<void>;
	/** What the cron does when it is time. */
	startTick(): void;
	/** Calls back, once, when the next poll has ended in whatever way. */
	onPollEnd(listener: () => void): void;
}

/** Whether the engine can keep what a polling node remembers in a cursor of its own. */
export const keepsCursors = 'PollTriggerExecutor' in n8nCore;

export function createPoller(): Poller {
	return keepsCursors ? createNewestPoller() : createOlderPoller(n8nCore);
}

function createNewestPoller(): Poller {
	let ticks: Array<() => void> = [];
	const drop = () => {
		const had = ticks.length > 0;
		ticks = [];
		return had;
	};
	const cron = {
		register: (_context: unknown, onTick: () => void) => ticks.push(onTick) > 0,
		deregisterGroup: drop,
		deregisterTarget: drop,
		hasTarget: () => ticks.length > 0,
		hasGroup: () => ticks.length > 0,
		getTargetIds: () => [],
		getGroupIds: () => [],
	};
	const triggersAndPollers = new n8nCore.TriggersAndPollers();
	const executor = new n8nCore.PollTriggerExecutor(
		quiet as never,
		triggersAndPollers,
		tracing as never,
		reporter as never,
	);
	const triggers = new n8nCore.ActiveWorkflowTriggers(
		quiet as never,
		cron as never,
		triggersAndPollers,
		reporter as never,
		executor,
	);
	return {
		async activate(workflow, additionalData, createContext) {
			await triggers.addAllTriggers(
				workflow.id,
				workflow,
				additionalData,
				'trigger',
				'activate',
				noOtherTrigger,
				createContext,
			);
		},
		deactivate: async (workflowId) => void (await triggers.remove(workflowId)),
		startTick: () => ticks.forEach((tick) => tick()),
		onPollEnd: (listener) => triggersAndPollers.events.once('poll-tick-completed', listener),
	};
}
