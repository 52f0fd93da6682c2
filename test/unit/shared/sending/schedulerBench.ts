import {
	createApplications,
	createScheduler,
	type Destination,
	type Effect,
	type Scheduler,
} from '../../../../nodes/shared/sending/scheduler';
import { createVirtualClock } from '../../virtualClock';

export const START = 1_700_000_000_000;

interface LoggedRequest {
	name: string;
	startedAt: number;
	endedAt: number;
}

/** How a request of these tests goes. */
interface How {
	/** An application of its own for each. */
	signer?: string;
	ms?: number;
	effectOf?: (reply: string) => Effect<string>;
	/** It rejects in the end. */
	breaks?: true;
	/** It goes on after a halt. */
	isLook?: true;
}

export const noEffect = (): Effect<string> => ({ isServed: true });
export const to = (signer: string): Destination => ({ app: signer, signer });

/** A scheduler on a virtual clock, with a log of what it starts. No pace when none is said. */
export function createBench({
	clock = createVirtualClock(START),
	applications = createApplications<string>(clock),
	concurrency = 50,
	requestsPerSecond = 0,
} = {}) {
	const log: LoggedRequest[] = [];
	const cancelling = new AbortController();
	const scheduler: Scheduler<string> = createScheduler<string>(
		{ concurrency, requestsPerSecond },
		{ clock, applicationOf: applications, cancelSignal: cancelling.signal },
	);
	/** A request that takes `ms` (100 when not said) and answers with its name. */
	async function send(name: string, { signer = 'app', ms = 100, ...how }: How = {}) {
		const answerLater = async () => {
			const request = { name, startedAt: clock.now(), endedAt: Infinity };
			log.push(request);
			await clock.sleep(ms);
			if (how.breaks) throw new Error('broken');
			request.endedAt = clock.now();
			return name;
		};
		const until = how.isLook ? scheduler.cancelled : scheduler.halted;
		return await scheduler.request(to(signer), answerLater, how.effectOf ?? noEffect, until);
	}
	return {
		...{ clock, applications, scheduler, log, send },
		cancel: () => cancelling.abort(),
		/** Sends each of these names at once. */
		sendAll: async (names: string[], how?: How) =>
			await clock.run(Promise.all(names.map(async (name) => await send(name, how)))),
		/** A batch of so many requests, named 0 to count - 1; gives how each ended. */
		async sendBatch(count: number, howOf: (index: number) => How) {
			const ended: Array<Awaited<ReturnType<typeof send>>> = [];
			await clock.run(
				scheduler.forEach(count, async (i) => {
					ended[i] = await send(`${i}`, howOf(i));
				}),
			);
			return ended;
		},
		/** Such as "a at 0": what was started, and when (ms since the start). */
		starts: () => log.map(({ name, startedAt }) => `${name} at ${startedAt - START}`),
		startTimes: () => log.map(({ startedAt }) => startedAt),
	};
}
