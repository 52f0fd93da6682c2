import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { OPERATIONS } from '../../../nodes/TencentDesk/operations/operations';
import { byId, ON_ERROR_MODES, type OnError } from '../desk';
import { retryTencentDesk, runTencentDesk, runWithoutOrigin, startTencentDesk } from './harness';
import { OK, useStubDesk } from './stubDesk';

const stub = useStubDesk();

/** The command of each operation that sends one, and fields with which it can be sent. */
const SENDS: Record<string, [command: string, fields?: INodeParameters]> = {
	'agent.getMany': ['get_member_list'],
	'agent.getStatus': ['describe_member_status_trace', { agent: byId('anna@example.com') }],
	'agent.setStatus': ['set_member_status', { agent: byId('anna@example.com'), status: 'free' }],
	'agentGroup.getMany': ['get_member_group_list'],
	'customerServiceAccount.getMany': ['get_im_agent_list'],
	'message.send': ['send_msg', { target: 'session', sessionId: 's-1', text: 'Hello' }],
	'reception.get': ['describe_reception_realtime_statistics'],
	'session.end': ['end_session', { sessionId: 's-1' }],
	'session.get': ['get_session_state', { target: 'session', sessionId: 's-1' }],
	'session.getMany': ['describe_im_cdr_list'],
	'session.getMark': ['get_session_mark', { sessionId: 's-1' }],
	'session.getMessages': ['describe_chat_messages', { sessionId: 's-1' }],
	'session.leaveQueue': ['end_queuing', { sessionId: 's-2' }],
	'session.reassign': ['transfer_session', { sessionId: 's-3', agent: byId('anna@example.com') }],
	'session.setMark': ['mark_session', { sessionId: 's-4', updateFields: { mark: 'order 4711' } }],
	'session.transfer': ['transfer_to_human', { sessionId: 's-1' }],
};

const NAMES = OPERATIONS.filter(({ work }) => work.kind !== 'local').map(
	({ resource, operation }) => `${resource}.${operation}`,
);
/** What is looked up below when its answer does not come; everything else is asked again. */
const LOOKED_UP = ['session.leaveQueue', 'session.reassign', 'session.transfer'];

function setup(
	name: string,
	onError: OnError,
	fields: INodeParameters = {},
	items?: IDataObject[],
) {
	const [resource, operation] = name.split('.');
	return {
		items: items ?? [{ n: 1 }],
		parameters: { resource, operation, ...SENDS[name][1], ...fields },
		node: { onError },
		credential: stub().credential,
	};
}

const only = (name: string) => (command: string) => command === SENDS[name][0];

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
			message: expect.stringMatching(
				/^((Session|Agent) \S+: )?Desk found a parameter that is not allowed\. \[item 1 of 1\]$/,
			),
			description: expect.stringMatching(
				/^Check the .+ Desk said: "text of 141004"\.( Done: 0 \w+\. Not done: 1 item\. .+)?$/,
			),
			httpCode: '141004',
		});
		// The editor would add it to the message, counted from 0.
		expect(stopped.error).not.toHaveProperty('context.itemIndex');
		expect(stopped.items).toEqual([]);

		const report = {
			advice: expect.stringMatching(/^Check the /),
			errorCode: 141004,
			errorInfo: 'text of 141004',
			retryLater: false,
			mayBeDone: false,
		};
		const message = 'Desk found a parameter that is not allowed.';
		expect(continued.items.map(({ json }) => json)).toMatchObject([{ error: message, ...report }]);
		expect(continued.linked).toEqual([{ n: 1 }]);
		expect(continued.errors).toEqual([]);

		expect(routed.items).toEqual([]);
		expect(routed.errors.map(({ json }) => json)).toMatchObject([
			{ n: 1, message, error: { message, ...report } },
		]);
		expect(routed.linkedErrors).toEqual([{ n: 1 }]);
		expect(continued.run.status).toBe('success');
		// No page of Tencent's says whether the first page of groups is 1 or 0.
		const own = stub().calls.filter(({ command }) => only(name)(command));
		expect(own).toHaveLength(name === 'agentGroup.getMany' ? 6 : 3);
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

describe.each(NAMES.filter((name) => !LOOKED_UP.includes(name)))('%s', (name) => {
	test('an answer that does not come is asked for again', async () => {
		const isIt = only(name);
		stub().script = ({ command, before }) => (isIt(command) && before === 0 ? 'cut' : {});
		const { items } = await runTencentDesk(setup(name, 'continueRegularOutput'));

		const tries = stub().calls.filter(({ command }) => isIt(command)).length;
		expect(tries).toBeGreaterThanOrEqual(2);
		expect(items.every(({ json }) => json.error === undefined)).toBe(true);
	});
});

// One that reads and one that changes: all go the same way.
describe.each(['agent.getMany', 'session.end'])('%s', (name) => {
	test.each([
		[70009, 'The secret key does not belong to this SDKAppID.'],
		[60010, 'The Administrator UserID is not an administrator of the application.'],
		[60017, 'Tencent has disabled this request for the application.'],
		[60027, 'Applications of this kind do not allow this request.'],
		[60028, 'The daily request volume of the trial edition is used up.'],
	])(
		'asks no more of an application that refuses everything (%d), and tells the other items why',
		async (code, error) => {
			stub().script = () => code;
			const { items } = await runTencentDesk(
				setup(name, 'continueRegularOutput', {}, Array(25).fill({ n: 1 })),
			);

			expect(stub().calls).toHaveLength(1);
			expect(items.map(({ json }) => [json.errorCode, json.mayBeDone])).toEqual(
				Array(25).fill([code, false]),
			);
			expect(items[0].json).toMatchObject({ error, advice: expect.stringMatching(/./) });
			expect(items[24].json.error).toBe(`Not sent, since Desk refused another item: ${error}`);
		},
	);

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
			/^Session s-1: The connection was closed before an answer came, so it is not known whether the message was sent\. The last attempt failed with: The session does not exist, or has ended\./,
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
		stub().script = ({ before }) => (before > 0 ? 141004 : 0);
		const first = await runTencentDesk(send('41'));
		const second = await retryTencentDesk(first.run, send('42'));
		stub().script = () => 0;
		const third = await retryTencentDesk(second.run, send('43'));

		expect(third.run.status).toBe('success');
		// The first one was sent and is not sent again; the second one is the same message each time.
		const [sent, ...refused] = randoms();
		expect(refused).toHaveLength(3);
		expect(new Set(refused).size).toBe(1);
		expect(refused[0]).not.toBe(sent);
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

	test.each<[string, INodeParameters]>([
		['session', { target: 'session', sessionId: '={{ $json.to }}' }],
		['user', { target: 'user', customerServiceAccount: byId('@desk'), userId: '={{ $json.to }}' }],
	])('waits for those before it to the same %s, and for no others', async (_what, fields) => {
		const sent: string[] = [];
		const [underWay, overlaps]: unknown[][] = [[], []];
		let most = 0;
		stub().script = ({ body }, response) => {
			const to = body.SessionId ?? body.ToAccount;
			if (underWay.includes(to)) overlaps.push(to);
			sent.push(JSON.stringify(body.MsgBody).replaceAll(/[^\d]/g, ''));
			most = Math.max(most, underWay.push(to));
			setTimeout(() => {
				underWay.splice(underWay.indexOf(to), 1);
				response.end(JSON.stringify(OK));
			}, 50);
		};
		const items = [1, 2, 3, 4, 5, 6].map((n) => ({ n, to: n % 2 === 0 ? 'even' : 'odd' }));
		const { items: told } = await runTencentDesk(
			setup('message.send', 'continueRegularOutput', { text: '={{ $json.n }}', ...fields }, items),
		);

		expect(told.map(({ json }) => json.sent)).toEqual(Array(6).fill(true));
		expect(sent.filter((n) => Number(n) % 2 === 0)).toEqual(['2', '4', '6']);
		expect(sent.filter((n) => Number(n) % 2 === 1)).toEqual(['1', '3', '5']);
		expect([overlaps, most]).toEqual([[], 2]);
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
			message: 'Session s-1: The user does not exist. [item 2 of 3]',
			description: expect.stringContaining(
				'Done: 1 session (s-1). Not done: 1 item. Not tried: 1 item.',
			),
		});
	});
});

let sessions = 0;
/** What is unclear about one is remembered for a minute, by whatever runs next in this process. */
const anotherSession = () => ({ sessionId: `in-doubt-${++sessions}` });

// What a session shows of each: test/unit/tencentDesk/operations/looks.test.ts.
describe('a change of a session in doubt', () => {
	const run = async (name: string, fields: INodeParameters = {}) => {
		const all = { ...anotherSession(), ...fields };
		const { items } = await runTencentDesk(setup(name, 'continueRegularOutput', all));
		return { json: items[0].json, sent: stub().calls.map(({ command }) => command) };
	};
	const LOOK = 'get_session_state';

	test.each([
		['session.transfer', 'Chatbot', [LOOK], { agent: 'anna' }],
		['session.leaveQueue', 'Queuing', [], { left: true }],
	])(
		'%s is sent again only when the session still shows %s after Desk has done with it',
		async (name, CurrentState, before, done) => {
			const started = Date.now();
			const times: number[] = [];
			const [command] = SENDS[name];
			stub().script = (call) => {
				times.push(Date.now() - started);
				if (call.command === LOOK) return { CurrentState };
				return call.before === 0 ? 70500 : { AgentId: 'anna', IsInQueue: 0 };
			};

			const { json, sent } = await run(name);
			expect(json).toMatchObject(done);
			expect(sent).toEqual([...before, command, LOOK, LOOK, command]);
			expect(times.at(-1)).toBeGreaterThanOrEqual(3500);
		},
	);

	const reassign = async (...agents: string[]) => {
		stub().script = ({ command, before }) =>
			command === LOOK ? { CurrentState: 'Agent', AgentId: agents[before] } : 'cut';
		return await run('session.reassign', { agent: byId('Ben@example.com') });
	};

	test('was done when the session shows it, and is not sent again', async () => {
		const { json, sent } = await reassign('anna@example.com', 'ben@example.com');
		expect(json).toMatchObject({ reassigned: true });
		expect(sent).toEqual([LOOK, 'transfer_session', LOOK]);
	});

	test.each(['session.reassign', 'session.transfer'])(
		'is not sent again by a retry when another execution has handed the session on since, by %s',
		async (other) => {
			const fields = { agent: byId('ben@example.com'), ...anotherSession() };
			const scene = setup('session.reassign', 'stopWorkflow', fields);
			stub().script = ({ command, before }) => {
				if (command !== LOOK)
					return before === 0 && command === 'transfer_session' ? 'cut' : { AgentId: 'ben' };
				return before === 1 || before === 2 ? 141002 : { CurrentState: 'Agent', AgentId: 'anna' };
			};
			const unclear = await runTencentDesk(scene);
			await runTencentDesk({ ...setup(other, 'stopWorkflow', fields), executionId: '2' });
			const { items } = await retryTencentDesk(unclear.run, { ...scene, executionId: '3' });

			expect(stub().calls.filter(({ command }) => command !== LOOK)).toHaveLength(2);
			expect(items).toMatchObject([{ json: { mayBeDone: true } }]);
		},
	);

	test('is not sent again when a retry of another execution finds that it had done its own before', async () => {
		const { sessionId } = anotherSession();
		const to = (agent: string, executionId: string) => ({
			...setup('session.reassign', 'stopWorkflow', { sessionId, agent: byId(agent) }),
			executionId,
		});
		let has = 'mia';
		let isBlind = false;
		const replies = ['cut', 'cut', 0] as const;
		stub().script = ({ command, body, before }) => {
			if (command === LOOK) return isBlind ? 141002 : { CurrentState: 'Agent', AgentId: has };
			has = String(body.MemberId);
			isBlind = replies[before] === 'cut';
			return replies[before] ?? 0;
		};
		const seeing = async <T>(step: () => Promise<T>) => {
			isBlind = false;
			return await step();
		};
		const toAnna = await seeing(async () => await runTencentDesk(to('anna', '1')));
		const toBen = await seeing(async () => await runTencentDesk(to('ben', '2')));
		await seeing(async () => await runTencentDesk(to('anna', '3')));
		const first = await seeing(async () => await retryTencentDesk(toAnna.run, to('anna', '4')));
		const second = await seeing(async () => await retryTencentDesk(toBen.run, to('ben', '5')));

		expect(first.items).toMatchObject([{ json: { reassigned: true } }]);
		expect(second.items).toMatchObject([{ json: { mayBeDone: true } }]);
		expect(has).toBe('anna');
	});

	test('is not known when the session shows something else, and is not sent again', async () => {
		const { json, sent } = await reassign('anna@example.com', 'fay@example.com');
		expect(json).toMatchObject({
			error: expect.stringContaining('not known whether the session was handed over'),
			mayBeDone: true,
		});
		expect(sent.filter((command) => command !== LOOK)).toEqual(['transfer_session']);
	});
});

test.each([
	['session.reassign', 141001, 'No agent could be assigned, since no agent is online.', true],
	['session.reassign', 141025, 'No agent could be assigned, since no agent is free.', true],
	['session.transfer', 141025, 'No agent could be assigned, since no agent is free.', true],
	['session.reassign', 141005, 'The session does not exist, or has ended.', false],
	['session.reassign', 141020, 'The agent group is not valid.', false],
	['session.reassign', 141024, 'The agent has this session already.', false],
	['session.reassign', 141026, 'The session cannot be handed over in its present state.', false],
	['session.leaveQueue', 141027, 'The session cannot leave the queue in its present state.', false],
	['session.leaveQueue', 141005, 'The session does not exist, or has ended.', false],
])('%s: %s is told in words, and whether to try later', async (name, code, error, retryLater) => {
	stub().script = () => code;
	const { items } = await runTencentDesk(setup(name, 'continueRegularOutput', anotherSession()));

	expect(items[0].json).toMatchObject({ error, errorCode: code, retryLater, mayBeDone: false });
	expect(items[0].json.advice).not.toBe('');
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

test.each(["$('Nowhere').item.json.id", "$node['Nowhere'].json.id"])(
	'an expression that fails is told for its item, with the cause: %s',
	async (expression) => {
		const { items } = await runTencentDesk(
			setup('session.end', 'continueRegularOutput', { sessionId: `={{ ${expression} }}` }),
		);

		expect(items[0].json.error).toMatch(/^Session ID could not be read from the item \(/);
		expect(items[0].json.advice).toMatch(
			/^Check the name of the node .+ no other node can be named\./,
		);
		expect(stub().calls).toEqual([]);
	},
);

test('a node without a credential says so', async () => {
	const { error } = await runTencentDesk({
		...setup('reception.get', 'stopWorkflow'),
		credential: null,
	});

	expect(error?.message).toMatch(/^The node has no Tencent Desk API credential/);
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
