import { createVirtualClock } from '../../virtualClock';
import { internalProblem, noSession, timeOut, withAgent } from './replies';
import { commandsOf, contactWith, START, withoutPace } from './scriptedContact';

describe('a run that is stopped', () => {
	test('before the turn of a user: nothing is sent, and it says so', async () => {
		const clock = createVirtualClock(START);
		const scheduler = withoutPace(clock);
		scheduler.halt();
		const { result } = await contactWith({ contacts: [], clock, scheduler });
		expect(result).toMatchObject({ outcome: 'failed', attempts: 0, notTried: true });
	});

	test('while a user waits to be sent again: what is known so far is told, within 100 ms', async () => {
		const clock = createVirtualClock(START);
		const cancelling = new AbortController();
		const scheduler = withoutPace(clock, cancelling.signal);
		clock.at(START + 200, () => cancelling.abort());
		const { result, sent } = await contactWith({
			contacts: [[internalProblem, 20]],
			random: 1,
			clock,
			scheduler,
		});
		expect(result).toMatchObject({ outcome: 'failed', errorCode: 141002, attempts: 1 });
		expect(result).not.toHaveProperty('notTried');
		expect(sent).toHaveLength(1);
		expect(clock.now()).toBeLessThanOrEqual(START + 300);
	});

	test.each([
		[withAgent, 'contacted'],
		[noSession, 'failed'],
		[timeOut, 'unconfirmed'],
	])(
		'while an unsure user waits for its session: still asks it, and sends nothing',
		async (session, outcome) => {
			const clock = createVirtualClock(START);
			const scheduler = withoutPace(clock);
			clock.at(START + 1000, scheduler.halt);
			const { result, sent } = await contactWith({
				contacts: [timeOut],
				sessions: [noSession, session],
				clock,
				scheduler,
			});
			expect(result).toMatchObject({ outcome, attempts: 1 });
			expect(commandsOf(sent)).toBe('contact 0, session 20, session 3520');
		},
	);

	test('and cancelled while an unsure user waits for its session: it stays unconfirmed, within 100 ms', async () => {
		const clock = createVirtualClock(START);
		const cancelling = new AbortController();
		const scheduler = withoutPace(clock, cancelling.signal);
		clock.at(START + 500, scheduler.halt);
		clock.at(START + 1000, () => cancelling.abort());
		const { result } = await contactWith({
			contacts: [timeOut],
			sessions: [noSession],
			clock,
			scheduler,
		});
		expect(result).toMatchObject({ outcome: 'unconfirmed', attempts: 1 });
		expect(clock.now()).toBeLessThanOrEqual(START + 1100);
	});
});
