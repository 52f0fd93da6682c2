import { createDispatch, type Dispatch } from '../../../../nodes/shared/sending/scheduler';
import { createVirtualClock, type VirtualClock } from '../../virtualClock';

export const START = 1_700_000_000_000;
export const NEVER = () => false;

export interface LoggedRequest {
	name: string;
	startedAt: number;
	endedAt: number;
}

export const noRefusal = () => undefined;

/** Every request whose answer is `refusing` refuses its whole group. */
export const refusedBy = (refusing: string) => (reply: string) =>
	reply === refusing ? `refused by ${refusing}` : undefined;

export interface Bench {
	clock: VirtualClock;
	dispatch: Dispatch<string>;
	log: LoggedRequest[];
	/** A request that takes `ms` (100 when not said) and answers with its name. */
	send(
		name: string,
		how?: { group?: string; ms?: number; refusalOf?: (reply: string) => string | undefined },
	): ReturnType<Dispatch<string>['request']>;
	/** Such as "a at 0": what was started, and when (ms since the start). */
	starts(): string[];
}

/** A dispatch on a clock of its own, with a log of what it starts. No pace when none is said. */
export function createBench(
	settings: { concurrency?: number; requestsPerSecond?: number } = {},
): Bench {
	const clock = createVirtualClock(START);
	const log: LoggedRequest[] = [];
	const dispatch = createDispatch<string>(
		{ concurrency: 50, requestsPerSecond: 0, ...settings },
		clock,
		NEVER,
	);
	return {
		clock,
		dispatch,
		log,
		async send(name, { group = 'app', ms = 100, refusalOf = noRefusal } = {}) {
			const answerLater = async () => {
				const request = { name, startedAt: clock.now(), endedAt: Infinity };
				log.push(request);
				await clock.sleep(ms);
				request.endedAt = clock.now();
				return name;
			};
			return await dispatch.request(group, answerLater, refusalOf);
		},
		starts: () => log.map(({ name, startedAt }) => `${name} at ${startedAt - START}`),
	};
}
