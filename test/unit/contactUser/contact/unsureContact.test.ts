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
} from './replies';
import { commandsOf, contactTogether, contactWith } from './scriptedContact';

describe('a time-out is never resent before the session state was asked', () => {
	test('a session that shows a contact shows that it was done', async () => {
		const { result, sent } = await contactWith({
			contacts: [[timeOut, 10_000]],
			sessions: [withAgent],
		});
		expect(result).toMatchObject({
			outcome: 'contacted',
			errorCode: null,
			attempts: 1,
			assignedAgent: 'agent@example.com',
			session: { sessionId: 's-1', state: 'Agent', agent: 'agent@example.com' },
		});
		expect(commandsOf(sent)).toBe('contact 0, session 10000');
	});

	test('a session that shows none is believed only 3.5 s after the try ended: it is asked again then, and only then sent again', async () => {
		const { result, sent } = await contactWith({
			contacts: [[timeOut, 1000], done],
			sessions: [noSession, noSession],
		});
		expect(commandsOf(sent)).toBe('contact 0, session 1000, session 4500, contact 4520');
		expect(result).toMatchObject({ outcome: 'contacted', attempts: 2, errorCode: 0 });
	});

	test('a session with another agent than the one asked for does not show that it was done', async () => {
		const { result } = await contactWith({
			contacts: [timeOut],
			sessions: [withAgent, withAgent],
			agent: 'bob@example.com',
		});
		expect(result).toMatchObject({
			outcome: 'unconfirmed',
			attempts: 1,
			askedAgent: 'bob@example.com',
		});
	});

	test('a session with the agent asked for shows it, in whatever case the name is written', async () => {
		const { result } = await contactWith({
			contacts: [timeOut],
			sessions: [withAgent],
			agent: 'Agent@Example.com',
		});
		expect(result).toMatchObject({ outcome: 'contacted', assignedAgent: 'agent@example.com' });
	});

	test('a session that shows the contact only when asked the second time', async () => {
		const { result, sent } = await contactWith({
			contacts: [[timeOut, 1000]],
			sessions: [noSession, withAgent],
		});
		expect(result).toMatchObject({ outcome: 'contacted', attempts: 1 });
		expect(commandsOf(sent)).toBe('contact 0, session 1000, session 4500');
	});

	test('a session read that started too early does not count, however long it took', async () => {
		const { sent } = await contactWith({
			contacts: [[timeOut, 1000], done],
			sessions: [[noSession, 9000], noSession],
		});
		expect(commandsOf(sent)).toBe('contact 0, session 1000, session 10000, contact 10020');
	});

	test('trouble of the server is no different', async () => {
		const { sent } = await contactWith({
			contacts: [answer(60008), done],
			sessions: [noSession, noSession],
		});
		expect(commandsOf(sent)).toBe('contact 0, session 20, session 3520, contact 3540');
	});

	test.each([
		['a time-out', timeOut],
		['a refusal', answer(141004)],
		['a state that is not known', session('Ended')],
	])(
		'a session that cannot be read (%s) leaves it unconfirmed, and nothing is sent',
		async (_name, reply) => {
			const { result, sent } = await contactWith({
				contacts: [timeOut],
				sessions: [reply, reply],
			});
			expect(result).toMatchObject({
				outcome: 'unconfirmed',
				attempts: 1,
				errorCode: null,
				message: expect.stringContaining('not known'),
			});
			expect(sent.filter(({ command }) => command === 'contact')).toHaveLength(1);
		},
	);

	test('"no session" once and then nothing readable is not enough', async () => {
		const { result } = await contactWith({ contacts: [timeOut], sessions: [noSession, timeOut] });
		expect(result).toMatchObject({ outcome: 'unconfirmed', attempts: 1 });
	});

	test('nothing readable and then "no session" is enough', async () => {
		const { result } = await contactWith({
			contacts: [timeOut, done],
			sessions: [timeOut, noSession],
		});
		expect(result).toMatchObject({ outcome: 'contacted', attempts: 2 });
	});

	test('it is sent again no more often than the retries allow, and is then known to have failed', async () => {
		const { result, sent } = await contactWith({
			contacts: [timeOut, timeOut, timeOut],
			sessions: Array.from({ length: 6 }, () => noSession),
			settings: { maxRetries: 2 },
		});
		expect(result).toMatchObject({
			outcome: 'failed',
			attempts: 3,
			message: expect.stringContaining('no agent contacted the user'),
		});
		expect(sent.filter(({ command }) => command === 'contact')).toHaveLength(3);
	});

	test('without retries the session is asked all the same', async () => {
		const { result } = await contactWith({
			contacts: [timeOut],
			sessions: [withAgent],
			settings: { maxRetries: 0 },
		});
		expect(result).toMatchObject({ outcome: 'contacted', attempts: 1 });
	});

	test('a session read that meets the rate limit is asked again, within the retries', async () => {
		const { result, sent } = await contactWith({
			contacts: [timeOut],
			sessions: [tooMany(100), tooMany(200), withAgent],
			settings: { maxRetries: 2 },
		});
		expect(result).toMatchObject({ outcome: 'contacted' });
		expect(commandsOf(sent)).toBe('contact 0, session 20, session 140, session 360');
		const limited = await contactWith({
			contacts: [timeOut],
			sessions: Array.from({ length: 4 }, () => tooMany(100)),
			settings: { maxRetries: 1 },
		});
		expect(limited.result).toMatchObject({ outcome: 'unconfirmed' });
	});
});

test('a session read that meets the rate limit pauses every user of the run', async () => {
	const [, other] = await contactTogether([
		{ contacts: [[timeOut, 1000]], sessions: [tooMany(5000), withAgent] },
		{ contacts: [[internalProblem, 1000], done] },
	]);
	// The second user would be sent again half a second after the first try.
	expect(other.sent[1].startedAt).toBeGreaterThanOrEqual(6000);
});

describe('a session read that is refused', () => {
	/** One user whose session is asked for, and one who is sent again after that. */
	const withAnother = async (refusal: number) =>
		await contactTogether([
			{ contacts: [[timeOut, 1000]], sessions: [answer(refusal), answer(refusal)] },
			{ contacts: [[internalProblem, 500], done] },
		]);

	test('for a credential that cannot be right stops the application', async () => {
		const [asked, other] = await withAnother(70009);
		expect(asked.result).toMatchObject({ outcome: 'unconfirmed', attempts: 1 });
		expect(other.result).toMatchObject({ outcome: 'configurationError', errorCode: 70009 });
	});

	test.each([60010, 60017, 141014])(
		'for a missing right (%d) stops nobody, since contacting may be allowed all the same',
		async (code) => {
			const [asked, other] = await withAnother(code);
			expect(asked.result).toMatchObject({ outcome: 'unconfirmed', attempts: 1 });
			expect(other.result).toMatchObject({ outcome: 'contacted', attempts: 2 });
		},
	);
});

describe('"already with a live agent" (141016)', () => {
	test('after a try without an answer means that this try did it', async () => {
		const { result } = await contactWith({
			contacts: [timeOut, alreadyWithAgent],
			sessions: [noSession, noSession],
		});
		expect(result).toMatchObject({ outcome: 'contacted', attempts: 2, errorCode: null });
	});

	test('after a try that was surely not sent means what it says', async () => {
		const { result } = await contactWith({ contacts: [noConnection, alreadyWithAgent] });
		expect(result).toMatchObject({ outcome: 'userUnavailable', errorCode: 141016 });
	});

	test('is the only answer that an earlier try explains', async () => {
		const { result } = await contactWith({
			contacts: [timeOut, busy],
			sessions: [noSession, noSession],
		});
		expect(result).toMatchObject({ outcome: 'agentUnavailable', errorCode: 141012, attempts: 2 });
	});
});
