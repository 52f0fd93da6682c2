import type { Ending } from '../../../nodes/ContactUser/report';
import { createDispatch } from '../../../nodes/ContactUser/dispatch';
import type { Finding } from '../../../nodes/ContactUser/report';
import { createVirtualClock } from '../virtualClock';
import { endingOf } from './endings';
import {
	alreadyWithAgent,
	answer,
	busy,
	done,
	internalProblem,
	noConnection,
	noSession,
	session,
	timeOut,
	tooMany,
	withAgent,
	wrongKey,
} from './replies';
import { commandsOf, contactWith, START, withoutPace } from './scriptedContact';

describe('an answer of Desk', () => {
	test('that the user is contacted is the end of it', async () => {
		const { ending, sent } = await contactWith({ contacts: [done] });
		expect(ending).toMatchObject({ outcome: 'contacted', attempts: 1, errorCode: 0 });
		expect(ending).not.toHaveProperty('session');
		expect(commandsOf(sent)).toBe('contact 0');
	});

	test.each([
		[141012, 'agentUnavailable'],
		[141016, 'userUnavailable'],
		[141015, 'configurationError'],
		[80003, 'failed'],
		[141006, 'failed'],
	])('%d is not sent again', async (code, outcome) => {
		const { ending, sent } = await contactWith({ contacts: [answer(code)] });
		expect(ending).toMatchObject({ outcome, errorCode: code, attempts: 1 });
		expect(sent).toHaveLength(1);
	});

	test('HTTP 401 or a bad certificate is not sent again either', async () => {
		const refused = await contactWith({ contacts: [{ kind: 'refused', httpStatus: 401 }] });
		expect(refused.ending).toMatchObject({ outcome: 'failed', attempts: 1 });
		const blocked = await contactWith({
			contacts: [{ kind: 'blocked', reason: 'No', advice: 'Ask.' }],
		});
		expect(blocked.ending).toMatchObject({ outcome: 'failed', attempts: 1 });
	});
});

describe('what surely did not happen is sent again', () => {
	test('until it succeeds', async () => {
		const { ending } = await contactWith({
			contacts: [noConnection, internalProblem, tooMany(), done],
		});
		expect(ending).toMatchObject({ outcome: 'contacted', attempts: 4 });
	});

	test.each([0, 1, 3, 10])('at most %d times more, and then it failed', async (maxRetries) => {
		for (const reply of [noConnection, internalProblem, tooMany(), answer(60018)]) {
			const { ending, sent } = await contactWith({
				contacts: Array.from({ length: maxRetries + 1 }, () => reply),
				settings: { maxRetries },
			});
			expect(ending).toMatchObject({
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

	test.failing(
		'with some wait even when Retry-After is 0, or the retries would be used up at once',
		async () => {
			const { sent } = await contactWith({ contacts: [tooMany(0), tooMany(0), tooMany(0), done] });
			expect(sent[3].startedAt - sent[0].endedAt).toBeGreaterThan(500);
		},
	);
});

describe('a rate-limit answer', () => {
	test('pauses every user of the run, not only its own', async () => {
		const clock = createVirtualClock(START);
		const dispatch = withoutPace(clock);
		const shared = { clock, dispatch };
		const first = contactWith({ ...shared, contacts: [tooMany(3000), done] });
		const second = contactWith({ ...shared, contacts: [done] });
		const { sent } = await first;
		expect(sent[1].startedAt).toBe(3020);
		expect((await second).sent[0].startedAt).toBeGreaterThanOrEqual(3020);
	});

	test('of one user does not cost another one a try', async () => {
		const clock = createVirtualClock(START);
		const dispatch = withoutPace(clock);
		const refused = contactWith({ clock, dispatch, contacts: [tooMany(100), tooMany(100), done] });
		const other = contactWith({ clock, dispatch, contacts: [done], settings: { maxRetries: 0 } });
		expect((await refused).ending).toMatchObject({ outcome: 'contacted', attempts: 3 });
		expect((await other).ending).toMatchObject({ outcome: 'contacted', attempts: 1 });
	});
});

describe('a time-out is never resent before the session state was asked', () => {
	test.each(['Agent', 'WaitingForAgentAnswering', 'Queueing'])(
		'the session %s shows that it was done',
		async (state) => {
			const { ending, sent } = await contactWith({
				contacts: [[timeOut, 10_000]],
				sessions: [session(state, 'agent@example.com')],
			});
			expect(ending).toMatchObject({
				outcome: 'contacted',
				errorCode: null,
				attempts: 1,
				assignedAgent: 'agent@example.com',
				session: { sessionId: 's-1', state, agent: 'agent@example.com' },
			});
			expect(commandsOf(sent)).toBe('contact 0, session 10000');
		},
	);

	test.each(['NotInSession', 'Chatbot'])(
		'the session %s is believed only 3.5 s after the try ended: it is asked again then, and only then sent again',
		async (state) => {
			const { ending, sent } = await contactWith({
				contacts: [[timeOut, 1000], done],
				sessions: [session(state), session(state)],
			});
			expect(commandsOf(sent)).toBe('contact 0, session 1000, session 4500, contact 4520');
			expect(ending).toMatchObject({ outcome: 'contacted', attempts: 2, errorCode: 0 });
		},
	);

	test('a session that shows the contact only when asked the second time', async () => {
		const { ending, sent } = await contactWith({
			contacts: [[timeOut, 1000]],
			sessions: [noSession, withAgent],
		});
		expect(ending).toMatchObject({ outcome: 'contacted', attempts: 1 });
		expect(commandsOf(sent)).toBe('contact 0, session 1000, session 4500');
	});

	test('a session read that started too early does not count, however long it took', async () => {
		const { sent } = await contactWith({
			contacts: [[timeOut, 1000], done],
			sessions: [[noSession, 9000], noSession],
		});
		expect(commandsOf(sent)).toBe('contact 0, session 1000, session 10000, contact 10020');
	});

	test.each([
		['a reset connection', { kind: 'unsure', reason: 'The connection was closed' } as const],
		['HTTP 502', { kind: 'unsure', reason: 'The server answered with HTTP status 502' } as const],
		['trouble of the server', answer(60008)],
		['a time-out of the server', answer(70169)],
	])('%s is no different', async (_name, reply) => {
		const { sent } = await contactWith({
			contacts: [reply, done],
			sessions: [noSession, noSession],
		});
		expect(sent.map(({ command }) => command)).toEqual([
			'contact',
			'session',
			'session',
			'contact',
		]);
	});

	test.each([
		['a time-out', timeOut],
		['no connection', noConnection],
		['a refusal', answer(141004)],
		['a state that is not known', session('Ended')],
		['an HTTP status', { kind: 'refused', httpStatus: 404 } as const],
	])(
		'a session that cannot be read (%s) leaves it unconfirmed, and nothing is sent',
		async (_name, reply) => {
			const { ending, sent } = await contactWith({
				contacts: [timeOut],
				sessions: [reply, reply],
			});
			expect(ending).toMatchObject({
				outcome: 'unconfirmed',
				attempts: 1,
				errorCode: null,
				message: expect.stringContaining('not known'),
			});
			expect(sent.filter(({ command }) => command === 'contact')).toHaveLength(1);
		},
	);

	test('"no session" once and then nothing readable is not enough', async () => {
		const { ending } = await contactWith({ contacts: [timeOut], sessions: [noSession, timeOut] });
		expect(ending).toMatchObject({ outcome: 'unconfirmed', attempts: 1 });
	});

	test('nothing readable and then "no session" is enough', async () => {
		const { ending } = await contactWith({
			contacts: [timeOut, done],
			sessions: [timeOut, noSession],
		});
		expect(ending).toMatchObject({ outcome: 'contacted', attempts: 2 });
	});

	test('it is sent again no more often than the retries allow, and is then known to have failed', async () => {
		const { ending, sent } = await contactWith({
			contacts: [timeOut, timeOut, timeOut],
			sessions: Array.from({ length: 6 }, () => noSession),
			settings: { maxRetries: 2 },
		});
		expect(ending).toMatchObject({
			outcome: 'failed',
			attempts: 3,
			message: expect.stringContaining('no agent contacted the user'),
		});
		expect(sent.filter(({ command }) => command === 'contact')).toHaveLength(3);
	});

	test('without retries the session is asked all the same', async () => {
		const { ending } = await contactWith({
			contacts: [timeOut],
			sessions: [withAgent],
			settings: { maxRetries: 0 },
		});
		expect(ending).toMatchObject({ outcome: 'contacted', attempts: 1 });
	});

	test('a session read that meets the rate limit is asked again, within the retries', async () => {
		const { ending } = await contactWith({
			contacts: [timeOut],
			sessions: [tooMany(100), answer(60018), withAgent],
		});
		expect(ending).toMatchObject({ outcome: 'contacted' });
		const limited = await contactWith({
			contacts: [timeOut],
			sessions: Array.from({ length: 4 }, () => tooMany(100)),
			settings: { maxRetries: 1 },
		});
		expect(limited.ending).toMatchObject({ outcome: 'unconfirmed' });
	});
});

describe('"already with a live agent" (141016)', () => {
	test('after a try without an answer means that this try did it', async () => {
		const { ending } = await contactWith({
			contacts: [timeOut, alreadyWithAgent],
			sessions: [noSession, noSession],
		});
		expect(ending).toMatchObject({ outcome: 'contacted', attempts: 2, errorCode: null });
	});

	test('after a try that was surely not sent means what it says', async () => {
		const { ending } = await contactWith({ contacts: [noConnection, alreadyWithAgent] });
		expect(ending).toMatchObject({ outcome: 'userUnavailable', errorCode: 141016 });
	});

	test('is the only answer that an earlier try explains', async () => {
		const { ending } = await contactWith({
			contacts: [timeOut, busy],
			sessions: [noSession, noSession],
		});
		expect(ending).toMatchObject({ outcome: 'agentUnavailable', errorCode: 141012, attempts: 2 });
	});
});

describe('a refusal of the whole application', () => {
	test('is the end for this user, and nobody else of the application is sent', async () => {
		const clock = createVirtualClock(START);
		const dispatch = withoutPace(clock);
		const first = contactWith({ clock, dispatch, contacts: [wrongKey] });
		const others = Array.from({ length: 20 }, () => contactWith({ clock, dispatch, contacts: [] }));
		expect((await first).ending).toMatchObject({
			outcome: 'configurationError',
			errorCode: 70009,
			attempts: 1,
		});
		for (const other of await Promise.all(others)) {
			expect(other.ending).toMatchObject({
				outcome: 'configurationError',
				errorCode: 70009,
				attempts: 0,
				message: expect.stringMatching(/^Not sent, since Desk refused another item: /),
			});
		}
	});

	test('while a user waits to be sent again, is told to this user with the tries that were made', async () => {
		const clock = createVirtualClock(START);
		const dispatch = withoutPace(clock);
		const waiting = contactWith({ clock, dispatch, contacts: [[noConnection, 10]] });
		const refused = contactWith({ clock, dispatch, contacts: [[wrongKey, 10]] });
		expect((await waiting).ending).toMatchObject({
			outcome: 'configurationError',
			attempts: 1,
			message: expect.stringMatching(/^Not sent again, since /),
		});
		await refused;
	});

	test('while the session of an unsure user is to be asked, leaves that user unconfirmed', async () => {
		const { ending } = await contactWith({ contacts: [timeOut], sessions: [wrongKey] });
		expect(ending).toMatchObject({ outcome: 'unconfirmed', attempts: 1 });
	});
});

describe('an earlier try of the same execution that stayed unconfirmed', () => {
	const tried: Ending = endingOf({
		outcome: 'unconfirmed',
		message: 'The server did not answer in time, so it is not known.',
		errorCode: null,
		attempts: 2,
	});
	const longAgo = { ending: tried, endedAt: START - 60_000 };

	test('is asked for before anything is sent', async () => {
		const { ending, sent } = await contactWith({
			contacts: [done],
			sessions: [noSession],
			earlier: longAgo,
		});
		expect(sent.map(({ command }) => command)).toEqual(['session', 'contact']);
		expect(ending).toMatchObject({ outcome: 'contacted', attempts: 3 });
	});

	test('that was done is not done again', async () => {
		const { ending, sent } = await contactWith({
			contacts: [],
			sessions: [withAgent],
			earlier: longAgo,
		});
		expect(ending).toMatchObject({ outcome: 'contacted', attempts: 2 });
		expect(commandsOf(sent)).toBe('session 0');
	});

	test('that ended a moment ago is not believed undone before 3.5 s have passed', async () => {
		const { sent } = await contactWith({
			contacts: [done],
			sessions: [noSession, noSession],
			earlier: { ending: tried, endedAt: START - 1000 },
		});
		expect(commandsOf(sent)).toBe('session 0, session 2500, contact 2520');
	});

	test('that cannot be cleared up stays as it was, and nothing is sent', async () => {
		const { ending, sent } = await contactWith({
			contacts: [],
			sessions: [timeOut, timeOut],
			earlier: longAgo,
		});
		expect(ending).toEqual({ ...tried, fromEarlierTry: true });
		expect(sent.every(({ command }) => command === 'session')).toBe(true);
	});

	test('explains an "already with a live agent" of now', async () => {
		const { ending } = await contactWith({
			contacts: [alreadyWithAgent],
			sessions: [noSession],
			earlier: longAgo,
		});
		expect(ending).toMatchObject({ outcome: 'contacted', attempts: 3 });
	});

	test('is not lost when the run is stopped before its session could be asked', async () => {
		const clock = createVirtualClock(START);
		const dispatch = withoutPace(clock);
		dispatch.halt();
		const { ending, sent } = await contactWith({ contacts: [], earlier: longAgo, clock, dispatch });
		expect(ending).toMatchObject({ outcome: 'unconfirmed', fromEarlierTry: true });
		expect(sent).toEqual([]);
	});
});

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

describe('Include Session Details', () => {
	const settings = { includeSession: true };

	test('asks for the session once, after a contact', async () => {
		const { ending, sent } = await contactWith({
			contacts: [done],
			sessions: [withAgent],
			settings,
		});
		expect(ending.session).toEqual({
			sessionId: 's-1',
			state: 'Agent',
			agent: 'agent@example.com',
		});
		expect(sent.map(({ command }) => command)).toEqual(['contact', 'session']);
	});

	test('does not ask again for a session that is known already', async () => {
		const { ending, sent } = await contactWith({
			contacts: [timeOut],
			sessions: [withAgent],
			settings,
		});
		expect(ending.session).toMatchObject({ state: 'Agent' });
		expect(sent).toHaveLength(2);
	});

	test('asks for none where there was no contact', async () => {
		const { ending, sent } = await contactWith({ contacts: [busy], settings });
		expect(ending).not.toHaveProperty('session');
		expect(sent).toHaveLength(1);
	});

	test('does not change the outcome when the session cannot be read', async () => {
		for (const reply of [timeOut, noConnection, wrongKey, answer(141004)]) {
			const { ending } = await contactWith({ contacts: [done], sessions: [reply], settings });
			expect(ending).toMatchObject({ outcome: 'contacted', attempts: 1, errorCode: 0 });
			expect(ending.session).toBeUndefined();
		}
	});
});
