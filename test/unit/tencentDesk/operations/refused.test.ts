import { isRecord } from '../../../../nodes/shared/desk/values';
import { readValues } from '../../../../nodes/TencentDesk/fields/field';
import { OPERATIONS } from '../../../../nodes/TencentDesk/operations/operations';

const SCENE = { nowMs: Date.UTC(2026, 0, 31), timeZone: 'UTC', messageRandom: () => 1 };

/** As the node stores a collection whose entries are all expressions. */
const expressionsFor = (value: unknown) =>
	isRecord(value)
		? Object.fromEntries(Object.keys(value).map((name) => [name, '={{ $json.x }}']))
		: value;

/** What is told of an operation with these values, before anything is sent. */
function problemOf(
	name: string,
	given: Record<string, unknown>,
	storedFor: (value: unknown) => unknown = expressionsFor,
): string | undefined {
	const operation = OPERATIONS.find((one) => `${one.resource}.${one.operation}` === name);
	if (operation === undefined || operation.work.kind === 'local') throw new Error('no request');
	const values = { sessionId: 's-1', ...given };
	const parameterOf = (parameter: string) => {
		const value = (values as Record<string, unknown>)[parameter];
		return { value, stored: storedFor(value) };
	};
	const reading = readValues(operation.fields, parameterOf, 'UTC');
	const problem =
		'problem' in reading ? reading.problem : operation.work.problem?.(reading.values, SCENE);
	if (problem !== undefined) expect(problem.advice).not.toBe('');
	return problem?.message;
}

const send = (messageType: string, fields: object) => ({
	...{ target: 'session', messageType, text: 'Hello', cardHeader: 'Hello' },
	...fields,
});
const image = (fields: object) =>
	send('image', { imageUrl: 'https://e.com', imageWidth: 1, imageHeight: 1, ...fields });
const mark = (updateFields: object) => ({ updateFields });
const transfer = (options: object) => ({ options });
const NO_RESULT = 'is an expression without a result';
const NO_HTTPS = 'is not an address that begins with https://';

test.each<[operation: string, values: Record<string, unknown>, fault: string | undefined]>([
	['message.send', send('poem', {}), 'Message Type is not one of the available options'],
	['message.send', send('card', { cardHeader: undefined }), 'Header is empty'],
	...['http://e.com', 'e.com/p.png', 'data:image/png;base64,aaaa', 'https://'].map(
		(cardLink): [string, Record<string, unknown>, string] => [
			'message.send',
			send('card', { cardLink }),
			`Link ${NO_HTTPS}`,
		],
	),
	['message.send', send('card', { cardPictureUrl: 'p.png' }), `Picture URL ${NO_HTTPS}`],
	['message.send', image({ imageUrl: ' ' }), 'Image URL is empty'],
	['message.send', image({ imageUrl: 'http://e.com' }), `Image URL ${NO_HTTPS}`],
	['message.send', image({ imageWidth: 0 }), 'Image Width must be a whole number, 1 or greater'],
	['message.send', image({ imageHeight: undefined }), 'Image Height is empty'],
	['message.send', send('file', {}), 'File URL is empty'],
	[
		'message.send',
		send('file', { fileUrl: 'https://e.com/' }),
		'File Name is empty and File URL has no file name at its end',
	],
	['message.send', send('text', { text: 'a'.repeat(12_288 - 52) }), undefined],
	[
		'message.send',
		send('text', { text: 'é'.repeat(6200) }),
		'The message has 12452 bytes, and Tencent takes at most 12288',
	],
	['session.setMark', mark({}), 'Update Fields is empty'],
	['session.setMark', mark({ mark: 'é'.repeat(100) }), undefined],
	[
		'session.setMark',
		mark({ mark: 'é'.repeat(101) }),
		'Update Fields > Note is longer than 200 bytes: it has 202',
	],
	['session.setMark', mark({ mark: undefined }), 'Update Fields > Note has no value'],
	['session.setMark', mark({ starred: undefined }), 'Update Fields > Starred has no value'],
	['session.setMark', mark({ starred: '' }), 'Update Fields > Starred has no value'],
	...[
		[{ agent: { value: undefined } }, `Agent ${NO_RESULT}`],
		[{ agentGroup: { value: null } }, `Agent Group ${NO_RESULT}`],
		[{ onlyRated: undefined }, `Only Rated ${NO_RESULT}`],
		[{ lowestRating: 6 }, 'Lowest Rating must be a whole number, 1 to 5'],
		[{ lowestRating: 4, highestRating: 2 }, 'Lowest Rating is higher than Highest Rating'],
	].map(([filters, fault]): [string, Record<string, unknown>, string] => [
		'session.getMany',
		{ filters },
		`Filters > ${fault as string}`,
	]),
	['session.getMany', { from: '2026-02-01', to: '2026-01-31' }, 'From is after To'],
	[
		'session.transfer',
		transfer({ priority: 10 }),
		'Options > Priority in Queue must be a whole number, 0 to 9',
	],
	[
		'session.transfer',
		transfer({ queueTimeout: 0 }),
		'Options > Queue Timeout must be a whole number, 1 or greater',
	],
	[
		'session.transfer',
		transfer({ doNotQueue: 'perhaps' }),
		'Options > Do Not Queue is neither true nor false',
	],
])('%s with %j is refused: %s', (operation, values, fault) => {
	const message = fault === undefined ? undefined : `${fault}, so nothing was sent.`;
	expect(problemOf(operation, values)).toBe(message);
});

test.each([
	['Agent', { agent: undefined }],
	['Agent Group', { agentGroup: null }],
	['Only Rated', { onlyRated: '' }],
])(
	'one expression for all filters of session.getMany whose %s is nothing: %j',
	(label, filters) => {
		const stored = (value: unknown) => (value === filters ? '={{ $json.filters }}' : value);
		expect(problemOf('session.getMany', { filters }, stored)).toBe(
			`Filters > ${label} ${NO_RESULT}, so nothing was sent.`,
		);
	},
);
