import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import type { DeskContext } from '../desk/callDesk';
import type { Finding } from '../desk/judge';
import { createApplications } from '../sending/scheduler';
import type { Clock } from '../sending/waiting';

/** Milliseconds that never run backwards: setting the system's clock back must not stop a run. */
export const CLOCK: Clock = { now: () => performance.now(), sleep };

/** What is sent to an application by this process, and what ends it. */
export const applicationOf = createApplications<Finding>(CLOCK);

/** Whether the execution was cancelled; what is none, such as a poll, never is. */
export function isCancelled(context: DeskContext): boolean {
	return cancelSignalOf(context)?.aborted === true;
}

export function cancelSignalOf(context: DeskContext): AbortSignal | undefined {
	return (context as Partial<IExecuteFunctions>).getExecutionCancelSignal?.();
}

/**
 * The clocks of a process, in milliseconds. Either may mislead: the process's own stands still while the computer sleeps,
 * and somebody may set the system's (Unix time), which is all that two processes have in common.
 */
export interface Process {
	processMs: () => number;
	unixMs: () => number;
	/** Tells this process from others. */
	processId: number;
}

export const THIS_PROCESS: Process = {
	processMs: () => CLOCK.now(),
	unixMs: () => Date.now(),
	// When it began, in Unix milliseconds and fractions of them: no two that share an execution have the same.
	processId: performance.timeOrigin,
};

/** A point of time by both clocks. */
export interface Moment {
	processMs: number;
	unixMs: number;
}

export function momentAgo(ms: number): Moment {
	return { processMs: CLOCK.now() - ms, unixMs: Date.now() - ms };
}

/** By each clock. There may be as many moments as there are items. */
export function earliestOf(moments: Moment[]): Moment {
	return moments.reduce((first, one) => ({
		processMs: Math.min(first.processMs, one.processMs),
		unixMs: Math.min(first.unixMs, one.unixMs),
	}));
}

/** Milliseconds since then, by the clock that says more. */
export function mostMsSince(moment: Moment, { processMs, unixMs } = THIS_PROCESS): number {
	return Math.max(processMs() - moment.processMs, unixMs() - moment.unixMs);
}
