import { createHash } from 'node:crypto';
import type { IContextObject, IExecuteFunctions } from 'n8n-workflow';

import { isRecord } from '../desk/values';
import type { Done, Ended, Failed } from './command';
import { earliestOf, mostMsSince, type Moment, type Process } from './process';

/** Something that an earlier run of this execution did, or may have done. */
export interface Remembered {
	ended: Done | Failed;
	/** Milliseconds since its last try ended, at least. */
	endedAgoMs: number;
	/** Milliseconds since that try was sent (where no look tells, the very first one), at most. */
	sentAgoMs: number;
}

/**
 * What a run of this execution leaves behind, so that n8n may run the node again (Retry On Fail, the Retry button) and
 * nothing is done twice. It lives in the execution's own context of the node, which n8n stores with the execution.
 */
export interface RetryMemory {
	readonly isEmpty: boolean;
	/** What an earlier run left. `app` undefined: it cannot be told, any will do. */
	recall(identity: string[], app: string | undefined): Remembered | undefined;
	/** To be called for whatever was worked on in this run. */
	note(identity: string[], app: string, ended: Ended): void;
	/** Leaves it for a later run. */
	keep(): void;
	/** No later run will come. */
	forget(): void;
}

/** n8n's context of this node in this execution, and the run (in loops) that it is about. */
export interface RetryContext {
	store: IContextObject;
	runIndex: number;
}

const CONTEXT_KEY = 'tencentDeskEarlierTries';

interface KeptTry {
	appHash: string;
	ended: Done | Failed;
	/** When its last try ended: in Unix milliseconds, and on the clock of the process that sent it. */
	triedAt: number;
	processTriedAt: number;
	processId: number;
	/** When that try was sent. */
	sentAt?: Moment;
}
/** By identity, hashed; one of each application. */
type KeptTries = Record<string, KeptTry[]>;

/** Where this run of the node may leave a memory for a later run of the same execution; undefined where there is none. */
export function retryContextOf(context: IExecuteFunctions): RetryContext | undefined {
	try {
		// In a loop, one node runs many times in an execution; n8n counts the runs from 0.
		const runIndex = Number(context.getWorkflowDataProxy(0).$runIndex);
		return { store: context.getContext('node'), runIndex };
	} catch {
		return undefined;
	}
}

/** @param context undefined: nothing is remembered */
export function openRetryMemory(context: RetryContext | undefined, own: Process): RetryMemory {
	const { store, runIndex } = context ?? { store: {}, runIndex: 0 };
	const runs = store[CONTEXT_KEY];
	const before = (isRecord(runs) ? (runs[runIndex] ?? {}) : {}) as KeptTries;
	/** What became of each in this run, by identity and application. */
	const ofRun = new Map<string, Map<string, Ended[]>>();
	return {
		isEmpty: Object.keys(before).length === 0,
		recall(identity, app) {
			const known = before[hash(identity)];
			// Asked of every item of every run, and nearly always there is nothing.
			const found = known?.find(({ appHash }) => app === undefined || appHash === hash([app]));
			return found && { ended: found.ended, ...howLongAgo(found, own) };
		},
		note(identity, app, ended) {
			const key = hash(identity);
			const apps = ofRun.get(key) ?? new Map<string, Ended[]>();
			const appHash = hash([app]);
			const others = apps.get(appHash);
			// Never copied: one identity may be asked for by every item of a run.
			if (others === undefined) ofRun.set(key, apps.set(appHash, [ended]));
			else others.push(ended);
		},
		keep() {
			const kept = { ...before };
			for (const [key, apps] of ofRun) {
				const others = (before[key] ?? []).filter(({ appHash }) => !apps.has(appHash));
				const now = [...apps].flatMap(([appHash, ended]) => {
					const earlier = before[key]?.find((tried) => tried.appHash === appHash);
					return whatToKeep(ended, earlier, appHash, own);
				});
				kept[key] = [...others, ...now];
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
	own: Process,
): Pick<Remembered, 'endedAgoMs' | 'sentAgoMs'> {
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

/** Of what is the same: if one of them was done it was done; that it may be done counts only without that. */
function whatToKeep(
	ended: Ended[],
	earlier: KeptTry | undefined,
	appHash: string,
	{ unixMs, processMs, processId }: Process,
): KeptTry[] {
	const tried = ended
		.filter((one) => one.kind !== 'notTried')
		.filter(({ triedAt, fromEarlierTry }) => triedAt !== undefined && !fromEarlierTry);
	if (tried.length === 0) return earlier === undefined ? [] : [earlier];
	const unclear = tried.filter((one) => one.kind === 'failed' && one.mayBeDone);
	const [latest] = [...unclear].sort((a, b) => (b.triedAt ?? 0) - (a.triedAt ?? 0));
	const result = tried.find(({ kind }) => kind === 'done') ?? latest;
	if (result === undefined) return [];
	const kept = { ...result };
	delete kept.triedAt;
	delete kept.sentAt;
	// Desk may still be at work on the latest one.
	const triedAt = [result, ...unclear].reduce((last, one) => Math.max(last, one.triedAt ?? 0), 0);
	const sent = (unclear.length > 0 ? unclear : [result]).flatMap(({ sentAt }) => sentAt ?? []);
	return [
		{
			...{ appHash, ended: kept, processId, processTriedAt: triedAt },
			triedAt: unixMs() - (processMs() - triedAt),
			...(sent.length > 0 && { sentAt: earliestOf(sent) }),
		},
	];
}

function hash(parts: string[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}
