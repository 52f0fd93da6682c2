import { createDispatch } from '../../../../nodes/shared/sending/scheduler';
import type { Finding } from '../../../../nodes/ContactUser/output/report';
import { createVirtualClock } from '../../virtualClock';
import { internalProblem, noSession, timeOut } from './replies';
import { contactWith, START, withoutPace } from './scriptedContact';

describe('a run that is stopped', () => {
	test('before the turn of a user: nothing is sent, and it says so', async () => {
		const clock = createVirtualClock(START);
		const dispatch = withoutPace(clock);
		dispatch.halt();
		const { ending } = await contactWith({ contacts: [], clock, dispatch });
		expect(ending).toMatchObject({ outcome: 'failed', attempts: 0, notTried: true });
	});

	test('while a user waits to be sent again: what is known so far is told, within 100 ms', async () => {
		const clock = createVirtualClock(START);
		let cancelled = false;
		const settings = { concurrency: 1, requestsPerSecond: 100 };
		const dispatch = createDispatch<Finding>(settings, clock, () => cancelled);
		clock.at(START + 200, () => {
			cancelled = true;
		});
		const { ending, sent } = await contactWith({
			contacts: [[internalProblem, 20]],
			random: 1,
			clock,
			dispatch,
		});
		expect(ending).toMatchObject({ outcome: 'failed', errorCode: 141002, attempts: 1 });
		expect(ending).not.toHaveProperty('notTried');
		expect(sent).toHaveLength(1);
		expect(clock.now()).toBeLessThanOrEqual(START + 300);
	});

	test('while an unsure user waits for its session: it stays unconfirmed, within 100 ms', async () => {
		const clock = createVirtualClock(START);
		let cancelled = false;
		const settings = { concurrency: 1, requestsPerSecond: 100 };
		const dispatch = createDispatch<Finding>(settings, clock, () => cancelled);
		clock.at(START + 1000, () => {
			cancelled = true;
		});
		const { ending } = await contactWith({
			contacts: [timeOut],
			sessions: [noSession],
			clock,
			dispatch,
		});
		expect(ending).toMatchObject({ outcome: 'unconfirmed', attempts: 1 });
		expect(clock.now()).toBeLessThanOrEqual(START + 1100);
	});
});
