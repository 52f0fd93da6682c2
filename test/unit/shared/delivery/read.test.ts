import { ask, read, type InDoubt, type Line } from '../../../../nodes/shared/delivery/deliver';
import { codesOf } from '../../../../nodes/shared/desk/codes';
import type { DeskReply } from '../../../../nodes/shared/desk/reply';
import { sleepUntil } from '../../../../nodes/shared/sending/waiting';
import { createVirtualClock } from '../../virtualClock';

const answer = (errorCode: number, more: object = {}): DeskReply => ({
	kind: 'answer',
	errorCode,
	errorInfo: '',
	body: { ErrorCode: errorCode },
	...more,
});
const CUT: DeskReply = { kind: 'ambiguous', reason: 'The connection was closed' };
const REFUSED: DeskReply = { kind: 'notSent', reason: 'The server refused the connection' };

function scene(replies: DeskReply[], stopAt = Infinity) {
	const clock = createVirtualClock();
	const at: number[] = [];
	const isStopped = () => clock.now() >= stopAt;
	const line: Line = {
		async send() {
			at.push(clock.now());
			return replies[Math.min(at.length, replies.length) - 1];
		},
		now: clock.now,
		waitUntil: async (time) => await sleepUntil(time, clock, isStopped),
		isStopped,
		random: () => 1,
	};
	const question = { command: 'send_msg' as const, body: {}, describe: codesOf({}) };
	return {
		at,
		read: async () => await clock.run(read(line, question)),
		ask: async (inDoubt: InDoubt) => await clock.run(ask(line, question, async () => inDoubt)),
	};
}

test('what was surely not done is tried three times more, with growing waits', async () => {
	const { ask: asking, at } = scene([REFUSED]);

	expect(await asking('tell')).toMatchObject({
		kind: 'failed',
		doubt: undefined,
		finding: {
			message: 'The server refused the connection, so nothing was sent.',
			retryLater: true,
			errorCode: null,
		},
	});
	expect(at).toEqual([0, 500, 1500, 3500]);
});

test('Desk says itself when to come again', async () => {
	const { ask: asking, at } = scene([answer(60007, { retryAfterMs: 7000 }), answer(0)]);

	expect(await asking('tell')).toMatchObject({ kind: 'done' });
	expect(at).toEqual([0, 7000]);
});

test('nobody waits for longer than a minute', async () => {
	const { ask: asking, at } = scene([{ kind: 'tooManyRequests', retryAfterMs: 61_000 }]);

	expect(await asking('tell')).toMatchObject({ kind: 'failed', finding: { retryLater: true } });
	expect(at).toEqual([0]);
});

test.each([
	['tell', 1, 'The connection was closed'],
	['again', 4, 'The connection was closed'],
	['notDone', 4, undefined],
] as const)('in doubt, %s: sent %s times', async (inDoubt, times, doubt) => {
	const { ask: asking, at } = scene([CUT]);

	expect(await asking(inDoubt)).toMatchObject({ kind: 'failed', doubt });
	expect(at).toHaveLength(times);
});

test('a doubt outlives what a later try is refused for', async () => {
	const { ask: asking } = scene([CUT, answer(141005)]);

	expect(await asking('again')).toMatchObject({
		kind: 'failed',
		doubt: 'The connection was closed',
		finding: { errorCode: 141005 },
	});
});

test('a doubt that has cleared up is none', async () => {
	const { ask: asking } = scene([CUT, answer(141005)]);

	expect(await asking('notDone')).toMatchObject({ kind: 'failed', doubt: undefined });
});

test('a look-up knows no doubt: it changed nothing', async () => {
	const { read: reading } = scene([CUT]);

	expect(await reading()).toMatchObject({
		kind: 'failed',
		doubt: undefined,
		finding: { message: 'The connection was closed.', retryLater: true },
	});
});

test.each([
	[
		{ kind: 'blocked', reason: 'Not allowed', advice: 'Allow it.' } as const,
		'Not allowed, so nothing was sent.',
	],
	[
		{ kind: 'httpError', httpStatus: 403 } as const,
		'The server refused the request with HTTP status 403.',
	],
	[answer(141015), 'The user account does not exist.'],
])('what is of no use to try again is not: %j', async (reply, message) => {
	const { ask: asking, at } = scene([reply]);

	expect(await asking('again')).toMatchObject({ kind: 'failed', finding: { message } });
	expect(at).toHaveLength(1);
});

test('a stop ends a wait, and nothing more is sent', async () => {
	const { ask: asking, at } = scene([REFUSED], 200);

	expect(await asking('tell')).toEqual({ kind: 'stopped' });
	expect(at).toEqual([0]);
});

test('a refusal that holds for everything is told as one', async () => {
	expect(await scene([answer(70009)]).ask('tell')).toMatchObject({ forAll: true });
	expect(await scene([answer(60010)]).ask('tell')).toMatchObject({ forAll: false });
});
