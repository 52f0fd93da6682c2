import { createPace, sleepUntil, type Clock } from './rateLimiter';

export interface DispatchSettings {
	/** Most requests in flight at once. */
	concurrency: number;
	/** Most starts per second over the whole run; 0 means no pace. */
	requestsPerSecond: number;
}

/**
 * How a request ended that was to be sent:
 *  - `answered`: it was sent, and this came back
 *  - `stopped`: not sent, since the run was halted or cancelled
 *  - `refused`: not sent, since its group was stopped for this reason
 */
export type Sent<Reply, Reason> =
	| { kind: 'answered'; reply: Reply; startedAt: number; endedAt: number }
	| { kind: 'stopped' }
	| { kind: 'refused'; reason: Reason };

export interface Dispatch<Reason> {
	/** Works through 0 .. count - 1, at most `concurrency` at once; resolves when all are done. */
	forEach(count: number, work: (index: number) => Promise<void>): Promise<void>;
	/**
	 * Sends one request of a group when gate, pace and pause allow it. The first request of a group goes alone.
	 * @param refusalOf gives the reason when the reply means that the whole group is refused
	 */
	request<Reply>(
		group: string,
		send: () => Promise<Reply>,
		refusalOf: (reply: Reply) => Reason | undefined,
	): Promise<Sent<Reply, Reason>>;
	/** Resolves at that time (ms), or earlier when the run is stopped. */
	waitUntil(time: number): Promise<void>;
	/** Nobody starts for `ms`, and the pace is halved. */
	slowDown(ms: number, requestStartedAt: number): void;
	/** No further request starts; those in flight finish. */
	halt(): void;
	isStopped(): boolean;
	now(): number;
}

/** Requests that are refused together. */
interface Group<Reason> {
	/** `new` until the first request starts, `first` until it is answered. */
	gate: 'new' | 'first' | 'open';
	/** Given when the gate has moved, for those who wait at it. */
	moved: Signal;
	refusal?: Reason;
}

interface Signal {
	given: Promise<void>;
	give: () => void;
}

/** Decides when requests start. Knows nothing of what they say. */
export function createDispatch<Reason>(
	settings: DispatchSettings,
	clock: Clock,
	isCancelled: () => boolean,
): Dispatch<Reason> {
	let halted = false;
	const isStopped = () => halted || isCancelled();
	const pace = createPace(settings.requestsPerSecond, clock, isStopped);
	const groups = new Map<string, Group<Reason>>();

	function groupOf(name: string): Group<Reason> {
		const known = groups.get(name) ?? { gate: 'new', moved: newSignal() };
		groups.set(name, known);
		return known;
	}

	/** @returns whether the caller holds the group's first request */
	async function passGate(group: Group<Reason>): Promise<boolean> {
		while (group.gate === 'first' && group.refusal === undefined) await group.moved.given;
		if (group.gate !== 'new') return false;
		group.gate = 'first';
		return true;
	}

	function leaveGate(group: Group<Reason>, gate: 'new' | 'open'): void {
		const { moved } = group;
		group.gate = gate;
		group.moved = newSignal();
		moved.give();
	}

	return {
		async forEach(count, work) {
			let next = 0;
			const worker = async () => {
				while (next < count) await work(next++);
			};
			await Promise.all(Array.from({ length: Math.min(settings.concurrency, count) }, worker));
		},

		async request(groupName, send, refusalOf) {
			const group = groupOf(groupName);
			const isFirst = await passGate(group);
			let answered = false;
			try {
				if (group.refusal === undefined && !(await pace.turn())) return { kind: 'stopped' };
				// Asked again after the wait: the group may have been stopped meanwhile.
				if (group.refusal !== undefined) return { kind: 'refused', reason: group.refusal };
				const startedAt = clock.now();
				const reply = await send();
				answered = true;
				group.refusal ??= refusalOf(reply);
				return { kind: 'answered', reply, startedAt, endedAt: clock.now() };
			} finally {
				if (isFirst) leaveGate(group, answered ? 'open' : 'new');
			}
		},

		waitUntil: async (time) => await sleepUntil(time, clock, isStopped),

		slowDown: pace.slowDown,
		halt: () => {
			halted = true;
		},
		isStopped,
		now: () => clock.now(),
	};
}

function newSignal(): Signal {
	let give = () => {};
	const given = new Promise<void>((resolve) => {
		give = resolve;
	});
	return { given, give };
}
