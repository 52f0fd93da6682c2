import { sleep } from 'n8n-workflow';

interface Waiting {
	dueAt: number;
	/** Looked at, not listened to: an execution has one signal for thousands of requests, and Node warns of 11 listeners. */
	cancelled: AbortSignal | undefined;
	/** Ends the work; the first time by asking it to, the second time without its consent. */
	giveUp: () => void;
}

const LOOK_EVERY_MS = 250;
const waiting = new Set<Waiting>();
let isLooking = false;

/**
 * What `work` gives. After `ms` milliseconds, or when `cancelled` is (both looked at every 250 ms), the signal that it was
 * given is aborted; if it has not ended by the next look, the answer is `late`.
 * n8n's own timeout ends with the headers or a silent connection, and up to axios 1.15.1 does not begin before a
 * connection stands. Not with AbortSignal.timeout within AbortSignal.any: in Node 20 it is collected before it fires.
 */
export async function withDeadline<T>(
	work: (signal: AbortSignal) => Promise<T>,
	ms: number,
	late: T,
	cancelled?: AbortSignal,
): Promise<T> {
	const controller = new AbortController();
	if (cancelled?.aborted) controller.abort();
	let entry: Waiting | undefined;
	const deadline = new Promise<T>((resolve) => {
		const giveUp = () => (controller.signal.aborted ? resolve(late) : controller.abort());
		entry = { dueAt: performance.now() + ms, cancelled, giveUp };
		waiting.add(entry);
	});
	void look();
	try {
		return await Promise.race([work(controller.signal), deadline]);
	} finally {
		if (entry !== undefined) waiting.delete(entry);
	}
}

/** One timer for all that wait: a timer of its own would outlive each of thousands of requests. */
async function look(): Promise<void> {
	if (isLooking) return;
	isLooking = true;
	while (waiting.size > 0) {
		await sleep(LOOK_EVERY_MS);
		const now = performance.now();
		for (const { dueAt, cancelled, giveUp } of waiting) {
			if (dueAt <= now || cancelled?.aborted) giveUp();
		}
	}
	isLooking = false;
}
