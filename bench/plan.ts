import {
	AT_DEFAULTS,
	BARE_LOOP,
	HTTP_REQUEST,
	HTTP_REQUEST_BATCHED,
	OPERATIONS,
	WITHOUT_PACE,
	type Contender,
} from './contenders';
import type { DeskOptions } from './desk';

/** A contender with a batch of this size, once in each of so many rounds. */
export interface Entry {
	contender: Contender;
	count: number;
	/** How many users the items are about, in turn; when undefined, each about another. */
	users?: number;
	rounds: number;
}

/** What is run against one simulator: every entry once in each of its rounds, in turn. */
export interface Block {
	desk: DeskOptions;
	entries: Entry[];
	/** The size of the batches that plain axios sends before, outside n8n; none when undefined. */
	axiosCount?: number;
}

const SCHEMES = ['http', 'https'] as const;
const LATENCIES = [0, 20, 100];
const RATE_LIMIT = 200;

const desksAt = (latencies: number[]): DeskOptions[] =>
	latencies.flatMap((latencyMs) => SCHEMES.map((scheme) => ({ scheme, latencyMs })));

/** How often each is run, for a median. */
export const roundsOf = (isQuick: boolean): number => (isQuick ? 1 : 3);

/**
 * What tells whether an item costs the same in every batch. Without a wait, and with one that fills the concurrency;
 * beyond that, only the waiting grows.
 */
export function sizePlanOf(isQuick: boolean): Block[] {
	const counts = isQuick ? [100, 1000] : [100, 1000, 10_000];
	const rounds = roundsOf(isQuick);
	const entries = counts.map((count) => ({ contender: WITHOUT_PACE, count, rounds }));
	return desksAt([0, 20]).map((desk) => ({ desk, entries }));
}

/** Operations of Tencent Desk, in one round: to as many users as there are items, and messages to ten users, too. */
export function operationsPlan(): Block[] {
	const round = { count: 1000, rounds: 1 };
	const entries: Entry[] = OPERATIONS.flatMap(({ operation, httpRequest }) =>
		[round, ...(operation.command === 'send_msg' ? [{ ...round, users: 10 }] : [])].flatMap(
			(entry) => [operation, httpRequest].map((contender) => ({ contender, ...entry })),
		),
	);
	return LATENCIES.map((latencyMs) => ({
		desk: { scheme: 'http', latencyMs },
		entries: [{ contender: AT_DEFAULTS, ...round }, ...entries],
	}));
}

/** @param isQuick one round, no 10,000 items */
export function planOf(isQuick: boolean): Block[] {
	const rounds = roundsOf(isQuick);
	const everywhere = desksAt(LATENCIES);
	const compared = (count: number): Block[] =>
		everywhere.map((desk) => ({
			desk,
			entries: [
				{ contender: WITHOUT_PACE, count, rounds },
				{ contender: HTTP_REQUEST, count, rounds },
				{ contender: BARE_LOOP, count, rounds },
				// Their time is that of their pace, whatever the latency.
				{ contender: AT_DEFAULTS, count, rounds: 1 },
				...(count > 200 ? [{ contender: HTTP_REQUEST_BATCHED, count, rounds: 1 }] : []),
			],
			axiosCount: count === 1000 ? count : undefined,
		}));
	// Once, since the slow ones take a minute each.
	const large = everywhere.map((desk): Block => ({
		desk,
		entries: [WITHOUT_PACE, HTTP_REQUEST, BARE_LOOP].map((contender) => ({
			contender,
			count: 10_000,
			rounds: 1,
		})),
	}));
	const limited: Block = {
		desk: { scheme: 'http', latencyMs: 20, requestsPerSecond: RATE_LIMIT },
		entries: [
			{ contender: AT_DEFAULTS, count: 2000, rounds },
			{ contender: HTTP_REQUEST, count: 2000, rounds },
			{ contender: HTTP_REQUEST_BATCHED, count: 2000, rounds: 1 },
		],
	};
	return [limited, ...compared(1000), ...compared(100), ...(isQuick ? [] : large)];
}
