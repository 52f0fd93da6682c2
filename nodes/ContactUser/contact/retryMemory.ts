import { createHash } from 'node:crypto';
import type { IContextObject, IExecuteFunctions } from 'n8n-workflow';

import type { OutputMode } from '../input/parameters';
import type { EarlierTry } from './contact';
import type { Ending } from '../output/report';

/** Whom a contact is about. Group and agent are how, so another one does not make it another contact. */
export interface Contact {
	userId: string;
	customerServiceAccount: string;
}

/**
 * What a try of this execution that ended in an error leaves behind, so that Retry On Fail and the Retry button
 * contact nobody twice. It lives in the execution's own context of the node, which n8n stores with the execution.
 */
export interface RetryMemory {
	/** Whether an earlier try left anything about this item. */
	has(itemIndex: number): boolean;
	/** What an earlier try left about this contact. `app` undefined: it cannot be told, any will do. */
	recall(itemIndex: number, contact: Contact, app: string | undefined): EarlierTry | undefined;
	remember(items: RememberedItem[]): void;
	forget(): void;
}

export interface RememberedItem {
	echo: Contact;
	/** Origin and SDKAppID; undefined when it could not be read, then an earlier memory stays as it is. */
	app?: string;
	ending: Ending;
}

/** n8n's context of this node in this execution, and the run (in loops) that it is about. */
export interface RetryContext {
	store: IContextObject;
	runIndex: number;
}

/**
 * Where this run of the node may leave a memory for a retry of the same execution; undefined where there is none.
 * Off for tools: an agent decides itself whether to call again.
 */
export function retryContextOf(
	context: IExecuteFunctions,
	mode: OutputMode,
): RetryContext | undefined {
	if (mode === 'tool') return undefined;
	try {
		// In a loop, one node runs many times in an execution; n8n counts the runs from 0.
		const runIndex = Number(context.getWorkflowDataProxy(0).$runIndex);
		return { store: context.getContext('node'), runIndex };
	} catch {
		return undefined;
	}
}

const CONTEXT_KEY = 'contactUserEarlierTries';

interface KeptTry {
	contactHash: string;
	appHash: string;
	ending: Ending;
	/** Unix time in milliseconds. */
	endedAt: number;
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
		recall(itemIndex, contact, app) {
			const known = tries[itemIndex];
			// Asked of every item of every run, and nearly always there is nothing: no hash for that.
			if (known === undefined) return undefined;
			if (known.contactHash !== hashOfContact(contact)) return undefined;
			if (app !== undefined && known.appHash !== hash([app])) return undefined;
			// Another process may have another clock.
			return { ending: known.ending, agoMs: Math.max(0, nowMs() - known.endedAt) };
		},
		remember(items) {
			// An item that this try did not come to is still known from the one before.
			const kept = { ...tries };
			items.forEach(({ echo, app, ending }, itemIndex) => {
				if (app === undefined || ending.notTried || ending.fromEarlierTry) return;
				if (ending.outcome === 'contacted' || ending.outcome === 'unconfirmed') {
					kept[itemIndex] = {
						contactHash: hashOfContact(echo),
						appHash: hash([app]),
						ending,
						endedAt: nowMs(),
					};
				} else {
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

function hashOfContact({ userId, customerServiceAccount }: Contact): string {
	return hash([userId, customerServiceAccount]);
}

function hash(parts: string[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}
