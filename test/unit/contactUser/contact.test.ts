import fc from 'fast-check';

import {
	contactCommand,
	readContactRequest,
	sessionQuestion,
} from '../../../nodes/ContactUser/contact';
import type { ParameterReading } from '../../../nodes/shared/n8n/parameters';
import { anyText } from '../anyText';
import { REQUEST } from './contacts';

const GOOD = {
	userId: 'user-1',
	customerServiceAccount: '@account',
	agentGroup: '' as unknown,
	agent: '' as unknown,
};
const NOBODY_IN_PARTICULAR = { ...GOOD, agentGroup: null, agent: null };

/** Parameters as n8n gave them, good where nothing else is said. */
function read(fields: Partial<Record<keyof typeof GOOD, unknown>>) {
	const { userId, customerServiceAccount, agentGroup, agent } = { ...GOOD, ...fields };
	return readContactRequest({
		userId: { value: userId },
		customerServiceAccount: { value: customerServiceAccount },
		agentGroup: { value: agentGroup },
		agent: { value: agent },
	});
}
/** What would be sent, or what is wrong. */
function sent(fields: Parameters<typeof read>[0]) {
	const { request, problem } = read(fields);
	return problem?.message ?? request;
}
/** What a report says of a contact that cannot be right. */
function echo(fields: Parameters<typeof read>[0]) {
	const { request, problem } = read(fields);
	expect(problem).toBeDefined();
	return request;
}

const TWO_MEGABYTES = 'x'.repeat(2 * 1024 * 1024);
const SIGNS = 'has characters other than letters, digits and signs without accents';

describe('what may be sent', () => {
	test.each<[object, object]>([
		[{}, {}],
		[
			{ agentGroup: '1001', agent: 'agent@example.com' },
			{ agentGroup: 1001, agent: 'agent@example.com' },
		],
		...[
			[7, '7'],
			[0, '0'],
			[13800138000, '13800138000'],
			[Number.MAX_SAFE_INTEGER, '9007199254740991'],
			[1.5, '1.5'],
			['user 1', 'user 1'],
			['a'.repeat(32), 'a'.repeat(32)],
			['!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'],
			[`${'\u200b'.repeat(200_000)}b`, 'b'],
		].map(([userId, text]): [object, object] => [{ userId }, { userId: text }]),
		[
			{
				userId: ' user-1\n',
				customerServiceAccount: '\t@account\u00a0',
				agentGroup: ' 1001 ',
				agent: ' a@example.com ',
			},
			{ agentGroup: 1001, agent: 'a@example.com' },
		],
		...[
			['1', 1],
			[1, 1],
			['0012', 12],
			['9007199254740991', Number.MAX_SAFE_INTEGER],
		].map(([agentGroup, number]): [object, object] => [{ agentGroup }, { agentGroup: number }]),
		...['', '  ', null, undefined].map((empty): [object, object] => [
			{ agentGroup: empty, agent: empty },
			{},
		]),
		[{ agent: `${'a'.repeat(242)}@example.com` }, { agent: `${'a'.repeat(242)}@example.com` }],
		...['none', 'nil', 'any', 'anyone', 'n/a'].map((word): [object, object] => [
			{ userId: word, agent: `${word}@example.com` },
			{ userId: word, agent: `${word}@example.com` },
		]),
	])('%#', (fields, expected) => {
		expect(sent(fields)).toEqual({ ...NOBODY_IN_PARTICULAR, ...expected });
	});
});

const UNSEEN = [
	...['\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\ufeff', '\u2060', '\u00a0', '\u3000'],
	...['\u202a', '\u202e', '\u2066', '\u2069', '\u00ad', '\u2028', '\u2800', '\u3164', '\u{e0020}'],
];
test.each(UNSEEN.map((unseen) => [unseen.codePointAt(0)?.toString(16).toUpperCase(), unseen]))(
	'U+%s is dropped at the ends and named inside',
	(number, unseen) => {
		const around = `${unseen}\t${unseen}7${unseen} ${unseen}`;
		expect(
			sent({ userId: around, customerServiceAccount: around, agentGroup: around, agent: around }),
		).toEqual({ userId: '7', customerServiceAccount: '7', agentGroup: 7, agent: '7' });
		expect(sent({ userId: `crm${unseen}1` })).toBe(
			`User ID ${SIGNS}: U+${number?.padStart(4, '0')}, which cannot be seen, so nothing was sent.`,
		);
	},
);

const NO_NAMES = [
	'undefined',
	'null',
	'NULL',
	'NaN',
	'nan',
	'[object Object]',
	' [object Object] ',
];

describe('what cannot be right is refused, with the name of the parameter', () => {
	test.each<[Parameters<typeof read>[0], string]>([
		...['', ' \t\n', null, undefined, '\u200b'].map((userId): [object, string] => [
			{ userId },
			'User ID is empty',
		]),
		...[{ id: 'a' }, ['a'], true, 2n].map((userId): [object, string] => [
			{ userId },
			'User ID is neither a text nor a number',
		]),
		...['a'.repeat(33), '用'.repeat(11), TWO_MEGABYTES, `a${'\u200b'.repeat(2_000_000)}b`].map(
			(userId): [object, string] => [{ userId }, 'User ID is longer than 32 bytes'],
		),
		[{ userId: 'a\u0000b' }, `User ID ${SIGNS}: U+0000, which cannot be seen`],
		[{ userId: 'a\nb' }, `User ID ${SIGNS}: U+000A, which cannot be seen`],
		[{ userId: 'a🙂' }, `User ID ${SIGNS}`],
		[{ userId: '\ud83d' }, `User ID ${SIGNS}: U+D83D, which cannot be seen`],
		[{ userId: 2 ** 53 }, 'User ID is a number too large to be exact'],
		[{ userId: Infinity }, 'User ID is a number too large to be exact'],
		[{ customerServiceAccount: ' ' }, 'Customer Service Account is empty'],
		[{ customerServiceAccount: undefined }, 'Customer Service Account is empty'],
		[
			{ customerServiceAccount: 'a'.repeat(33) },
			'Customer Service Account is longer than 32 bytes',
		],
		[{ agentGroup: {} }, 'Agent Group is neither a text nor a number'],
		[{ agentGroup: TWO_MEGABYTES }, 'Agent Group is longer than 254 bytes'],
		...[0, '0', '000', -1, '-1', 1.5, '1.5', '1,5', 'abc', '1001a', '0x10', '1e3', '+5', '1 001']
			.concat('9007199254740992', '99999999999999999999')
			.map((agentGroup): [object, string] => [
				{ agentGroup },
				'Agent Group is not a positive whole number',
			]),
		...[true, [1001]].map((agentGroup): [object, string] => [
			{ agentGroup },
			'Agent Group is neither a text nor a number',
		]),
		[{ agent: 'a'.repeat(255) }, 'Agent is longer than 254 bytes'],
		[{ agent: '🙂' }, `Agent ${SIGNS}`],
		[{ agent: {} }, 'Agent is neither a text nor a number'],
		...[' None ', 'nil', 'any', 'anyone', 'n/a'].map((agent): [object, string] => [
			{ agent },
			`Agent is "${agent.trim()}", which names nobody`,
		]),
		...NO_NAMES.flatMap((word): Array<[object, string]> => {
			const fault = `is "${word.trim()}", which names nobody`;
			return [
				[{ userId: word }, `User ID ${fault}`],
				[{ customerServiceAccount: word }, `Customer Service Account ${fault}`],
				[{ agent: word }, `Agent ${fault}`],
			];
		}),
		[{ userId: '[object Object]-1' }, 'User ID holds "[object Object]", which names nobody'],
		// Of several, the first in the order of the editor.
		[{ userId: '', agentGroup: 'abc' }, 'User ID is empty'],
		[{ agentGroup: 'abc', agent: '🙂' }, 'Agent Group is not a positive whole number'],
	])('%#', (fields, words) => {
		expect(sent(fields)).toBe(`${words}, so nothing was sent.`);
	});

	test('is advised on by its usual cause', () => {
		const adviceOf = (fields: object) => read(fields).problem?.advice;
		expect(adviceOf({ userId: '' })).toMatch(/name of the field .* no field of that name/);
		expect(adviceOf({ userId: 'null' })).toMatch(
			/expression: it returns a whole object, or names a field/,
		);
		expect(adviceOf({ customerServiceAccount: '' })).toMatch(
			/^Choose the customer service account/,
		);
		expect(sent({ userId: 'null-1' })).toMatchObject({ userId: 'null-1' });
	});

	test('so is what n8n itself could not read, with its reason cut short', () => {
		const good = { value: '1' };
		const readWith = (unreadable: string) =>
			readContactRequest({
				...{ userId: { unreadable }, customerServiceAccount: good, agentGroup: good, agent: good },
			});
		expect(readWith('invalid syntax').problem?.advice).toMatch(/^Enter the UserID of a user/);
		const { request, problem } = readWith(`Referenced node doesn't exist ${'x'.repeat(5000)}`);
		expect(problem?.advice).toMatch(
			/^Check the name of the node .+ n8n's own Agents, no other node can be named\. .+ Require approval\.$/,
		);
		expect(problem?.message).toMatch(
			/^User ID could not be read from the item \(Referenced node doesn't exist x+\), so nothing was sent\.$/,
		);
		expect(problem?.message.length).toBeLessThan(300);
		expect(request.userId).toBe('');
	});
});

describe('a refusal still tells which user was meant', () => {
	test('by all that could be read, and by nothing where nothing came', () => {
		expect(echo({ agentGroup: 'abc', agent: 'agent@example.com' })).toEqual({
			...{ ...NOBODY_IN_PARTICULAR, agent: 'agent@example.com' },
		});
		expect(echo({ userId: undefined, agent: null })).toMatchObject({ userId: '', agent: null });
	});

	test.each<[unknown, string]>([
		[TWO_MEGABYTES, 'x'.repeat(64)],
		['🙂'.repeat(100), '🙂'.repeat(64)],
		['a\u0000b\nc', 'a(U+0000)b(U+000A)c'],
		['crm\u200b1 \u202e2', 'crm(U+200B)1 (U+202E)2'],
		[{ id: 'a' }, '{"id":"a"}'],
		[['x'], '["x"]'],
		[true, 'true'],
		[false, 'false'],
		// As JavaScript has it: the last digits were lost on the way here.
		[Number('7615917337495251231'), '7615917337495251000'],
		[2n, '2'],
		[NaN, 'NaN'],
		[{ text: 'x'.repeat(100) }, `{"text":"${'x'.repeat(55)}`],
		[{ toJSON: () => JSON.parse('{') as string }, 'object'],
	])('%#: in no more than 64 characters, all of which can be seen', (value, expected) => {
		expect(echo({ userId: value }).userId).toBe(expected);
		expect(echo({ userId: '', customerServiceAccount: value }).customerServiceAccount).toBe(
			expected,
		);
		expect(echo({ userId: '', agent: value }).agent).toBe(expected);
	});

	test('cut in its middle where blanks were many', () => {
		expect(echo({ userId: '\u200b'.repeat(100) + 'a'.repeat(33) }).userId).toHaveLength(64);
	});
});

test('anything at all is a request within the limits or a refusal that names a parameter', () => {
	const plausible = fc.oneof(fc.string({ minLength: 1, maxLength: 30 }), fc.integer());
	const anything = fc.oneof(fc.anything(), anyText(300), fc.double(), fc.bigInt(), fc.date());
	const value = fc.oneof(
		{ weight: 4, arbitrary: plausible },
		{ weight: 1, arbitrary: fc.constant('') },
		{ weight: 2, arbitrary: anything },
	);
	const reading: fc.Arbitrary<ParameterReading> = fc.oneof(
		{ weight: 9, arbitrary: fc.record({ value }) },
		{ weight: 1, arbitrary: fc.record({ unreadable: fc.string() }) },
	);
	const parameters = fc.record({
		...{ userId: reading, customerServiceAccount: reading, agentGroup: reading, agent: reading },
	});
	let [requests, refusals] = [0, 0];
	fc.assert(
		fc.property(parameters, (given) => {
			const { request, problem } = readContactRequest(given);
			if (problem === undefined) {
				requests++;
				expect(request.userId).toMatch(/^[\x20-\x7e]{1,32}$/);
				expect(request.customerServiceAccount).toMatch(/^[\x20-\x7e]{1,32}$/);
				expect(request.agent ?? 'a').toMatch(/^[\x20-\x7e]{1,254}$/);
				const group = request.agentGroup ?? 1;
				expect(Number.isSafeInteger(group) && group > 0).toBe(true);
				return;
			}
			refusals++;
			expect(problem.message).toMatch(
				/^(User ID|Customer Service Account|Agent Group|Agent) (is|has|holds|could not be read).*, so nothing was sent\.$/s,
			);
			expect(problem.message.length).toBeLessThan(300);
			expect(problem.advice).toMatch(/\.$/);
			expect(Array.from(request.userId).length).toBeLessThanOrEqual(64);
			expect(Array.from(request.customerServiceAccount).length).toBeLessThanOrEqual(64);
			expect(request.userId).not.toMatch(/\p{Cc}/u);
		}),
		{ numRuns: 1000 },
	);
	expect(Math.min(requests, refusals)).toBeGreaterThan(20);
});

describe('the command of a contact', () => {
	const table = { IMAgentUserId: '@account', ClientUserId: 'user-1' };
	const sample = { IMAgentUserID: '@account', ClientUserID: 'user-1' };
	const anybody = { ...REQUEST, agentGroup: null, agent: null };

	test.each([
		['both', { ...sample, ...table }],
		['sample', sample],
		['table', table],
	] as const)('has the spelling of Tencent that was asked for: %s', (names, body) => {
		expect(contactCommand(anybody, names).body).toEqual(body);
		const asked = { ...body, GroupId: 1001, MemberId: 'agent@example.com' };
		expect(contactCommand(REQUEST, names).body).toEqual(asked);
	});

	test('keeps the order of the user, and is the same contact by another group and agent', () => {
		const { key, identity } = contactCommand(REQUEST, 'both');
		expect(contactCommand(anybody, 'table')).toMatchObject({ key, identity });
		const other = contactCommand({ ...REQUEST, customerServiceAccount: '@other' }, 'both');
		expect(other.key).toEqual(key);
		expect(other.identity).not.toEqual(identity);
	});

	test('asks for the session of the user and the account', () => {
		const body = { ClientUserId: 'user-1', CustomerServiceId: '@account' };
		expect(sessionQuestion(REQUEST)).toMatchObject({ command: 'get_session_state', body });
	});

	test.each([
		...['Agent', 'WaitingForAgentAnswering', 'Queueing', 'queuing'].map((state) => [state, 'done']),
		...['NotInSession', 'Not in session', 'Chatbot'].map((state) => [state, 'notDone']),
		...['Agents', 'Ended', '', undefined, null, 4, ['Agent']].map((state) => [state, 'unknown']),
	])('is shown by the session state %p as %s', (CurrentState, seen) => {
		const { whenUnclear } = contactCommand(REQUEST, 'both');
		const shows = whenUnclear.may === 'look' ? whenUnclear.look.shows : undefined;
		const of = { CurrentState };
		expect(shows?.(of, { agent: null })).toEqual(seen === 'done' ? { done: of } : seen);
	});
});
