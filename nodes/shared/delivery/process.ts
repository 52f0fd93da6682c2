import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import type { DeskContext } from '../desk/callDesk';
import type { Finding } from '../desk/judge';
import { createApplications } from '../sending/applications';
import type { Clock } from '../sending/waiting';

/** Milliseconds that never run backwards: setting the system's clock back must not stop a run. */
export const CLOCK: Clock = { now: () => performance.now(), sleep };

/** When this process began, in Unix milliseconds and fractions of them: no two that share an execution have the same. */
export const PROCESS_ID = performance.timeOrigin;

/** What is sent to the applications of this process, and what ends it. */
export const APPLICATIONS = createApplications<Finding>(CLOCK);

/** Whether the execution was cancelled; what is none, such as a poll, never is. */
export function isCancelled(context: DeskContext): boolean {
	return cancelSignalOf(context)?.aborted === true;
}

export function cancelSignalOf(context: DeskContext): AbortSignal | undefined {
	return (context as Partial<IExecuteFunctions>).getExecutionCancelSignal?.();
}
