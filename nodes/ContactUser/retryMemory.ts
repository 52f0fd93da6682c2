import { createHash } from 'node:crypto';
import type { IContextObject } from 'n8n-workflow';

import type { EarlierTry } from './contact';
import type { ContactRequest } from './contactRequest';
import type { Ending } from './report';

/**
 * What a try of this execution that ended in an error leaves behind, so that Retry On Fail and the Retry button
 * contact nobody twice. It lives in the execution's own context of the node, which n8n stores with the execution.
 */
export interface RetryMemory {
	/** Whether an earlier try left anything about this item. */
	has(itemIndex: number): boolean;
	recall(itemIndex: number, request: ContactRequest): EarlierTry | undefined;
	remember(contacts: Array<{ request?: ContactRequest; ending: Ending }>): void;
	forget(): void;
}

/** n8n's context of this node in this execution, and the run (in loops) that it is about. */
export interface RetryContext {
	store: IContextObject;
	runIndex: number;
}

const CONTEXT_KEY = 'contactUserEarlierTries';

interface KeptTry extends EarlierTry {
	request: string;
}
/** By run index (the node runs many times in a loop), then by item index. */
type KeptTries = Record<string, Record<string, KeptTry>>;

/**
 * @param context undefined: nothing is remembered
 * @param nowMs Unix time in milliseconds: the memory may be read by another process, hours later
 */
export function openRetryMemory(
	context: RetryContext | undefined,
	nowMs: () => number,
): RetryMemory {
	const { store, runIndex } = context ?? { store: {}, runIndex: 0 };
	const runs = store[CONTEXT_KEY] as KeptTries | undefined;
	const tries = { ...runs?.[runIndex] };
	return {
		has: (itemIndex) => tries[itemIndex] !== undefined,
		recall(itemIndex, request) {
			const known = tries[itemIndex];
			return known?.request === hashOf(request) ? known : undefined;
		},
		remember(contacts) {
			// An item that this try did not come to is still known from the one before.
			const kept = { ...tries };
			contacts.forEach(({ request, ending }, itemIndex) => {
				if (request === undefined) return;
				if (ending.outcome === 'contacted' || ending.outcome === 'unconfirmed') {
					const endedAt = ending.fromEarlierTry ? tries[itemIndex].endedAt : nowMs();
					kept[itemIndex] = { request: hashOf(request), ending, endedAt };
				} else if (!ending.notTried) {
					delete kept[itemIndex];
				}
			});
			store[CONTEXT_KEY] = { [runIndex]: kept };
		},
		forget() {
			delete store[CONTEXT_KEY];
		},
	};
}

/** The same item with another user, account, group or agent is another request. */
function hashOf({ userId, customerServiceAccount, agentGroup, agent }: ContactRequest): string {
	return createHash('sha256')
		.update(JSON.stringify([userId, customerServiceAccount, agentGroup, agent]))
		.digest('base64');
}
