import { contactUser } from '../nodes/ContactUser/contact/contact';
import type { ContactResult } from '../nodes/ContactUser/result';
import { readOptions } from '../nodes/ContactUser/runOptions';
import type { DeskReply } from '../nodes/shared/desk/reply';
import { createRateLimiters } from '../nodes/shared/sending/rateLimiter';
import { createScheduler } from '../nodes/shared/sending/scheduler';
import { createVirtualClock } from '../test/unit/virtualClock';

/** What becomes of a request of item `index`, and after how many milliseconds. */
export type Fate = (index: number) => { reply: DeskReply; tookMs: number };

export interface VirtualRun {
	/** Of virtual time, until the last item was done. */
	seconds: number;
	/** When each item was sent first, in seconds; none when it was never sent. */
	sentAt: number[];
}

const answer = (errorCode: number, body = {}): DeskReply => ({
	kind: 'answer',
	errorCode,
	errorInfo: '',
	body,
});
const NO_ANSWER: DeskReply = { kind: 'ambiguous', reason: 'The server did not answer in time' };

export const DONE = { reply: answer(0, { MemberId: 'agent@example.com' }), tookMs: 20 };
export const LIMITED = { reply: answer(60007), tookMs: 20 };
export const HANGS = { reply: NO_ANSWER, tookMs: 10_500 };

/** A run at defaults of so many items, all different, on a virtual clock and without n8n: hours take seconds. */
export async function runVirtually(count: number, fateOf: Fate): Promise<VirtualRun> {
	const clock = createVirtualClock();
	const { options } = readOptions({});
	const scheduler = createScheduler<ContactResult>(options, {
		clock,
		limiterOf: createRateLimiters(clock).of,
	});
	const sentAt = new Array<number>(count);
	await clock.run(
		scheduler.forEach(count, async (index, slot) => {
			await contactUser({
				calls: {
					async contactUser() {
						sentAt[index] ??= clock.now() / 1000;
						const { reply, tookMs } = fateOf(index);
						await clock.sleep(tookMs);
						return reply;
					},
					async sessionState() {
						await clock.sleep(DONE.tookMs);
						return answer(0, { SessionId: 's', CurrentState: 'Agent' });
					},
				},
				customerServiceAccount: 'account',
				agent: null,
				scheduler,
				slot,
				to: { app: 'app', signer: 'app' },
				settings: options,
				random: Math.random,
				clocks: { processMs: clock.now, unixMs: clock.now },
			});
		}),
	);
	return { seconds: clock.now() / 1000, sentAt };
}
