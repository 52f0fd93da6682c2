import { createRateLimiters } from '../../../../nodes/shared/sending/rateLimiter';
import {
	createScheduler,
	type Destination,
	type Effect,
	type Scheduler,
} from '../../../../nodes/shared/sending/scheduler';
import { createVirtualClock, type VirtualClock } from '../../virtualClock';

export const START = 1_700_000_000_000;

export interface LoggedRequest {
	name: string;
	startedAt: number;
	endedAt: number;
}

export const noEffect = (): Effect<string> => ({ isServed: true });

/** Every request whose answer is `refusing` refuses its whole signer. */
export const refusedBy =
	(refusing: string) =>
	(reply: string): Effect<string> =>
		reply === refusing ? { refusal: `refused by ${refusing}` } : { isServed: true };

export const to = (signer: string): Destination => ({ app: signer, signer });

export interface Settings {
	concurrency?: number;
	requestsPerSecond?: number;
	clock?: VirtualClock;
	cancelSignal?: AbortSignal;
	limiters?: ReturnType<typeof createRateLimiters>;
}

export interface Bench {
	clock: VirtualClock;
	scheduler: Scheduler<string>;
	cancel: () => void;
	log: LoggedRequest[];
	/** A request that takes `ms` (100 when not said) and answers with its name. */
	send(
		name: string,
		how?: { signer?: string; ms?: number; effectOf?: (reply: string) => Effect<string> },
	): ReturnType<Scheduler<string>['request']>;
	/** Such as "a at 0": what was started, and when (ms since the start). */
	starts(): string[];
}

/** A scheduler on a clock of its own, with a log of what it starts. No pace when none is said. */
export function createBench({
	clock = createVirtualClock(START),
	limiters = createRateLimiters(clock),
	...settings
}: Settings = {}): Bench {
	const log: LoggedRequest[] = [];
	const cancelling = new AbortController();
	const scheduler = createScheduler<string>(
		{ concurrency: 50, requestsPerSecond: 0, ...settings },
		{ clock, limiterOf: limiters.of, cancelSignal: cancelling.signal },
	);
	return {
		clock,
		scheduler,
		cancel: () => cancelling.abort(),
		log,
		async send(name, { signer = 'app', ms = 100, effectOf = noEffect } = {}) {
			const answerLater = async () => {
				const request = { name, startedAt: clock.now(), endedAt: Infinity };
				log.push(request);
				await clock.sleep(ms);
				request.endedAt = clock.now();
				return name;
			};
			return await scheduler.request(to(signer), answerLater, effectOf);
		},
		starts: () => log.map(({ name, startedAt }) => `${name} at ${startedAt - START}`),
	};
}
