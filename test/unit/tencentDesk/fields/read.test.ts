import { parametersOf } from '../../../../nodes/TencentDesk/fields/field';
import { OPERATIONS } from '../../../../nodes/TencentDesk/operations/operations';

const fieldsOf = (name: string) =>
	OPERATIONS.find(({ resource, operation }) => `${resource}.${operation}` === name)?.fields ?? {};

const QUEUE = 'must be a whole number, 0 to 9';
const LIMIT = 'must be a whole number, 1 or greater';
const NO_CHOICE = 'is not one of the available options';
const [ANNA, BEN] = ['anna@example.com', 'ben@example.com'];

/** A field, by its operation and its name, and pairs of what is given and what is read of it. */
test.each<[operation: string, field: string, ...readings: Array<[given: unknown, read: unknown]>]>([
	['session.getMany', 'userId', [undefined, ''], ['[object Object]', /names nobody/]],
	['session.get', 'sessionId', [undefined, 'is empty']],
	[
		...(['message.send', 'text'] as const),
		['  Hello,\nyou  ', '  Hello,\nyou  '],
		['你好 👋', '你好 👋'],
		[7, '7'],
		['שלום\u200f\n👩‍💻', 'שלום\u200f\n👩‍💻'],
		[' \n ', 'is empty'],
		['\u200b', 'has only invisible characters'],
		['Hi \ud83d', 'contains half a character, such as an emoji that was cut'],
		['Hi\u0000', 'contains a NUL character (U+0000)'],
		[['a'], 'is neither a text nor a number'],
	],
	[
		...(['session.transfer', 'agent'] as const),
		['', []],
		[undefined, []],
		[ANNA, [ANNA]],
		[`${ANNA}, ${BEN};${ANNA}`, [ANNA, BEN]],
		[
			[ANNA, BEN],
			[ANNA, BEN],
		],
		[`${ANNA}, any`, 'is "any", which names nobody'],
		[[{}], 'is neither a text nor a number'],
	],
	['agent.getStatus', 'agent', ['', 'is empty'], ['NULL', /names nobody/], ['n/a', /names nobody/]],
	[
		...(['agent.getMany', 'limit'] as const),
		[5, 5],
		['12', 12],
		['', 50],
		[undefined, 50],
		[0, LIMIT],
		[-1, LIMIT],
		['5,5', LIMIT],
		[Infinity, 'is a number too large to be exact'],
	],
	[
		...(['agent.setStatus', 'status'] as const),
		['notReady', 'notReady'],
		['On a Break', 'rest'],
		['on a break', 'rest'],
		['NOT_READY', 'notReady'],
		['away', NO_CHOICE],
		[3, NO_CHOICE],
	],
	[
		...(['session.transfer', 'priority'] as const),
		[0, 0],
		['9', 9],
		['', null],
		[undefined, null],
		[10, QUEUE],
		[-1, QUEUE],
		[1.5, QUEUE],
	],
])('%s reads its %s', (operation, field, ...readings) => {
	for (const [given, read] of readings) {
		const reading = fieldsOf(operation)[field].read(given, 'UTC');
		const found = 'value' in reading ? reading.value : reading.fault;
		expect([given, found]).toEqual([
			given,
			read instanceof RegExp ? expect.stringMatching(read) : read,
		]);
	}
});

// Where an expression may name another node: a collection is one parameter.
test('the fields of a collection stand in the parameter of the collection', () => {
	expect(parametersOf(fieldsOf('session.setMark'))).toEqual(['sessionId', 'updateFields']);
});
