import { runBefore, reportsOf, parameters, users, useSimulator, CONTACTED } from '../desk';
import { startContactUser } from '../harness';
import { within } from '../scene';
import { CONTACTED_ANSWER, sayJson, sayText, withServer, type Answer } from '../stubServer';

const simulator = useSimulator();

const dripping: Answer = (_request, response) => {
	response.writeHead(200, { 'content-type': 'application/json' }).write('{');
	const drip = setInterval(() => response.write(' '), 300);
	response.once('close', () => clearInterval(drip));
};

const switchingProtocols: Answer = (_request, response) =>
	void response.socket?.write(
		'HTTP/1.1 101 Switching Protocols\r\nUpgrade: desk\r\nConnection: Upgrade\r\n\r\n',
	);

const ANSWERS: Array<{ what: string; answer: Answer }> = [
	{ what: 'drips for ever', answer: dripping },
	{ what: 'switches to another protocol', answer: switchingProtocols },
	{
		what: 'says its code twice, once escaped',
		answer: sayText(String.raw`{"ErrorCode":70009,"ActionStatus":"OK","\u0045rrorCode":0}`),
	},
	{
		what: 'says its code twice, first escaped',
		answer: sayText(String.raw`{"\u0045rrorCode":70009,"ErrorCode":0,"ActionStatus":"OK"}`),
	},
	{
		what: 'says first FAIL, then OK',
		answer: sayText('{"ActionStatus":"FAIL","ErrorCode":0,"ErrorInfo":"","ActionStatus":"OK"}'),
	},
	{
		what: 'says first FAIL, then an escaped OK',
		answer: sayText(String.raw`{"ActionStatus":"FAIL","ErrorCode":0,"Action\u0053tatus":"OK"}`),
	},
	{
		what: 'has a code that only rounds to 0',
		answer: sayText('{"ErrorCode":1e-400,"ActionStatus":"OK"}'),
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
		ANSWERS,
		async ({ answer }) =>
			await withServer(answerAnn(answer), async (baseUrl) => {
				const { execution, finished } = startContactUser({
					items: users('ann', 'ben'),
					parameters: parameters({}, { timeout: 1000 }),
					node: { onError: 'continueErrorOutput' },
					credential: { ...simulator().credential, baseUrl },
				});
				const run = await within(12_000, finished);
				execution.cancel();
				return run;
			}),
	);

	test.each(ANSWERS)('$what leaves ann unconfirmed, and the run goes on to ben', (testCase) => {
		const run = runOf(testCase);

		expect(run?.run.status).toBe('success');
		expect(reportsOf(run?.outputs[CONTACTED] ?? [])).toMatchObject([{ userId: 'ben' }]);
		expect(reportsOf(run?.outputs.flat() ?? [])).toContainEqual(
			expect.objectContaining({ userId: 'ann', outcome: 'unconfirmed', attempts: 1 }),
		);
	});
});
