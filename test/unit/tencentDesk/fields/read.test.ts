import {
	parametersOf,
	readAgent,
	readAgents,
	readLimit,
	readMessageText,
	readOptionalUserId,
	readSessionId,
	readWholeNumber,
} from '../../../../nodes/TencentDesk/fields/field';
import { status } from '../../../../nodes/TencentDesk/fields/agents';
import { MARK_FIELDS } from '../../../../nodes/TencentDesk/fields/marks';
import { sessionId } from '../../../../nodes/TencentDesk/fields/sessions';
import { readSwitch } from '../../../../nodes/shared/n8n/text';

const of = (reading: { value: unknown } | { fault: string }) =>
	'value' in reading ? reading.value : reading.fault;

test('a user ID that may be left out is', () => {
	expect(readOptionalUserId(undefined)).toEqual({ value: '' });
});

test('one that a broken expression gives is refused also where it may be left out', () => {
	expect(of(readOptionalUserId('[object Object]'))).toMatch('names nobody');
});

test.each([
	['  Hello,\nyou  ', '  Hello,\nyou  '],
	['你好 👋', '你好 👋'],
	[7, '7'],
	['שלום\u200f\n👩‍💻', 'שלום\u200f\n👩‍💻'],
	[' \n ', 'is empty'],
	['\u200b', 'has only invisible characters'],
	['Hi \ud83d', 'contains half a character, such as an emoji that was cut'],
	['Hi\u0000', 'contains a NUL character (U+0000)'],
	[['a'], 'is neither a text nor a number'],
])('a text of %j is read as %j', (value, read) => {
	expect(of(readMessageText(value))).toBe(read);
});

test.each([
	['', []],
	[undefined, []],
	['anna@example.com', ['anna@example.com']],
	['anna@example.com, ben@example.com;anna@example.com', ['anna@example.com', 'ben@example.com']],
	[
		['anna@example.com', 'ben@example.com'],
		['anna@example.com', 'ben@example.com'],
	],
	['anna@example.com, any', 'is "any", which names nobody'],
	[[{}], 'is neither a text nor a number'],
])('agents of %j are read as %j', (value, read) => {
	expect(of(readAgents(value))).toEqual(read);
});

test.each(['', 'NULL', 'n/a'])('an agent called %j is nobody', (value) => {
	expect(of(readAgent(value))).toMatch(/names nobody|is empty/);
});

test.each([
	[true, true],
	['false', false],
	[' TRUE ', true],
	[1, true],
	['0', false],
	[undefined, false],
	['maybe', 'is neither true nor false'],
])('a switch of %j is read as %j', (value, read) => {
	expect(of(readSwitch(value))).toBe(read);
});

test.each([
	[5, 5],
	['12', 12],
	['', 50],
	[undefined, 50],
	[0, 'must be a whole number, 1 or greater'],
	[-1, 'must be a whole number, 1 or greater'],
	['5,5', 'must be a whole number, 1 or greater'],
	[Infinity, 'is a number too large to be exact'],
])('a limit of %j is read as %j', (value, read) => {
	expect(of(readLimit(value, 50))).toBe(read);
});

test.each([
	['notReady', 'notReady'],
	['On a Break', 'rest'],
	['on a break', 'rest'],
	['Not ready', 'notReady'],
	['NOT_READY', 'notReady'],
	['away', 'is not one of the available options'],
	[3, 'is not one of the available options'],
])('a choice of %j is read as %j', (value, read) => {
	expect(of(status.read(value, 'UTC'))).toBe(read);
});

test('a session ID is never left out', () => {
	expect(of(readSessionId(undefined))).toBe('is empty');
});

test.each([
	[0, 0],
	['9', 9],
	['', null],
	[undefined, null],
	[10, 'must be a whole number, 0 to 9'],
	[-1, 'must be a whole number, 0 to 9'],
	[1.5, 'must be a whole number, 0 to 9'],
])('a place in the queue of %j is read as %j', (value, read) => {
	expect(of(readWholeNumber(value, { min: 0, max: 9 }))).toBe(read);
});

// Where an expression may name another node: a collection is one parameter.
test('the fields of a collection stand in the parameter of the collection', () => {
	expect(parametersOf({ sessionId, ...MARK_FIELDS })).toEqual(['sessionId', 'updateFields']);
});
