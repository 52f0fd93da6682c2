import type { FaultName } from '../../../simulator/contract';
import {
	CONTACTED,
	ERROR,
	hideSession,
	newSdkAppId,
	OTHER_OUTCOME,
	parameters,
	reportsOf,
	runBefore,
	useSimulator,
	users,
	usersOf,
} from '../desk';
import { runContactUser, startContactUser } from '../harness';
import { within } from '../scene';
import { CONTACTED_ANSWER, sayJson, sayText, withServer, type Answer } from '../stubServer';

const simulator = useSimulator();

/** Answers that are no verdict of Desk. `failed`: surely not done; `unconfirmed`: nobody knows. */
const FAULTS: Array<[outcome: 'failed' | 'unconfirmed', faults: FaultName[]]> = [
	['unconfirmed', ['html', 'empty', 'codeMissing', 'statusMissing', 'contradiction']],
	['unconfirmed', ['duplicateKeys', 'hang', 'reset', 'halfBody', 'stalledBody']],
	['unconfirmed', ['http500', 'http502', 'http503', 'http504']],
	['failed', ['http302', 'http401', 'http403', 'http429']],
];

test('a web page, an empty body, a redirect, a time-out ... is never counted as contacted, be the contact made or not', async () => {
	const cases = FAULTS.flatMap(([outcome, faults]) =>
		faults.flatMap((fault) =>
			[true, false].map((commit) => ({ userId: `${fault}.${commit}`, fault, commit, outcome })),
		),
	);
	for (const { userId, fault, commit } of cases) simulator().plan(userId, { fault, commit });
	hideSession(simulator(), ...cases.map(({ userId }) => userId));

	const { run, outputs } = await runContactUser({
		items: users('first', ...cases.map(({ userId }) => userId), 'last'),
		parameters: parameters({}, { timeout: 1500 }),
		node: { onError: 'continueErrorOutput' },
		credential: simulator().credential,
	});

	expect(run.status).toBe('success');
	expect(usersOf(outputs[CONTACTED])).toEqual(['first', 'last']);
	expect(reportsOf(outputs[ERROR])).toMatchObject(
		cases.map(({ userId, outcome }) => ({
			userId,
			outcome,
			errorCode: null,
			attempts: 1,
			message: expect.stringMatching(/\S/),
			advice: expect.stringMatching(/\S/),
		})),
	);
});

test.each(['http401', 'http403', 'http302'] as const)(
	'%s is sent once and not again, and no redirect is followed',
	async (fault) => {
		simulator().plan('mia', { fault });

		await runContactUser({
			items: users('mia'),
			parameters: parameters({}, { maxRetries: 3 }),
			node: { onError: 'continueRegularOutput' },
			credential: simulator().credential,
		});

		expect(simulator().requests.map(({ command }) => command)).toEqual(['contact_user']);
	},
);

test('a server that nobody listens on is a failed contact, not a configuration error', async () => {
	const { outputs } = await runContactUser({
		items: users('mia', 'noa'),
		parameters: parameters(),
		node: { onError: 'continueRegularOutput' },
		credential: { ...simulator().credential, baseUrl: 'http://127.0.0.1:9' },
	});

	expect(reportsOf(outputs[OTHER_OUTCOME])).toMatchObject([
		{ userId: 'mia', outcome: 'failed', retryLater: true, errorCode: null },
		{ userId: 'noa', outcome: 'failed', retryLater: true, errorCode: null },
	]);
});

test('an odd but valid answer is read as what it says', async () => {
	const odd = ['gzip', 'wrongType', 'codeAsString', 'big'] as const;
	for (const fault of odd) simulator().plan(fault, { fault });

	const { outputs } = await runContactUser({
		items: users(...odd),
		parameters: parameters(),
		credential: simulator().credential,
	});

	expect(usersOf(outputs[CONTACTED])).toEqual(odd);
	expect(simulator().ledger).toHaveLength(4);
});

const dripping: Answer = (_request, response) => {
	response.writeHead(200, { 'content-type': 'application/json' }).write('{');
	const drip = setInterval(() => response.write(' '), 300);
	response.once('close', () => clearInterval(drip));
};

const switchingProtocols: Answer = (_request, response) =>
	void response.socket?.write(
		'HTTP/1.1 101 Switching Protocols\r\nUpgrade: desk\r\nConnection: Upgrade\r\n\r\n',
	);

const UNANSWERED: Array<{ what: string; answer: Answer }> = [
	{ what: 'drips for ever', answer: dripping },
	{ what: 'switches to another protocol', answer: switchingProtocols },
	{
		// Parsed by n8n, nobody would see that there were two.
		what: 'says its code twice, once escaped',
		answer: sayText(String.raw`{"ErrorCode":70009,"ActionStatus":"OK","\u0045rrorCode":0}`),
	},
];

/** The first request of a run goes alone, so a run that waits for the answer to ann never comes to ben. */
const answerAnn =
	(answer: Answer): Answer =>
	(request, response) => {
		if (request.userId !== 'ann') return sayJson(CONTACTED_ANSWER)(request, response);
		const reply = request.command === 'contact_user' ? answer : sayText('<html>');
		return reply(request, response);
	};

describe('an answer to ann that', () => {
	const runOf = runBefore(
		UNANSWERED,
		async ({ answer }) =>
			await withServer(answerAnn(answer), async (baseUrl) => {
				const { execution, finished } = startContactUser({
					items: users('ann', 'ben'),
					parameters: parameters({}, { timeout: 1000 }),
					node: { onError: 'continueErrorOutput' },
					credential: { ...simulator().credential, baseUrl, sdkAppId: String(newSdkAppId()) },
				});
				const run = await within(12_000, finished);
				execution.cancel();
				return run;
			}),
	);

	test.each(UNANSWERED)('$what leaves ann unconfirmed, and the run goes on to ben', (testCase) => {
		const run = runOf(testCase);

		expect(run?.run.status).toBe('success');
		expect(reportsOf(run?.outputs[CONTACTED] ?? [])).toMatchObject([{ userId: 'ben' }]);
		expect(reportsOf(run?.outputs.flat() ?? [])).toContainEqual(
			expect.objectContaining({ userId: 'ann', outcome: 'unconfirmed', attempts: 1 }),
		);
	});
});
