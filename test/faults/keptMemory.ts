import type { IContextObject, IRun } from 'n8n-workflow';

import { openRetryMemory, type RetryMemory } from '../../nodes/shared/delivery/retryMemory';
import { CONTACT_USER } from '../engine/testWorkflow';

const CONTEXT_KEY = 'tencentDeskEarlierTries';

function storeOf(run: IRun): IContextObject | undefined {
	return run.data.executionData?.contextData[`node:${CONTACT_USER}`];
}

/** Of how many contacts an execution keeps something for a retry. Undefined: nothing is kept. */
export function contactsKept(run: IRun, runIndex = 0): number | undefined {
	const runs = storeOf(run)?.[CONTEXT_KEY] as Record<string, object> | undefined;
	const kept = runs?.[runIndex];
	return kept && Object.keys(kept).length;
}

/** What a retry of the execution would find. */
export function memoryOf(run: IRun): RetryMemory {
	const clocks = { unixMs: Date.now, processMs: () => 0, processId: 0 };
	return openRetryMemory({ store: storeOf(run) ?? {}, runIndex: 0 }, clocks);
}
