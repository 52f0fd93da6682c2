// The clock and the one call to Desk are replaced; everything between them is the node as it is.
let time = createVirtualClock();
let answerOf: (n: number) => Promise<DeskReply>;
let sent = 0;
jest.mock('../../../../nodes/shared/delivery/process', () => ({
	...jest.requireActual<object>('../../../../nodes/shared/delivery/process'),
	CLOCK: { now: () => time.now(), sleep: async (ms: number) => await time.sleep(ms) },
	callDeskAtPace: async () => await answerOf(sent++),
}));

import type { IExecuteFunctions, INode } from 'n8n-workflow';

import type { DeskReply } from '../../../../nodes/shared/desk/reply';
import { TencentDesk } from '../../../../nodes/TencentDesk/TencentDesk.node';
import { createVirtualClock } from '../../virtualClock';

const MINUTE_MS = 60_000;
const COUNT = 10_000;

const done: DeskReply = { kind: 'answer', errorCode: 0, errorInfo: '', body: { ErrorCode: 0 } };
const refusing = (errorCode: number): DeskReply => ({
	kind: 'answer',
	errorCode,
	errorInfo: '',
	body: { ErrorCode: errorCode },
});
const after = (ms: number, reply: DeskReply) => async () => {
	await time.sleep(ms);
	return reply;
};

/** Sends a message for each of so many items, under On Error = Continue. */
async function runFor(count: number, answer: typeof answerOf) {
	time = createVirtualClock(time.now());
	answerOf = answer;
	sent = 0;
	const parameters: Record<string, unknown> = {
		resource: 'message',
		operation: 'send',
		target: 'session',
		sessionId: 's-1',
		messageType: 'text',
		text: 'Hello',
		options: {},
	};
	const context = {
		getExecutionId: () => '1',
		getNode: () =>
			({
				name: 'Desk',
				type: 'tencentDesk',
				onError: 'continueRegularOutput',
				parameters,
			}) as unknown as INode,
		getInputData: () => Array.from({ length: count }, () => ({ json: {} })),
		continueOnFail: () => true,
		getNodeParameter: (name: string) => parameters[name] ?? '',
		getCredentials: async () => ({
			dataCenter: 'china',
			sdkAppId: 1_400_000_000,
			adminUserId: 'administrator',
			secretKey: 'key',
		}),
		getContext: () => ({}),
		getWorkflowDataProxy: () => ({ $runIndex: 0, $getPairedItem: () => null }),
		getInputSourceData: () => ({ previousNode: 'Start' }),
		getExecutionCancelSignal: () => undefined,
		getTimezone: () => 'UTC',
		logger: { error: (text: string) => expect(text).toBe('') },
	} as unknown as IExecuteFunctions;
	const startedAt = time.now();
	const [items] = await time.run(new TencentDesk().execute.call(context));
	return { reports: items.map(({ json }) => json), tookMs: time.now() - startedAt };
}

const NO_CONNECTION: DeskReply = { kind: 'notSent', reason: 'The server refused the connection' };
const NO_ANSWER: DeskReply = { kind: 'ambiguous', reason: 'The server did not answer in time' };

test.each<[string, () => Promise<DeskReply>]>([
	['nobody listens', after(1, NO_CONNECTION)],
	['no answer comes', after(10_500, NO_ANSWER)],
	['there is a limit that does not lift', after(20, refusing(60007))],
	['HTTP 429 is all that comes', after(20, { kind: 'tooManyRequests' })],
	['Desk has trouble with everything', after(20, refusing(91000))],
])('where %s, a run of 10,000 items ends within a few minutes', async (_what, answer) => {
	const { reports, tookMs } = await runFor(COUNT, answer);

	expect(tookMs).toBeGreaterThan(MINUTE_MS);
	expect(tookMs).toBeLessThan(4 * MINUTE_MS);
	expect(reports).toHaveLength(COUNT);
	expect(reports.at(-1)).toMatchObject({
		error: expect.stringMatching(/^Not sent, since Desk did nothing for over a minute: /),
		retryLater: true,
		mayBeDone: false,
	});
});

test('a run goes on while Desk answers now and then', async () => {
	const { reports } = await runFor(100, async (n) =>
		n % 40 === 39 ? done : await after(1, NO_CONNECTION)(),
	);

	expect(reports.filter(({ error }) => String(error).startsWith('Not sent'))).toEqual([]);
});

test('a run goes on through what Desk refuses item by item', async () => {
	const { reports } = await runFor(100, after(2000, refusing(141015)));

	expect(sent).toBe(100);
	expect(reports.at(-1)).toMatchObject({ errorCode: 141015 });
});
