import { TriggersAndPollers } from 'n8n-core/dist/execution-engine/triggers-and-pollers';
import type { IWorkflowExecuteAdditionalData, Workflow } from 'n8n-workflow';

import type { CreatePollContext, Poller } from './poller';
import { noOtherTrigger, quiet, reporter, tracing } from './standIns';

/** What activates workflows before n8n had `ActiveWorkflowTriggers`; the types of the newest n8n-core lack it. */
interface ActiveWorkflows {
	add(
		workflowId: string,
		workflow: Workflow,
		additionalData: IWorkflowExecuteAdditionalData,
		mode: string,
		activation: string,
		getTriggerFunctions: () => never,
		getPollFunctions: CreatePollContext,
	): Promise<void>;
	remove(workflowId: string): Promise<boolean>;
}

interface OlderCore {
	/** In n8n 2.20 with the tracing, before without. */
	ActiveWorkflows: new (
		logger: object,
		cron: object,
		triggersAndPollers: object,
		reporter: object,
		tracing: object,
	) => ActiveWorkflows;
}

interface OlderTriggersAndPollers {
	runPoll(...args: unknown[]): Promise<unknown>;
}

/** For engines whose index has `ActiveWorkflows`, and whose `TriggersAndPollers` tells nobody when a poll has ended. */
export function createOlderPoller(n8nCore: object): Poller {
	const { ActiveWorkflows } = n8nCore as OlderCore;
	let ticks: Array<() => void> = [];
	const cron = {
		// What it is told of the workflow has changed; the function to call at each tick has always come last.
		registerCron: (...args: unknown[]) => ticks.push(args.at(-1) as () => void),
		deregisterCrons: () => (ticks = []),
	};
	const polls = new TriggersAndPollers() as unknown as OlderTriggersAndPollers;
	const listeners: Array<() => void> = [];
	const { runPoll } = polls;
	polls.runPoll = async (...args) => {
		try {
			return await runPoll.apply(polls, args);
		} finally {
			for (const listener of listeners.splice(0)) listener();
		}
	};
	const active = new ActiveWorkflows(quiet, cron, polls, reporter, tracing);
	return {
		async activate(workflow, additionalData, createContext) {
			await active.add(
				workflow.id,
				workflow,
				additionalData,
				'trigger',
				'activate',
				noOtherTrigger,
				createContext,
			);
		},
		async deactivate(workflowId) {
			ticks = [];
			await active.remove(workflowId);
		},
		startTick: () => ticks.forEach((tick) => tick()),
		onPollEnd: (listener) => void listeners.push(listener),
	};
}
