import { EARLIER, play, playRun, type Scenario, type Settings } from './scriptedDesk';

import type { Failed, Look } from '../../../../nodes/shared/delivery/command';
import type { DeskReply } from '../../../../nodes/shared/desk/reply';
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
} from '../../replies';

afterEach(() => jest.restoreAllMocks());

const times = (count: number, reply: DeskReply) => Array.from({ length: count }, () => reply);
const UNCLEAR = { outcome: 'unconfirmed', errorCode: null };

describe('what Desk says clearly is the end of it', () => {
	test.each<[DeskReply, object]>([
		[done, { outcome: 'contacted', errorCode: 0, assignedAgent: 'agent@example.com' }],
		[busy, { outcome: 'agentUnavailable', errorCode: 141012 }],
		[answer(80003), { outcome: 'failed', errorCode: 80003 }],
		[{ kind: 'httpError', httpStatus: 401 }, { outcome: 'failed' }],
		[{ kind: 'blocked', reason: 'No', advice: 'Ask.' }, { outcome: 'failed' }],
	])('%j', async (reply, expected) => {
		const { result, commands } = await play({ contacts: [reply] });
		expect(result).toMatchObject({ ...expected, attempts: 1 });
		expect(result).not.toHaveProperty('session');
		expect(commands).toBe('contact 0');
	});
});

describe('what was surely not done is sent again', () => {
	test('until it succeeds', async () => {
		const { result } = await play({ contacts: [noConnection, internalProblem, tooMany(), done] });
		expect(result).toMatchObject({ outcome: 'contacted', attempts: 4 });
	});

	test.each([0, 1, 3, 10])('at most %d times more, and then it failed', async (maxRetries) => {
		for (const reply of [noConnection, internalProblem, tooMany(), answer(60018)]) {
			const contacts = times(maxRetries + 1, reply);
			const { result } = await play({ contacts }, { maxRetries });
			expect(result).toMatchObject({
				outcome: 'failed',
				attempts: maxRetries + 1,
				retryLater: true,
			});
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
				const contacts = [...times(7, reply), done];
				const { sent } = await play({ contacts }, { maxRetries: 7, random });
				const waited = waits.map((_, i) => Math.round(sent[i + 1].startedAt - sent[i].endedAt));
				expect(waited).toEqual(waits);
			}
		},
	);

	test('without a wait after the last try', async () => {
		const { endedAt } = await play({ contacts: [noConnection] }, { maxRetries: 0 });
		expect(endedAt).toBe(20);
	});

	test.each<[DeskReply, number]>([
		[tooMany(7000), 7000],
		[{ ...answer(60018), retryAfterMs: 7000 } as DeskReply, 7000],
		[{ ...internalProblem, retryAfterMs: 50 } as DeskReply, 50],
		// Or the retries would be used up at once.
		[tooMany(0), 375],
	])('when the server says, if it does: %j', async (reply, waitMs) => {
		const { commands } = await play({ contacts: [reply, done] });
		expect(commands).toBe(`contact 0, contact ${20 + waitMs}`);
	});

	test.each<[DeskReply, object]>([
		[{ ...internalProblem, retryAfterMs: 60_001 } as DeskReply, { errorCode: 141002 }],
		[tooMany(61_000), { message: expect.stringMatching(/^Not sent again, since Tencent kept on/) }],
	])('but nobody waits for more than a minute: %j', async (reply, expected) => {
		const { result, endedAt } = await play({ contacts: [reply] });
		expect(result).toMatchObject({ outcome: 'failed', attempts: 1, retryLater: true, ...expected });
		expect(endedAt).toBe(20);
	});
});

describe('a rate-limit answer', () => {
	test.each([
		['to a contact', { contacts: [tooMany(3000), done] }],
		['to a look', { contacts: [timeOut], looks: [tooMany(3000), withAgent] }],
	])('%s pauses every item, not only its own', async (_what, limited) => {
		const [refused, other] = await playRun([limited, { contacts: [internalProblem, done] }]);
		expect(refused.result.outcome).toBe('contacted');
		expect(other?.sent[1].startedAt).toBeGreaterThanOrEqual(3020);
	});

	test('of one item does not cost another one a try', async () => {
		const outcomes = await playRun([
			{ contacts: [tooMany(100), tooMany(100), tooMany(100), done] },
			...Array.from({ length: 5 }, () => ({ contacts: [done] })),
		]);
		expect(outcomes.map(({ result }) => result.attempts)).toEqual([4, 1, 1, 1, 1, 1]);
	});
});

test('the first answer of an application lets the others go, also when it is a time-out', async () => {
	const first = { contacts: [[timeOut, 120] as [DeskReply, number]], looks: [withAgent] };
	const [, other] = await playRun([first, { contacts: [done] }]);
	expect(other?.commands).toBe('contact 120');
});

describe('a refusal of the whole application', () => {
	test('is the end for this item, and nobody else of the application is sent', async () => {
		const [first, ...others] = await playRun([
			{ contacts: [wrongKey] },
			...Array.from({ length: 20 }, () => ({ contacts: [] })),
		]);
		const refused = { outcome: 'configurationError', errorCode: 70009 };
		expect(first.result).toMatchObject({ ...refused, attempts: 1 });
		for (const { result } of others) {
			expect(result).toMatchObject({
				...{ ...refused, attempts: 0, advice: first.result.advice },
				message: `Not sent, since Desk refused another item: ${first.result.message}`,
			});
		}
	});

	test('is told to who waits to be sent again with the tries that were made', async () => {
		const [waiting] = await playRun([{ contacts: [noConnection] }, { contacts: [wrongKey] }]);
		expect(waiting.result).toMatchObject({
			...{ outcome: 'configurationError', attempts: 1 },
			message: expect.stringMatching(/^Not sent again, since Desk refused another item: /),
		});
	});

	test.each([
		[wrongKey, { outcome: 'configurationError', errorCode: 70009 }],
		// A right to read may be missing where the contact is allowed.
		[answer(60010), { outcome: 'contacted', attempts: 2 }],
		[answer(141014), { outcome: 'contacted', attempts: 2 }],
	])(
		'that a look meets stops the others only if it holds for all commands: %j',
		async (refusal, of) => {
			const [asked, other] = await playRun([
				{ contacts: [[timeOut, 100]], looks: times(2, refusal) },
				{ contacts: [[internalProblem, 1], done] },
			]);
			expect(asked.result).toMatchObject({ ...UNCLEAR, attempts: 1 });
			expect(other?.result).toMatchObject(of);
		},
	);
});

describe('a contact without a clear answer is never sent again before its session was read', () => {
	const look = 'contact 0, session 1000, session 4500';
	test.each<[string, Scenario, string, object]>([
		[
			'a session that shows the contact tells that it was made',
			{ contacts: [[timeOut, 10_000]], looks: [withAgent] },
			'contact 0, session 10000',
			{
				...{ outcome: 'contacted', errorCode: null, attempts: 1 },
				assignedAgent: 'agent@example.com',
				session: { sessionId: 's-1', state: 'Agent', agent: 'agent@example.com' },
			},
		],
		[
			'also when only the second look shows it',
			{ contacts: [[timeOut, 1000]], looks: [noSession, withAgent] },
			look,
			{ outcome: 'contacted', attempts: 1 },
		],
		[
			'one that shows nobody is believed only 3.5 s after the try ended, and then it is sent again',
			{ contacts: [[timeOut, 1000], done], looks: [noSession, noSession] },
			`${look}, contact 4520`,
			{ outcome: 'contacted', attempts: 2, errorCode: 0 },
		],
		[
			'a look that started too early does not count, however long it took',
			{ contacts: [[timeOut, 1000], done], looks: [[noSession, 9000], noSession] },
			'contact 0, session 1000, session 10000, contact 10020',
			{ outcome: 'contacted' },
		],
		[
			'trouble of the server is no different',
			{ contacts: [answer(60008), done], looks: [noSession, noSession] },
			'contact 0, session 20, session 3520, contact 3540',
			{ outcome: 'contacted' },
		],
		[
			'a session with another agent than the one asked for does not show it',
			{ contacts: [timeOut], looks: [withAgent, withAgent], agent: 'bob@example.com' },
			'contact 0, session 20, session 3520',
			{ ...UNCLEAR, attempts: 1 },
		],
		[
			'one with that agent does, in whatever case the name is written',
			{ contacts: [timeOut], looks: [withAgent], agent: 'Agent@Example.com' },
			'contact 0, session 20',
			{ outcome: 'contacted', assignedAgent: 'agent@example.com' },
		],
		...[timeOut, answer(141004), session('Ended')].map(
			(reply): [string, Scenario, string, object] => [
				`a session that cannot be read leaves it unclear: ${JSON.stringify(reply)}`,
				{ contacts: [timeOut], looks: [reply, reply] },
				'contact 0, session 20, session 3520',
				{
					...{ ...UNCLEAR, attempts: 1, retryLater: false },
					message:
						'The server did not answer in time, so it is not known whether the user was contacted.',
					advice:
						'Before you try again, check in the Desk workbench whether the user was contacted.',
				},
			],
		),
		[
			'"no session" and then nothing readable is not enough',
			{ contacts: [timeOut], looks: [noSession, timeOut] },
			'contact 0, session 20, session 3520',
			UNCLEAR,
		],
		[
			'nothing readable and then "no session" is',
			{ contacts: [timeOut, done], looks: [timeOut, noSession] },
			'contact 0, session 20, session 3520, contact 3540',
			{ outcome: 'contacted', attempts: 2 },
		],
		[
			'a look that meets the rate limit is taken again',
			{ contacts: [timeOut], looks: [tooMany(100), tooMany(200), withAgent] },
			'contact 0, session 20, session 140, session 360',
			{ outcome: 'contacted' },
		],
		[
			'"already with a live agent" (141016) then tells that this try did it',
			{ contacts: [timeOut, alreadyWithAgent], looks: [noSession, noSession] },
			'contact 0, session 20, session 3520, contact 3540',
			{
				...{ outcome: 'contacted', attempts: 2, errorCode: null },
				message: expect.stringMatching(/^The first request had no clear answer\./),
			},
		],
		[
			'and so it does after a try that Desk has read and could not work on (141002)',
			{ contacts: [internalProblem, alreadyWithAgent] },
			'contact 0, contact 395',
			{ outcome: 'contacted', attempts: 2 },
		],
		[
			'but not after a try that was surely not sent, or was only too much',
			{ contacts: [noConnection, tooMany(), alreadyWithAgent] },
			'contact 0, contact 395, contact 1165',
			{ outcome: 'userUnavailable', errorCode: 141016 },
		],
		[
			'any other answer means what it says',
			{ contacts: [timeOut, busy], looks: [noSession, noSession] },
			'contact 0, session 20, session 3520, contact 3540',
			{ outcome: 'agentUnavailable', errorCode: 141012, attempts: 2 },
		],
	])('%s', async (_what, scenario, sent, expected) => {
		const { result, commands } = await play(scenario);
		expect(result).toMatchObject(expected);
		expect(commands).toBe(sent);
	});

	test.each<[string, Scenario, number, object]>([
		[
			'it is sent again no more often than the retries allow, and is then known to have failed',
			{ contacts: times(3, timeOut), looks: times(6, noSession) },
			2,
			{
				...{ outcome: 'failed', attempts: 3, errorCode: null, retryLater: true },
				message: expect.stringContaining('no agent contacted the user'),
			},
		],
		[
			'without retries its session is read all the same',
			{ contacts: [timeOut], looks: [withAgent] },
			0,
			{ outcome: 'contacted', attempts: 1 },
		],
		[
			'looks that meet the rate limit again and again leave it unclear',
			{ contacts: [timeOut], looks: times(4, tooMany(100)) },
			1,
			UNCLEAR,
		],
	])('%s', async (_what, scenario, maxRetries, expected) => {
		expect((await play(scenario, { maxRetries })).result).toMatchObject(expected);
	});
});

describe('a change that may be sent again when it is unclear', () => {
	const repeat = { may: 'repeat' } as const;

	test('is, as often as the retries allow, and then stays unclear in the words of its first try', async () => {
		const { ended, commands } = await play({ contacts: times(4, timeOut), instead: repeat });
		expect(commands).toBe('end 0, end 395, end 1165, end 2685');
		expect(ended).toMatchObject({
			...{ kind: 'failed', mayBeDone: true, attempts: 4 },
			finding: {
				message: 'The server did not answer in time, so it is not known whether the session ended.',
			},
		});
	});

	test('stays unclear whatever a later try is refused for, and tells both', async () => {
		const { ended } = await play({ contacts: [timeOut, answer(141003)], instead: repeat });
		expect(ended).toMatchObject({
			mayBeDone: true,
			finding: {
				errorCode: 141003,
				message:
					'The server did not answer in time, so it is not known whether the session ended. The last attempt failed with: The session cannot be handed to a live agent.',
			},
		});
		const thrice = { contacts: [timeOut, noConnection, busy], instead: repeat };
		expect(
			(await play(thrice)).result.message.match(/The last attempt failed with: /g),
		).toHaveLength(1);
	});

	test.each([
		['in time', [done], 141005],
		['after a try that may have done it', [timeOut], 0],
	])('is done by a code that says it is as it was to be: %s', async (_what, before, errorCode) => {
		const contacts = [...before.filter((reply) => reply === timeOut), answer(141005)];
		const more = { doneCodes: [141005] };
		const { ended } = await play({ contacts, instead: repeat, more });
		expect(ended).toMatchObject({
			kind: 'done',
			shownBy: 'code',
			answer: { ErrorCode: errorCode },
		});
	});

	test('only for so long after its first try as Desk drops a second one', async () => {
		const contacts: Scenario['contacts'] = times(3, timeOut).map((reply) => [reply, 10_000]);
		const forMs = { may: 'repeat', forMs: 20_000 } as const;
		const { ended, commands } = await play({ contacts, instead: forMs });
		expect(commands).toBe('end 0, end 10375');
		expect(ended).toMatchObject({ kind: 'failed', mayBeDone: true, attempts: 2 });
	});

	test.each([
		['its own', [timeOut, tooMany(20_000)], [], 'end 0, end 395'],
		['that of another item', [[timeOut, 10_000]], [[tooMany(20_000), 9000]], 'end 0'],
	] as Array<[string, Scenario['contacts'], Scenario['contacts'], string]>)(
		'also when a rate limit, %s, holds it up for longer',
		async (_whose, contacts, others, commands) => {
			const forMs = { may: 'repeat', forMs: 20_000 } as const;
			const items = [contacts, others].map((script) => ({
				...{ contacts: [...script, done], instead: forMs },
			}));
			const [one] = await playRun(items);
			expect(one).toMatchObject({ commands, ended: { kind: 'failed', mayBeDone: true } });
		},
	);

	test('counted over the retries of an execution from its very first try', async () => {
		const contacts: Scenario['contacts'] = times(4, timeOut).map((reply) => [reply, 10_000]);
		const sinceFirst = async (earlier?: Scenario['earlier']) => {
			const { ended, endedAt } = await play({ contacts, instead: repeat, earlier });
			const { triedAt = 0, sentAt } = ended as Failed;
			return triedAt - (sentAt?.processMs ?? 0) - endedAt;
		};
		expect(await sinceFirst()).toBe(0);
		expect(await sinceFirst({ agoMs: 30_000 })).toBe(30_000);
	});

	test.each([
		[10_000, 'end 0', { kind: 'done', attempts: 3 }],
		[21_000, '', { kind: 'failed', attempts: 2, fromEarlierTry: true }],
	])('also by a retry of the execution, %d ms later', async (agoMs, commands, expected) => {
		const forMs = { may: 'repeat', forMs: 20_000 } as const;
		const outcome = await play({ contacts: [done], instead: forMs, earlier: { agoMs } });
		expect(outcome).toMatchObject({ commands, ended: expected });
	});
});

test('a change that may only be told about is sent once, also over a retry of the execution', async () => {
	const tell = { may: 'tell' } as const;
	const { ended, commands } = await play({ contacts: [timeOut], instead: tell });
	expect(ended).toMatchObject({ kind: 'failed', mayBeDone: true, attempts: 1 });
	expect(commands).toBe('end 0');
	const retried = await play({ contacts: [], instead: tell, earlier: { agoMs: 10 } });
	expect(retried.ended).toEqual({ ...EARLIER, fromEarlierTry: true });
});

test('a change may look before its first try too: what it saw then tells what has changed', async () => {
	const look: Look = {
		...{ command: 'get_session_state', body: { ClientUserId: '0' }, asked: { to: 'bob' } },
		...{ looksBefore: true, notDone: 'It was not done.' },
		shows: (after, { before, to }) =>
			JSON.stringify([before, to]) === '[{"SessionId":"s-1","CurrentState":"Chatbot"},"bob"]' &&
			after.CurrentState === 'Agent'
				? { done: { moved: true } }
				: 'unknown',
	};
	const looks = [session('Chatbot'), session('Agent')];
	const { ended, commands } = await play({
		...{ contacts: [timeOut], looks, instead: { may: 'look', look } },
	});
	expect(commands).toBe('session 0, end 20, session 40');
	expect(ended).toMatchObject({ kind: 'done', shownBy: 'look', answer: { moved: true } });
});

test('a question that changes nothing is asked again whatever is unclear about it', async () => {
	const { ended, sent } = await play({ contacts: times(4, timeOut), instead: 'read' });
	expect(sent).toHaveLength(4);
	expect(ended).toMatchObject({
		...{ kind: 'failed', mayBeDone: false },
		finding: { message: 'The server did not answer in time.', retryLater: true },
	});
	const answered = await play({ contacts: [timeOut, noConnection, withAgent], instead: 'read' });
	expect(answered.ended).toMatchObject({ kind: 'done', answer: { CurrentState: 'Agent' } });
});

describe('a Desk that does nothing for over a minute', () => {
	const seldom = (reply: DeskReply) =>
		Array.from({ length: 5 }, (): Scenario => ({
			contacts: [[reply, 21_000]],
			instead: { may: 'tell' },
		}));

	test.each([timeOut, noConnection])(
		'ends the run: what is left is not sent (%j)',
		async (reply) => {
			const outcomes = await playRun(seldom(reply), { concurrency: 1, maxRetries: 0 });
			expect(outcomes.map(({ sent }) => sent.length)).toEqual([1, 1, 1, 0, 0]);
			expect(outcomes[4]?.result).toMatchObject({
				...{ outcome: 'failed', retryLater: true, attempts: 0, advice: expect.stringMatching(/./) },
				message: expect.stringMatching(
					/^Not sent, since Desk did nothing for over a minute: The s/,
				),
			});
		},
	);

	test.each([busy, answer(141015), done, answer(80003)])(
		'is none while it answers: %j',
		async (reply) => {
			const outcomes = await playRun(seldom(reply), { concurrency: 1 });
			expect(outcomes.map(({ sent }) => sent.length)).toEqual([1, 1, 1, 1, 1]);
		},
	);
});

describe('an unclear try of an earlier run of the execution', () => {
	const halfAMinuteAgo = { agoMs: 30_000 };
	const stays = { ...UNCLEAR, attempts: 2, message: EARLIER.finding.message };
	test.each<[string, Scenario, string, object]>([
		[
			'is looked for before anything is sent',
			{ contacts: [done], looks: [noSession], earlier: halfAMinuteAgo },
			'session 0, contact 20',
			{ outcome: 'contacted', attempts: 3 },
		],
		[
			'that was done is not done again',
			{ contacts: [], looks: [withAgent], earlier: halfAMinuteAgo },
			'session 0',
			{ outcome: 'contacted', attempts: 2 },
		],
		[
			'that asked for one agent is not taken for done where another one has the session',
			{
				...{ contacts: [], looks: [withAgent, withAgent] },
				earlier: { ...halfAMinuteAgo, agent: 'bob@example.com' },
			},
			'session 0',
			stays,
		],
		[
			'that was done is known whichever agent is asked for now',
			{
				...{ contacts: [], looks: [withAgent], agent: 'bob@example.com' },
				earlier: { ...halfAMinuteAgo, agent: null },
			},
			'session 0',
			{ outcome: 'contacted', attempts: 2 },
		],
		[
			'that ended a moment ago is not believed undone before 3.5 s have passed',
			{ contacts: [done], looks: [noSession, noSession], earlier: { agoMs: 1000 } },
			'session 0, session 2500, contact 2520',
			{ outcome: 'contacted' },
		],
		[
			'that cannot be cleared up stays as it was, and nothing is sent',
			{ contacts: [], looks: [timeOut], earlier: halfAMinuteAgo },
			'session 0',
			stays,
		],
		...[61_000, 3_600_000].map((agoMs): [string, Scenario, string, object] => [
			`${agoMs} ms ago is not believed undone any more: an agent may have closed the session since`,
			{ contacts: [], looks: [noSession], earlier: { agoMs } },
			'session 0',
			stays,
		]),
		[
			'an hour ago is believed done when the session says so',
			{ contacts: [], looks: [withAgent], earlier: { agoMs: 3_600_000 } },
			'session 0',
			{ outcome: 'contacted', attempts: 2 },
		],
		[
			'explains an "already with a live agent" of now',
			{ contacts: [alreadyWithAgent], looks: [noSession], earlier: halfAMinuteAgo },
			'session 0, contact 20',
			{ outcome: 'contacted', attempts: 3 },
		],
		[
			'that was done is told again, and nothing is sent',
			{
				contacts: [],
				earlier: {
					agoMs: 10,
					ended: { kind: 'done', answer: { MemberId: 'mei' }, shownBy: 'answer', attempts: 1 },
				},
			},
			'',
			{ outcome: 'contacted', assignedAgent: 'mei', attempts: 1 },
		],
	])('%s', async (_what, scenario, sent, expected) => {
		const { result, commands } = await play(scenario);
		expect(result).toMatchObject(expected);
		expect(commands).toBe(sent);
	});

	test.each([
		[withAgent, { outcome: 'contacted', attempts: 2 }],
		[noSession, { outcome: 'failed', attempts: 2 }],
		[timeOut, stays],
	])(
		'is looked for also by a run that was stopped, which sends nothing: %j',
		async (look, found) => {
			const begin: Settings['begin'] = ({ run }) => run.scheduler.halt();
			const scenario = { contacts: [], looks: [look], earlier: halfAMinuteAgo };
			const { result, commands } = await play(scenario, { begin });
			expect(result).toMatchObject(found);
			expect(commands).toBe('session 0');
		},
	);

	test('is not lost when the run is cancelled before', async () => {
		const begin: Settings['begin'] = ({ cancel }) => cancel();
		const { result, commands } = await play({ contacts: [], earlier: halfAMinuteAgo }, { begin });
		expect(result).toMatchObject(stays);
		expect(commands).toBe('');
	});
});

describe('a run that is stopped', () => {
	/** What is halted or cancelled, so many ms after the start. */
	const stopping =
		(how: 'halt' | 'cancel', ms: number): Settings['begin'] =>
		({ clock, run, cancel }) =>
			clock.at(clock.now() + ms, how === 'halt' ? run.scheduler.halt : cancel);

	test('before the turn of an item sends nothing for it, and says so', async () => {
		const begin: Settings['begin'] = ({ run }) => run.scheduler.halt();
		const { result } = await play({ contacts: [] }, { begin });
		expect(result).toMatchObject({ outcome: 'failed', attempts: 0, retryLater: true });
		expect(result.message).toBe('Nothing was sent, since the run stopped before this item.');
	});

	test.each(['halt', 'cancel'] as const)(
		'while an item waits to be sent again tells what is known so far (%s)',
		async (how) => {
			const { result, endedAt } = await play(
				{ contacts: [internalProblem] },
				{ random: 1, begin: stopping(how, 200) },
			);
			expect(result).toMatchObject({ outcome: 'failed', errorCode: 141002, attempts: 1 });
			expect(endedAt).toBeLessThanOrEqual(300);
		},
	);

	test.each([
		[withAgent, 'contacted'],
		[noSession, 'failed'],
		[timeOut, 'unconfirmed'],
	])('while an unclear contact waits for its session still reads it: %j', async (look, outcome) => {
		const { result, commands } = await play(
			{ contacts: [timeOut], looks: [noSession, look] },
			{ begin: stopping('halt', 1000) },
		);
		expect(result).toMatchObject({ outcome, attempts: 1 });
		expect(commands).toBe('contact 0, session 20, session 3520');
	});

	test('by a cancelled execution leaves it unclear, within 100 ms', async () => {
		const { result, endedAt } = await play(
			{ contacts: [timeOut], looks: [noSession] },
			{ begin: stopping('cancel', 1000) },
		);
		expect(result).toMatchObject({ ...UNCLEAR, attempts: 1 });
		expect(endedAt).toBeLessThanOrEqual(1100);
	});
});
