import {
	AT_DEFAULTS,
	BARE_LOOP,
	HTTP_REQUEST,
	HTTP_REQUEST_BATCHED,
	WITHOUT_PACE,
	type Contender,
} from './contenders';
import type { DeskOptions } from './desk';

/** What is run against one simulator: every contender once in each of its rounds, in turn. */
export interface Block {
	desk: DeskOptions;
	count: number;
	contenders: Array<[contender: Contender, rounds: number]>;
	withAxios: boolean;
}

const SCHEMES = ['http', 'https'] as const;
const LATENCIES = [0, 20, 100];
const RATE_LIMIT = 200;

/** What is run to see whether an item costs the same in every batch: all sizes in each round, in turn. */
export interface SizeBlock {
	desk: DeskOptions;
	counts: number[];
	rounds: number;
}

/** Without a wait, and with one that fills the concurrency; beyond that, only the waiting grows. */
export function sizePlanOf(isQuick: boolean): SizeBlock[] {
	const counts = isQuick ? [100, 1000] : [100, 1000, 10_000];
	return [0, 20].flatMap((latencyMs) =>
		SCHEMES.map((scheme) => ({ desk: { scheme, latencyMs }, counts, rounds: isQuick ? 1 : 3 })),
	);
}

/** @param isQuick one round, no 10,000 items */
export function planOf(isQuick: boolean): Block[] {
	const rounds = isQuick ? 1 : 3;
	const everywhere = LATENCIES.flatMap((latencyMs) =>
		SCHEMES.map((scheme) => ({ scheme, latencyMs })),
	);
	const compared = (count: number): Block[] =>
		everywhere.map((desk) => ({
			desk,
			count,
			contenders: [
				[WITHOUT_PACE, rounds],
				[HTTP_REQUEST, rounds],
				[BARE_LOOP, rounds],
				// Their time is that of their pace, whatever the latency.
				[AT_DEFAULTS, 1],
				...(count > 200 ? [[HTTP_REQUEST_BATCHED, 1] as [Contender, number]] : []),
			],
			withAxios: count === 1000,
		}));
	// Once, since the slow ones take a minute each.
	const large = everywhere.map((desk): Block => ({
		desk,
		count: 10_000,
		contenders: [
			[WITHOUT_PACE, 1],
			[HTTP_REQUEST, 1],
			[BARE_LOOP, 1],
		],
		withAxios: false,
	}));
	const limited: Block = {
		desk: { scheme: 'http', latencyMs: 20, requestsPerSecond: RATE_LIMIT },
		count: 2000,
		contenders: [
			[AT_DEFAULTS, rounds],
			[HTTP_REQUEST, rounds],
			[HTTP_REQUEST_BATCHED, 1],
		],
		withAxios: false,
	};
	return [limited, ...compared(1000), ...compared(100), ...(isQuick ? [] : large)];
}
