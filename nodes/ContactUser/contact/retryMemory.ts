import { createHash } from 'node:crypto';
import type { IContextObject, IExecuteFunctions } from 'n8n-workflow';

import type { OutputMode } from '../../shared/n8n/output';
import { earliestOf, mostMsSince, type Clocks, type Moment } from './moment';
import type { ContactResult } from './results';

/** Whom a contact is about. Group and agent are how, so another one does not make it another contact. */
export interface Contact {
	userId: string;
	customerServiceAccount: string;
}

/** A try that contacted the user or may have. */
export interface RememberedTry {
	result: ContactResult;
	/** Milliseconds since its last request ended, at least. */
	endedAgoMs: number;
	/** Milliseconds since that request was sent, at most. */
	sentAgoMs: number;
}

/**
 * What a run of this execution that ended in an error leaves behind, so that Retry On Fail and the Retry button
 * contact nobody twice. It lives in the execution's own context of the node, which n8n stores with the execution.
 */
export interface RetryMemory {
	readonly isEmpty: boolean;
	/** What an earlier run left about this contact. `app` undefined: it cannot be told, any will do. */
	recall(contact: Contact, app: string | undefined): RememberedTry | undefined;
	remember(items: RememberedItem[]): void;
	forget(): void;
}

export interface RememberedItem {
	request: Contact;
	/** Origin and SDKAppID; undefined when it could not be read, then an earlier memory stays as it is. */
	app?: string;
	result: ContactResult;
}

/** n8n's context of this node in this execution, and the run (in loops) that it is about. */
export interface RetryContext {
	store: IContextObject;
	runIndex: number;
}

/** The memory may be read by another process, which has only the system's clock in common with this one. */
export interface OwnProcess extends Clocks {
	/** Tells this process from others. */
	processId: number;
}

const CONTEXT_KEY = 'contactUserEarlierTries';

interface KeptTry {
	appHash: string;
	result: ContactResult;
	/** When its last request ended: in Unix milliseconds, and on the clock of the process that sent it. */
	triedAt: number;
	processTriedAt: number;
	processId: number;
	/** When that request was sent. */
	sentAt?: Moment;
}
/** By user and account, hashed; one of each application. */
type KeptTries = Record<string, KeptTry[]>;

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

/** @param context undefined: nothing is remembered */
export function openRetryMemory(context: RetryContext | undefined, own: OwnProcess): RetryMemory {
	const { store, runIndex } = context ?? { store: {}, runIndex: 0 };
	const runs = store[CONTEXT_KEY] as Record<string, KeptTries> | undefined;
	const tries: KeptTries = { ...runs?.[runIndex] };
	return {
		isEmpty: Object.keys(tries).length === 0,
		recall(contact, app) {
			const known = tries[hashOf(contact)];
			// Asked of every item of every run, and nearly always there is nothing.
			const found = known?.find(({ appHash }) => app === undefined || appHash === hash([app]));
			if (found === undefined) return undefined;
			return { result: found.result, ...howLongAgo(found, own) };
		},
		remember(items) {
			const kept = { ...tries };
			for (const [key, ofContact] of groupedBy(items, ({ request }) => hashOf(request))) {
				const ofApps = groupedBy(ofContact, ({ app }) => hash([app ?? '']));
				const others = (tries[key] ?? []).filter(({ appHash }) => !ofApps.has(appHash));
				const ofRun = [...ofApps].flatMap(([appHash, ofApp]) => {
					const before = tries[key]?.find((tried) => tried.appHash === appHash);
					return whatToKeep(ofApp, before, appHash, own);
				});
				kept[key] = [...others, ...ofRun];
				if (kept[key].length === 0) delete kept[key];
			}
			store[CONTEXT_KEY] = { [runIndex]: kept };
		},
		forget() {
			delete store[CONTEXT_KEY];
		},
	};
}

function howLongAgo(
	{ triedAt, processTriedAt, processId, sentAt }: KeptTry,
	own: OwnProcess,
): Pick<RememberedTry, 'endedAgoMs' | 'sentAgoMs'> {
	const sent = sentAt ?? { processMs: processTriedAt, unixMs: triedAt };
	if (processId === own.processId) {
		return {
			endedAgoMs: Math.max(0, own.processMs() - processTriedAt),
			sentAgoMs: mostMsSince(sent, own),
		};
	}
	// A try of the future: the clocks differ, so it may have been long ago.
	const sentAgoMs = own.unixMs() - sent.unixMs;
	return {
		endedAgoMs: Math.max(0, own.unixMs() - triedAt),
		sentAgoMs: sentAgoMs < 0 ? Infinity : sentAgoMs,
	};
}

/** Of the items of one contact: whoever was contacted by one of them was contacted; doubt counts only without that. */
function whatToKeep(
	items: RememberedItem[],
	before: KeptTry | undefined,
	appHash: string,
	{ unixMs, processMs, processId }: OwnProcess,
): KeptTry[] {
	const tried = items
		.map(({ result }) => result)
		.filter((result) => result.triedAt !== undefined && !result.fromEarlierTry);
	if (tried.length === 0) return before === undefined ? [] : [before];
	const inDoubt = tried.filter(({ outcome }) => outcome === 'unconfirmed');
	const [latest] = [...inDoubt].sort((a, b) => (b.triedAt ?? 0) - (a.triedAt ?? 0));
	const result = tried.find(({ outcome }) => outcome === 'contacted') ?? latest;
	if (result === undefined) return [];
	const kept = { ...result };
	delete kept.triedAt;
	delete kept.sentAt;
	// Desk may still be at work on the latest one.
	const triedAt = [result, ...inDoubt].reduce((last, one) => Math.max(last, one.triedAt ?? 0), 0);
	const sent = (inDoubt.length > 0 ? inDoubt : [result]).flatMap(({ sentAt }) => sentAt ?? []);
	return [
		{
			...{ appHash, result: kept, processId, processTriedAt: triedAt },
			triedAt: unixMs() - (processMs() - triedAt),
			...(sent.length > 0 && { sentAt: earliestOf(sent) }),
		},
	];
}

function groupedBy<Item>(items: Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
	const groups = new Map<string, Item[]>();
	for (const item of items) {
		const known = groups.get(keyOf(item));
		if (known === undefined) groups.set(keyOf(item), [item]);
		else known.push(item);
	}
	return groups;
}

function hashOf({ userId, customerServiceAccount }: Contact): string {
	return hash([userId, customerServiceAccount]);
}

function hash(parts: string[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}
