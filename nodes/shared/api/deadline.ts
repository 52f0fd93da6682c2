import { sleep } from 'n8n-workflow';

interface Waiting {
	dueAt: number;
	giveUp: () => void;
}

const LOOK_EVERY_MS = 250;
const waiting = new Set<Waiting>();
let isLooking = false;

/**
 * What `answer` gives, or `late` when it has given nothing after `ms` milliseconds (looked at every 250 ms).
 * n8n's own timeout ends with the headers or a silent connection, so a body that drips would hold a run for ever.
 */
export async function withDeadline<T>(answer: Promise<T>, ms: number, late: T): Promise<T> {
	let entry: Waiting | undefined;
	const deadline = new Promise<T>((resolve) => {
		entry = { dueAt: performance.now() + ms, giveUp: () => resolve(late) };
		waiting.add(entry);
	});
	void look();
	try {
		return await Promise.race([answer, deadline]);
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
		for (const { dueAt, giveUp } of waiting) if (dueAt <= performance.now()) giveUp();
	}
	isLooking = false;
}
