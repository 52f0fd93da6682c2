import { judge } from '../../../../nodes/ContactUser/contact/verdict';
import type { DeskReply } from '../../../../nodes/shared/desk/reply';
import { createVirtualClock } from '../../virtualClock';
import {
	answer,
	busy,
	done,
	internalProblem,
	noConnection,
	timeOut,
	tooMany,
	withAgent,
	wrongKey,
} from './replies';
import { commandsOf, contactTogether, contactWith, START } from './scriptedContact';

describe('an answer of Desk', () => {
	test('that the user is contacted is the end of it', async () => {
		const { result, sent } = await contactWith({ contacts: [done] });
		expect(result).toMatchObject({ outcome: 'contacted', attempts: 1, errorCode: 0 });
		expect(result).not.toHaveProperty('session');
		expect(commandsOf(sent)).toBe('contact 0');
	});

	test.each<DeskReply>([
		busy,
		answer(80003),
		{ kind: 'httpError', httpStatus: 401 },
		{ kind: 'blocked', reason: 'No', advice: 'Ask.' },
	])('that ends it is not sent again: %j', async (reply) => {
		const { result, sent } = await contactWith({ contacts: [reply] });
		expect(result).toMatchObject({ ...judge(reply).result, attempts: 1 });
		expect(sent).toHaveLength(1);
	});
});

describe('what surely did not happen is sent again', () => {
	test('until it succeeds', async () => {
		const { result } = await contactWith({
			contacts: [noConnection, internalProblem, tooMany(), done],
		});
		expect(result).toMatchObject({ outcome: 'contacted', attempts: 4 });
	});

	test.each([0, 1, 3, 10])('at most %d times more, and then it failed', async (maxRetries) => {
		for (const reply of [noConnection, internalProblem, tooMany(), answer(60018)]) {
			const { result, sent } = await contactWith({
				contacts: Array.from({ length: maxRetries + 1 }, () => reply),
				settings: { maxRetries },
			});
			expect(result).toMatchObject({
				outcome: 'failed',
				attempts: maxRetries + 1,
				retryLater: true,
			});
			expect(sent).toHaveLength(maxRetries + 1);
		}
	});

	test.each([
		[0, [250, 500, 1000, 2000, 4000, 5000, 5000]],
		[1, [500, 1000, 2000, 4000, 8000, 10_000, 10_000]],
		[0.5, [375, 750, 1500, 3000, 6000, 7500, 7500]],
	])(
		'after waits that double from half a second to ten, of which chance (%p) keeps half or more',
		async (random, waits) => {
			for (const reply of [noConnection, internalProblem, tooMany()]) {
				const { sent } = await contactWith({
					contacts: [...waits.map(() => reply), done],
					settings: { maxRetries: 7 },
					random,
				});
				const waited = waits.map((_, i) => sent[i + 1].startedAt - sent[i].endedAt);
				expect(waited).toEqual(waits);
			}
		},
	);

	test('without a wait after the last try', async () => {
		const clock = createVirtualClock(START);
		await contactWith({ contacts: [[noConnection, 20]], settings: { maxRetries: 0 }, clock });
		expect(clock.now()).toBe(START + 20);
	});

	test('when the server says: its Retry-After wins over our wait', async () => {
		for (const reply of [tooMany(7000), { ...answer(60018), retryAfterMs: 7000 }]) {
			const { sent } = await contactWith({ contacts: [reply, done] });
			expect(sent[1].startedAt - sent[0].endedAt).toBe(7000);
		}
		const { sent } = await contactWith({
			contacts: [{ ...internalProblem, retryAfterMs: 50 } as typeof internalProblem, done],
		});
		expect(sent[1].startedAt - sent[0].endedAt).toBe(50);
	});

	test.each([60_001, 3_600_000, Number.MAX_SAFE_INTEGER])(
		'unless the server asks for a wait of more than a minute (%d ms): nobody waits so long',
		async (retryAfterMs) => {
			const clock = createVirtualClock(START);
			const { result, sent } = await contactWith({
				contacts: [{ ...internalProblem, retryAfterMs } as typeof internalProblem],
				clock,
			});
			expect(result).toMatchObject({ outcome: 'failed', attempts: 1, retryLater: true });
			expect(sent).toHaveLength(1);
			expect(clock.now()).toBe(START + 20);
		},
	);

	test('with some wait even when Retry-After is 0, or the retries would be used up at once', async () => {
		const { sent } = await contactWith({ contacts: [tooMany(0), tooMany(0), tooMany(0), done] });
		expect(sent[3].startedAt - sent[0].endedAt).toBeGreaterThan(500);
	});
});

describe('a rate-limit answer', () => {
	test('pauses every user of the run, not only its own', async () => {
		const [refused, other] = await contactTogether([
			{ contacts: [tooMany(3000), done] },
			{ contacts: [done] },
		]);
		expect(refused.sent[1].startedAt).toBeCloseTo(3020, 0);
		expect(other.sent[0].startedAt).toBeGreaterThanOrEqual(3020);
	});

	test('of one user does not cost another one a try', async () => {
		const [refused, other] = await contactTogether([
			{ contacts: [tooMany(100), tooMany(100), done] },
			{ contacts: [done], settings: { maxRetries: 0 } },
		]);
		expect(refused.result).toMatchObject({ outcome: 'contacted', attempts: 3 });
		expect(other.result).toMatchObject({ outcome: 'contacted', attempts: 1 });
	});
});

test('the first answer of an application lets the others go, also when it is a time-out', async () => {
	const [, other] = await contactTogether([
		{ contacts: [[timeOut, 700]], sessions: [withAgent] },
		{ contacts: [done] },
	]);
	expect(other.sent[0].startedAt).toBeGreaterThanOrEqual(700);
	expect(other.sent[0].startedAt).toBeLessThan(750);
});

describe('a refusal of the whole application', () => {
	test('is the end for this user, and nobody else of the application is sent', async () => {
		const [first, ...others] = await contactTogether([
			{ contacts: [wrongKey] },
			...Array.from({ length: 20 }, () => ({ contacts: [] })),
		]);
		expect(first.result).toMatchObject({
			outcome: 'configurationError',
			errorCode: 70009,
			attempts: 1,
		});
		for (const { result } of others) {
			expect(result).toMatchObject({
				outcome: 'configurationError',
				errorCode: 70009,
				attempts: 0,
				message: expect.stringMatching(/^Not sent, since Desk refused another item: /),
			});
		}
	});

	test('while a user waits to be sent again, is told to this user with the tries that were made', async () => {
		const [waiting] = await contactTogether([
			{ contacts: [noConnection] },
			{ contacts: [wrongKey] },
		]);
		expect(waiting.result).toMatchObject({
			outcome: 'configurationError',
			attempts: 1,
			message: expect.stringMatching(/^Not sent again, since /),
		});
	});

	test('while the session of an unsure user is to be asked, leaves that user unconfirmed', async () => {
		const { result } = await contactWith({ contacts: [timeOut], sessions: [wrongKey] });
		expect(result).toMatchObject({ outcome: 'unconfirmed', attempts: 1 });
	});
});

describe('Include Session Details', () => {
	const settings = { includeSession: true };

	test('asks for the session once, after a contact', async () => {
		const { result, sent } = await contactWith({
			contacts: [done],
			sessions: [withAgent],
			settings,
		});
		expect(result.session).toEqual({
			sessionId: 's-1',
			state: 'Agent',
			agent: 'agent@example.com',
		});
		expect(sent.map(({ command }) => command)).toEqual(['contact', 'session']);
	});

	test('does not ask again for a session that is known already', async () => {
		const { result, sent } = await contactWith({
			contacts: [timeOut],
			sessions: [withAgent],
			settings,
		});
		expect(result.session).toMatchObject({ state: 'Agent' });
		expect(sent).toHaveLength(2);
	});

	test('asks for none where there was no contact', async () => {
		const { result, sent } = await contactWith({ contacts: [busy], settings });
		expect(result).not.toHaveProperty('session');
		expect(sent).toHaveLength(1);
	});

	test('does not change the outcome when the session cannot be read', async () => {
		for (const reply of [timeOut, noConnection, wrongKey, answer(141004)]) {
			const { result } = await contactWith({ contacts: [done], sessions: [reply], settings });
			expect(result).toMatchObject({ outcome: 'contacted', attempts: 1, errorCode: 0 });
			expect(result.session).toBeUndefined();
		}
	});
});
