import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { OPERATIONS } from '../../../nodes/TencentDesk/operations/operations';
import { byId, type OnError } from '../desk';
import { retryTencentDesk, runTencentDesk, type DeskSetup } from './harness';
import { useStubDesk } from './stubDesk';

/*
 * Whatever an execution has changed is known to be done when n8n runs the node again: it is neither asked for again nor
 * told in another way. Only what was not done is sent. The order of requests about different items is left open.
 */
const stub = useStubDesk();

interface Change {
	name: string;
	fields: INodeParameters;
	/** The field of the request that tells the items apart. */
	key: string;
	/** What Desk says to the same request once more. */
	again: object | number;
	done: IDataObject;
}

const id = '={{ $json.id }}';
const CHANGES: Change[] = [
	{
		name: 'session.transfer',
		fields: { sessionId: id },
		key: 'SessionId',
		again: 141016,
		done: { agent: 'anna', isInQueue: false },
	},
	{
		name: 'session.end',
		fields: { sessionId: id },
		key: 'SessionId',
		again: 141005,
		done: { ended: true, wasAlreadyEnded: false },
	},
	{
		name: 'message.send',
		fields: { target: 'session', sessionId: id, text: 'Hello' },
		key: 'SessionId',
		again: 0,
		done: { sent: true },
	},
	{
		name: 'session.reassign',
		fields: { sessionId: id, agent: byId('anna') },
		key: 'SessionId',
		again: 141024,
		done: { reassigned: true },
	},
	{
		name: 'session.leaveQueue',
		fields: { sessionId: id },
		key: 'SessionID',
		again: 141027,
		done: { left: true },
	},
	{
		name: 'session.setMark',
		fields: { sessionId: id, updateFields: { mark: 'order 4711' } },
		key: 'SessionId',
		again: 0,
		done: { set: true },
	},
	{
		name: 'agent.setStatus',
		fields: { agent: byId(id), status: 'free' },
		key: 'MemberMail',
		again: 0,
		done: { set: true },
	},
];

interface Way {
	way: string;
	onError: OnError;
	/** Of Retry On Fail; 1 where that is off. */
	maxTries: number;
	/** How often Desk refuses the item `broken`. */
	fails: number;
	/** How often Retry is pressed. */
	presses?: number;
}

const stop = { onError: 'stopWorkflow' } as const;
const WAYS: Way[] = [
	{ way: 'the Retry button', ...stop, maxTries: 1, fails: 1, presses: 1 },
	{ way: 'the Retry button, pressed on the retry too', ...stop, maxTries: 1, fails: 2, presses: 2 },
	...[2, 3, 4, 5].map((maxTries) => ({
		...{ way: `Retry On Fail (${maxTries} tries)`, ...stop, maxTries },
		fails: maxTries - 1,
	})),
	{ way: 'Retry On Fail, then the Retry button', ...stop, maxTries: 2, fails: 3, presses: 1 },
	...(['continueRegularOutput', 'continueErrorOutput'] as const).flatMap((onError) => [
		{ way: 'Retry On Fail (2 tries)', onError, maxTries: 2, fails: 1 },
		{ way: 'Retry On Fail (5 tries)', onError, maxTries: 5, fails: 4 },
		{ way: 'Retry On Fail that does not help', onError, maxTries: 3, fails: 3 },
	]),
];

test('these are all that change something', () => {
	const changes = OPERATIONS.filter(({ work }) => work.kind === 'change');
	expect(CHANGES.map(({ name }) => name).sort()).toEqual(
		changes.map(({ resource, operation }) => `${resource}.${operation}`).sort(),
	);
});

describe.each(WAYS)('over $way, with On Error = $onError,', (way) => {
	const { onError, maxTries, fails, presses = 0 } = way;
	test.each(CHANGES)(
		'what $name has done is done once, and told as done',
		async ({ name, fields, key, again, done }) => {
			const sent: unknown[] = [];
			const timesSent = (item: string) => sent.filter((other) => other === item).length;
			stub().script = ({ command, body }) => {
				// Before it is handed over, the session is looked at.
				if (command === 'get_session_state') return { CurrentState: 'Chatbot' };
				const item = String(body[key]);
				sent.push(item);
				if (item === 'broken' && timesSent(item) <= fails) return 141012;
				const isFirst = timesSent(item) === (item === 'broken' ? fails + 1 : 1);
				return isFirst ? { AgentId: 'anna', IsInQueue: 0 } : again;
			};
			const [resource, operation] = name.split('.');
			// Retry On Fail comes back for an item that failed if it is the first one.
			const order =
				onError === 'stopWorkflow' ? ['first', 'broken', 'last'] : ['broken', 'first', 'last'];
			const setup: DeskSetup = {
				items: order.map((item) => ({ id: item })),
				parameters: { resource, operation, ...fields },
				node: { onError, retryOnFail: maxTries > 1, maxTries, waitBetweenTries: 1 },
				credential: stub().credential,
			};

			let ended = await runTencentDesk(setup);
			for (let press = 0; press < presses; press++) {
				expect(ended.run.status).toBe('error');
				ended = await retryTencentDesk(ended.run, setup);
			}

			const tries = maxTries * (presses + 1);
			const isMended = fails < tries;
			expect(['first', 'last', 'broken'].map(timesSent)).toEqual([
				1,
				1,
				Math.min(fails + 1, tries),
			]);
			expect(ended.run.status).toBe('success');
			const failed = [...ended.items, ...ended.errors].filter(({ json }) => json.error);
			expect(failed).toHaveLength(isMended ? 0 : 1);
			const told = ended.items.filter(({ json }) => !json.error).map(({ json }) => json);
			expect(told).toEqual(Array(isMended ? 3 : 2).fill(expect.objectContaining(done)));
		},
	);
});

test('a message that could be read only at the second try is not taken for another one to the same receiver', async () => {
	const readableFrom = Date.now() + 1000;
	const { items } = await runTencentDesk({
		items: [{ text: 'first' }, { text: 'second' }],
		parameters: {
			...{ resource: 'message', operation: 'send', target: 'session', sessionId: 's1' },
			text: `={{ $json.text === 'first' && $now.toMillis() < ${readableFrom} ? '' : $json.text }}`,
		},
		node: {
			...{ onError: 'continueRegularOutput' },
			...{ retryOnFail: true, maxTries: 2, waitBetweenTries: 1000 },
		},
		credential: stub().credential,
	});

	expect(items.map(({ json }) => json.sent)).toEqual([true, true]);
	const texts = stub().calls.map(({ body }) => JSON.stringify(body.MsgBody));
	expect(texts.map((text) => /first|second/.exec(text)?.[0])).toEqual(['second', 'first']);
});
