import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { OPERATIONS } from '../../../nodes/TencentDesk/operations/operations';
import { byId, ON_ERROR_MODES, type OnError } from '../desk';
import { retryTencentDesk, runTencentDesk, runWithoutOrigin, startTencentDesk } from './harness';
import { OK, useStubDesk } from './stubDesk';

const stub = useStubDesk();

/** Fields with which each operation can be sent. */
const FIELDS: Record<string, INodeParameters> = {
	'agent.getMany': {},
	'agent.getStatus': { agent: byId('anna@example.com') },
	'agent.setStatus': { agent: byId('anna@example.com'), status: 'free' },
	'agentGroup.getMany': {},
	'customerServiceAccount.getMany': {},
	'message.send': { target: 'session', sessionId: 's-1', text: 'Hello' },
	'reception.get': {},
	'session.end': { sessionId: 's-1' },
	'session.get': { target: 'session', sessionId: 's-1' },
	'session.getMany': {},
	'session.getMessages': { sessionId: 's-1' },
	'session.transfer': { sessionId: 's-1' },
};

/** All that ask Desk. */
const NAMES = OPERATIONS.filter(({ work }) => work.kind !== 'local').map(
	({ resource, operation }) => `${resource}.${operation}`,
);
const changes = (name: string) =>
	['agent.setStatus', 'message.send', 'session.end', 'session.transfer'].includes(name);

function setup(
	name: string,
	onError: OnError,
	fields: INodeParameters = {},
	items?: IDataObject[],
) {
	const [resource, operation] = name.split('.');
	return {
		items: items ?? [{ n: 1 }],
		parameters: { resource, operation, ...FIELDS[name], ...fields },
		node: { onError },
		credential: stub().credential,
	};
}

const only = (name: string) => (command: string) => command === COMMANDS[name];
const COMMANDS: Record<string, string> = {
	'agent.getMany': 'get_member_list',
	'agent.getStatus': 'describe_member_status_trace',
	'agent.setStatus': 'set_member_status',
	'agentGroup.getMany': 'get_member_group_list',
	'customerServiceAccount.getMany': 'get_im_agent_list',
	'message.send': 'send_msg',
	'reception.get': 'describe_reception_realtime_statistics',
	'session.end': 'end_session',
	'session.get': 'get_session_state',
	'session.getMany': 'describe_im_cdr_list',
	'session.getMessages': 'describe_chat_messages',
	'session.transfer': 'transfer_to_human',
};

describe.each(NAMES)('%s', (name) => {
	test('is refused in the words of its parameters or of Desk, in all On Error modes', async () => {
		stub().script = () => 141004;
		const runs = await Promise.all(
			ON_ERROR_MODES.map(async (mode) => await runTencentDesk(setup(name, mode))),
		);
		const [stopped, continued, routed] = runs;

		expect(stopped.run.status).toBe('error');
		expect(stopped.error).toMatchObject({
			name: 'NodeApiError',
			message: 'Desk found a parameter that is not allowed.',
			context: { itemIndex: 0 },
			description: expect.stringMatching(/^Check the .+ Desk said: text of 141004$/),
			httpCode: '141004',
		});
		expect(stopped.items).toEqual([]);

		const report = {
			advice: expect.stringMatching(/^Check the /),
			errorCode: 141004,
			errorInfo: 'text of 141004',
			retryLater: false,
			mayBeDone: false,
		};
		const message = 'Desk found a parameter that is not allowed.';
		expect(continued.items.map(({ json }) => json)).toEqual([{ error: message, ...report }]);
		expect(continued.linked).toEqual([{ n: 1 }]);
		expect(continued.errors).toEqual([]);

		expect(routed.items).toEqual([]);
		expect(routed.errors.map(({ json }) => json)).toEqual([
			{ n: 1, message, error: { message, ...report } },
		]);
		expect(routed.linkedErrors).toEqual([{ n: 1 }]);
		expect(continued.run.status).toBe('success');
		expect(stub().calls).toHaveLength(3);
	});

	test('a cancelled execution asks no more', async () => {
		const { execution, finished } = startTencentDesk(
			setup(name, 'stopWorkflow', { returnAll: true }, [{ n: 1 }, { n: 2 }]),
		);
		stub().script = (_call, response) => {
			execution.cancel();
			response.destroy();
		};
		const { run } = await finished;

		expect(stub().calls).toHaveLength(1);
		expect(run.status).toBe('canceled');
	});
});

// A transfer in doubt is told below.
describe.each(NAMES.filter((name) => name !== 'session.transfer'))('%s', (name) => {
	test('an answer that does not come is asked for again, or told as not known', async () => {
		const isIt = only(name);
		stub().script = ({ command, before }) => (isIt(command) && before === 0 ? 'cut' : {});
		const { items } = await runTencentDesk(setup(name, 'continueRegularOutput'));

		const tries = stub().calls.filter(({ command }) => isIt(command)).length;
		if (changes(name) && name !== 'message.send') {
			expect(tries).toBe(1);
			expect(items.map(({ json }) => json)).toMatchObject([
				{
					error: expect.stringMatching(/so it is not known whether the (session|status) was \w+/),
					advice: expect.stringMatching(/^Look in Desk whether/),
					mayBeDone: true,
					retryLater: false,
				},
			]);
		} else {
			expect(tries).toBeGreaterThanOrEqual(2);
			expect(items.every(({ json }) => json.error === undefined)).toBe(true);
		}
	});
});

// One that reads and one that changes: all go the same way.
describe.each(['agent.getMany', 'session.end'])('%s', (name) => {
	test('says what the gateway refused, and asks no more of an application that refuses everything', async () => {
		stub().script = () => 70009;
		const { items } = await runTencentDesk(
			setup(name, 'continueRegularOutput', {}, [{ n: 1 }, { n: 2 }, { n: 3 }]),
		);

		expect(stub().calls).toHaveLength(1);
		expect(items.map(({ json }) => [json.errorCode, json.mayBeDone])).toEqual(
			Array(3).fill([70009, false]),
		);
		expect(items[0].json).toMatchObject({
			error: 'The secret key does not belong to this SDKAppID.',
			advice: expect.stringContaining('secret key'),
		});
		expect(items[2].json.error).toMatch(/^Not sent, since Desk refused another item: /);
	});

	test('is tried again when it was surely not done', async () => {
		const isIt = only(name);
		stub().script = ({ command, before }) => (isIt(command) && before === 0 ? 60007 : {});
		const { items, errors } = await runTencentDesk(setup(name, 'continueErrorOutput'));

		const tries = stub().calls.filter(({ command }) => isIt(command));
		expect(tries.length).toBeGreaterThanOrEqual(2);
		expect(tries[1].body).toEqual(tries[0].body);
		expect(errors).toEqual([]);
		expect(items.every(({ json }) => json.error === undefined)).toBe(true);
	});
});

describe('a message', () => {
	const randoms = () => stub().calls.map(({ body }) => body.MsgRandom);

	test('is the same one when it is sent again in doubt', async () => {
		stub().script = ({ before }) => (before === 0 ? 'cut' : before === 1 ? 70500 : 0);
		const { items } = await runTencentDesk(setup('message.send', 'stopWorkflow'));

		expect(items).toMatchObject([{ json: { sent: true } }]);
		expect(randoms()).toHaveLength(3);
		expect(new Set(randoms()).size).toBe(1);
	});

	test('whose answer never comes may have been sent, and nobody says otherwise', async () => {
		stub().script = ({ before }) => (before === 0 ? 'cut' : 141005);
		const { error } = await runTencentDesk(setup('message.send', 'stopWorkflow'));

		expect(error?.message).toMatch(
			/^The connection was closed before an answer came, so it is not known whether the message was sent\. A later try ended so: The session does not exist, or has ended\./,
		);
	});

	test('is the same one for Retry On Fail, although its text holds the time', async () => {
		stub().script = ({ before }) => (before < 2 ? 141004 : 0);
		const { run } = await runTencentDesk({
			...setup('message.send', 'stopWorkflow', { text: '=It is {{ Date.now() }}' }),
			node: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 },
		});

		expect(run.status).toBe('success');
		expect(randoms()).toHaveLength(3);
		expect(new Set(randoms()).size).toBe(1);
	});

	test('is the same one for the Retry button, also when it is pressed on the retry', async () => {
		const items = [{ n: 1 }, { n: 2 }];
		const send = (executionId: string) => ({
			...setup('message.send', 'stopWorkflow', {}, items),
			executionId,
		});
		stub().script = ({ before }) => (before % 2 === 1 ? 141004 : 0);
		const first = await runTencentDesk(send('41'));
		const second = await retryTencentDesk(first.run, send('42'));
		stub().script = () => 0;
		const third = await retryTencentDesk(second.run, send('43'));

		expect(third.run.status).toBe('success');
		expect(randoms()).toHaveLength(6);
		expect(randoms().slice(2, 4)).toEqual(randoms().slice(0, 2));
		expect(randoms().slice(4, 6)).toEqual(randoms().slice(0, 2));
		expect(randoms()[0]).not.toBe(randoms()[1]);
	});

	test('of another execution, node or item is another one', async () => {
		await runTencentDesk({ ...setup('message.send', 'stopWorkflow'), executionId: '7' });
		await runTencentDesk({ ...setup('message.send', 'stopWorkflow'), executionId: '8' });
		await runTencentDesk({
			...setup('message.send', 'stopWorkflow', {}, [{}, {}]),
			executionId: '7',
			node: { id: 'another node' },
		});

		expect(new Set(randoms()).size).toBe(4);
		for (const random of randoms()) {
			expect(Number.isInteger(random) && Number(random) >= 0 && Number(random) < 2 ** 32).toBe(
				true,
			);
		}
	});

	test('that failed stops the ones behind it, and says which it was', async () => {
		stub().script = ({ body }) => (JSON.stringify(body).includes('n2') ? 90012 : 0);
		const { error, run } = await runTencentDesk(
			setup('message.send', 'stopWorkflow', { text: '=n{{ $json.n }}' }, [
				{ n: 1 },
				{ n: 2 },
				{ n: 3 },
			]),
		);

		expect(stub().calls).toHaveLength(2);
		expect(run.status).toBe('error');
		expect(error).toMatchObject({
			message: 'The receiving account does not exist.',
			context: { itemIndex: 1 },
		});
	});
});

describe('a transfer in doubt', () => {
	const transfer = async (fields: INodeParameters = {}) =>
		await runTencentDesk(setup('session.transfer', 'continueRegularOutput', fields));
	const sent = () => stub().calls.map(({ command }) => command);

	test.each([
		['Agent', { agent: 'anna', isInQueue: false }],
		['Waiting For Agent Answering', { agent: 'anna', isInQueue: false }],
		['Queuing', { agent: null, isInQueue: true }],
	])('was done when the session shows %s', async (CurrentState, result) => {
		stub().script = ({ command }) =>
			command === 'transfer_to_human'
				? 'cut'
				: { CurrentState, AgentId: CurrentState === 'Queuing' ? '' : 'anna' };
		const { items } = await transfer();

		expect(items.map(({ json }) => json)).toEqual([{ sessionId: 's-1', ...result }]);
		expect(sent()).toEqual(['transfer_to_human', 'get_session_state']);
	});

	test('is sent again only when the session still shows the chatbot after Desk has done with it', async () => {
		const started = Date.now();
		const times: number[] = [];
		stub().script = ({ command, before }) => {
			times.push(Date.now() - started);
			if (command === 'get_session_state') return { CurrentState: 'Chatbot' };
			return before === 0 ? 70500 : { AgentId: 'anna', IsInQueue: 0 };
		};
		const { items } = await transfer();

		expect(items.map(({ json }) => json)).toMatchObject([{ agent: 'anna' }]);
		expect(sent()).toEqual([
			'transfer_to_human',
			'get_session_state',
			'get_session_state',
			'transfer_to_human',
		]);
		expect(times[3]).toBeGreaterThanOrEqual(3500);
	});

	test('is not known when the session is with an agent who was not asked for', async () => {
		stub().script = ({ command }) =>
			command === 'transfer_to_human'
				? 'cut'
				: { CurrentState: 'Agent', AgentId: 'anna@example.com' };
		const toOthers = await transfer({ agent: 'bob@example.com, cleo@example.com' });
		const toHer = await transfer({ agent: 'bob@example.com, Anna@example.com' });

		expect(toOthers.items[0].json).toMatchObject({ mayBeDone: true });
		expect(toHer.items[0].json).toMatchObject({ agent: 'anna@example.com' });
	});

	test('is not known when the session cannot tell', async () => {
		stub().script = ({ command }) =>
			command === 'transfer_to_human' ? 'cut' : { CurrentState: 'Not in session' };
		const { items } = await transfer();

		expect(sent().filter((command) => command === 'transfer_to_human')).toHaveLength(1);
		expect(items[0].json).toMatchObject({
			error: expect.stringContaining('not known whether the session was handed over'),
			mayBeDone: true,
		});
	});
});

test('what cannot be right about an item is told before anything is sent', async () => {
	const { items } = await runTencentDesk(
		setup('message.send', 'continueRegularOutput', { text: '={{ $json.text }}' }, [
			{ text: '  ' },
			{ text: 'Hello' },
			{ text: { a: 1 } },
		]),
	);

	expect(items.map(({ json }) => json.error ?? json.sent)).toEqual([
		'Text is empty, so nothing was sent.',
		true,
		'Text is neither a text nor a number, so nothing was sent.',
	]);
	expect(stub().calls).toHaveLength(1);
});

test('a failure arrives at the Error output although n8n cannot tell where its item comes from', async () => {
	stub().script = ({ body }) => (body.SessionId === 's-2' ? 141010 : 0);
	const { items, errors } = await runWithoutOrigin(
		setup('session.end', 'continueErrorOutput', { sessionId: '={{ $json.id }}' }, [
			{ id: 's-1' },
			{ id: 's-2' },
		]),
	);

	expect(items).toMatchObject([{ json: { sessionId: 's-1', ended: true } }]);
	expect(errors).toMatchObject([{ json: { message: 'The agent account does not exist.' } }]);
});

test('an expression that fails is told for its item', async () => {
	const { items } = await runTencentDesk(
		setup('session.end', 'continueRegularOutput', {
			sessionId: "={{ $('Nowhere').item.json.id }}",
		}),
	);

	expect(items[0].json.error).toMatch(/^Session ID could not be read from the item \(/);
	expect(stub().calls).toEqual([]);
});

test('a node without a credential says so', async () => {
	const { error } = await runTencentDesk({
		...setup('reception.get', 'stopWorkflow'),
		credential: null,
	});

	expect(error?.message).toMatch(/credential could not be read/);
});

/** A signature in an address has its asterisks escaped. */
const unescaped = (text: string) => text.replaceAll('%2A', '*');

test('nothing secret is in what an execution stores, whatever Desk echoes', async () => {
	stub().script = (_call, response) => {
		const { url } = response.req;
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(
			JSON.stringify({
				...OK,
				Echo: url,
				CurrentState: url,
				SessionId: url,
				Messages: [{ a: url }],
			}),
		);
	};
	for (const name of NAMES) {
		const { run, userSigs } = await runTencentDesk(
			setup(name, 'continueErrorOutput', { options: { raw: true } }),
		);
		const stored = unescaped(JSON.stringify(run));
		expect(userSigs).toHaveLength(1);
		expect(stored).not.toContain(userSigs[0]);
		expect(stored).not.toContain('a-key-for-tests-only');
	}
});

test('nothing secret is in what an execution stores of a refusal that echoes the request', async () => {
	stub().script = ({ body }, response) => {
		response.writeHead(200, { 'content-type': 'application/json' });
		const ErrorInfo = `${response.req.url} ${JSON.stringify(body)}`;
		response.end(JSON.stringify({ ActionStatus: 'FAIL', ErrorCode: 141004, ErrorInfo }));
	};
	for (const mode of ON_ERROR_MODES) {
		const { run, userSigs, thrown } = await runTencentDesk(setup('session.end', mode));
		const stored = unescaped(JSON.stringify([run, thrown, thrown.map(String)]));
		expect(userSigs).toHaveLength(1);
		expect(stored).not.toContain(userSigs[0]);
	}
});
