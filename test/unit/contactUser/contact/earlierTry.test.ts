import type { ContactResult } from '../../../../nodes/ContactUser/result';
import { createVirtualClock } from '../../virtualClock';
import { resultOf } from './resultOf';
import { alreadyWithAgent, done, noSession, timeOut, withAgent } from './replies';
import { commandsOf, contactWith, START, withoutPace } from './scriptedContact';

describe('an earlier try of the same execution that stayed unconfirmed', () => {
	const tried: ContactResult = resultOf({
		outcome: 'unconfirmed',
		message: 'The server did not answer in time, so it is not known.',
		errorCode: null,
		attempts: 2,
		fromEarlierTry: true,
	});
	const halfAMinuteAgo = { result: tried, agoMs: 30_000 };

	test('is asked for before anything is sent', async () => {
		const { result, sent } = await contactWith({
			contacts: [done],
			sessions: [noSession],
			earlier: halfAMinuteAgo,
		});
		expect(sent.map(({ command }) => command)).toEqual(['session', 'contact']);
		expect(result).toMatchObject({ outcome: 'contacted', attempts: 3 });
	});

	test('that was done is not done again', async () => {
		const { result, sent } = await contactWith({
			contacts: [],
			sessions: [withAgent],
			earlier: halfAMinuteAgo,
		});
		expect(result).toMatchObject({ outcome: 'contacted', attempts: 2 });
		expect(commandsOf(sent)).toBe('session 0');
	});

	test('that asked for one agent is not taken for done where another one has the session', async () => {
		const { result } = await contactWith({
			contacts: [],
			sessions: [withAgent],
			earlier: { ...halfAMinuteAgo, agent: 'bob@example.com' },
		});
		expect(result).toMatchObject({ outcome: 'unconfirmed', fromEarlierTry: true });
	});

	test('that was done is known whichever agent is asked for now', async () => {
		const { result } = await contactWith({
			contacts: [],
			sessions: [withAgent],
			earlier: halfAMinuteAgo,
			agent: 'bob@example.com',
		});
		expect(result).toMatchObject({ outcome: 'contacted', attempts: 2 });
	});

	test('that ended a moment ago is not believed undone before 3.5 s have passed', async () => {
		const { sent } = await contactWith({
			contacts: [done],
			sessions: [noSession, noSession],
			earlier: { result: tried, agoMs: 1000 },
		});
		expect(commandsOf(sent)).toBe('session 0, session 2500, contact 2520');
	});

	test('that cannot be cleared up stays as it was, and nothing is sent', async () => {
		const { result, sent } = await contactWith({
			contacts: [],
			sessions: [timeOut],
			earlier: halfAMinuteAgo,
		});
		const triedAt = START - halfAMinuteAgo.agoMs;
		expect(result).toEqual({ ...tried, triedAt });
		expect(sent.every(({ command }) => command === 'session')).toBe(true);
	});

	test.each([61_000, 60 * 60_000])(
		'%d ms ago is not believed undone any more: an agent may have closed the session since',
		async (agoMs) => {
			const { result, sent } = await contactWith({
				contacts: [],
				sessions: [noSession],
				earlier: { result: tried, agoMs },
			});
			expect(result).toEqual({ ...tried, triedAt: START - agoMs });
			expect(commandsOf(sent)).toBe('session 0');
		},
	);

	test('an hour ago is believed done when the session says so', async () => {
		const { result } = await contactWith({
			contacts: [],
			sessions: [withAgent],
			earlier: { result: tried, agoMs: 60 * 60_000 },
		});
		expect(result).toMatchObject({ outcome: 'contacted', attempts: 2 });
	});

	test('explains an "already with a live agent" of now', async () => {
		const { result } = await contactWith({
			contacts: [alreadyWithAgent],
			sessions: [noSession],
			earlier: halfAMinuteAgo,
		});
		expect(result).toMatchObject({ outcome: 'contacted', attempts: 3 });
	});

	test('is not lost when the run is cancelled before its session could be asked', async () => {
		const clock = createVirtualClock(START);
		const scheduler = withoutPace(clock, AbortSignal.abort());
		const { result, sent } = await contactWith({
			contacts: [],
			earlier: halfAMinuteAgo,
			clock,
			scheduler,
		});
		expect(result).toMatchObject({ outcome: 'unconfirmed', fromEarlierTry: true });
		expect(sent).toEqual([]);
	});

	test.each([
		[withAgent, { outcome: 'contacted' }],
		[noSession, { outcome: 'failed' }],
		[timeOut, { outcome: 'unconfirmed', fromEarlierTry: true }],
	])('is asked for also by a run that was stopped, which sends nothing', async (session, found) => {
		const clock = createVirtualClock(START);
		const scheduler = withoutPace(clock);
		scheduler.halt();
		const { result, sent } = await contactWith({
			contacts: [],
			sessions: [session],
			earlier: halfAMinuteAgo,
			clock,
			scheduler,
		});
		expect(result).toMatchObject({ ...found, attempts: 2 });
		expect(commandsOf(sent)).toBe('session 0');
	});
});
