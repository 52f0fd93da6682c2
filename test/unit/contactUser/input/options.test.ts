import fc from 'fast-check';
import type { INodeProperties } from 'n8n-workflow';

import { OPTION_RANGES, readOptions } from '../../../../nodes/ContactUser/input/options';
import { PROPERTIES } from '../../../../nodes/ContactUser/description/properties';

const DEFAULTS = {
	includeInputFields: true,
	includeSession: false,
	concurrency: 50,
	requestsPerSecond: 190,
	maxRetries: 3,
	timeoutMs: 10_000,
	fieldNames: 'both',
};

test.each([[{}], [undefined], [null], ['text'], [7], [[]]])('%p means the defaults', (options) => {
	expect(readOptions(options)).toEqual(DEFAULTS);
});

test('the editor shows the ranges and defaults that the run uses', () => {
	const options = PROPERTIES.find(({ name }) => name === 'options')?.options as INodeProperties[];
	for (const [name, range] of Object.entries(OPTION_RANGES)) {
		const shown = options.find((option) => option.name === name);
		const { minValue, maxValue } = shown?.typeOptions ?? {};
		expect({ name, default: shown?.default, min: minValue }).toEqual({
			name,
			default: range.default,
			min: range.min,
		});
		expect([undefined, range.max]).toContain(maxValue);
	}
	expect(
		readOptions(Object.fromEntries(options.map((option) => [option.name, option.default]))),
	).toEqual(DEFAULTS);
});

test('what is given is taken', () => {
	const given = {
		includeInputFields: false,
		includeSession: true,
		concurrency: 10,
		requestsPerSecond: 0.5,
		maxRetries: 0,
		timeout: 5000,
		fieldNames: 'table',
	};
	const { timeout, ...others } = given;
	expect(readOptions(given)).toEqual({ ...others, timeoutMs: timeout });
});

test.each<[string, unknown, string, unknown]>([
	['concurrency', 0, 'concurrency', 1],
	['concurrency', -5, 'concurrency', 1],
	['concurrency', 201, 'concurrency', 200],
	['concurrency', Infinity, 'concurrency', 200],
	['concurrency', 7.9, 'concurrency', 7],
	['concurrency', '20', 'concurrency', 20],
	['concurrency', 'many', 'concurrency', 50],
	['concurrency', NaN, 'concurrency', 50],
	['concurrency', '', 'concurrency', 50],
	['concurrency', null, 'concurrency', 50],
	['concurrency', true, 'concurrency', 50],
	['concurrency', { a: 1 }, 'concurrency', 50],
	['requestsPerSecond', 0, 'requestsPerSecond', 0],
	['requestsPerSecond', '0', 'requestsPerSecond', 0],
	['requestsPerSecond', 1e9, 'requestsPerSecond', 10_000],
	['requestsPerSecond', 'fast', 'requestsPerSecond', 190],
	['maxRetries', -1, 'maxRetries', 0],
	['maxRetries', 11, 'maxRetries', 10],
	['maxRetries', 2.5, 'maxRetries', 2],
	['timeout', 0, 'timeoutMs', 1000],
	['timeout', 999, 'timeoutMs', 1000],
	['timeout', 1e9, 'timeoutMs', 300_000],
	['fieldNames', 'sample', 'fieldNames', 'sample'],
	['fieldNames', 'Sample', 'fieldNames', 'both'],
	['fieldNames', 1, 'fieldNames', 'both'],
	['includeInputFields', 'true', 'includeInputFields', true],
	['includeInputFields', false, 'includeInputFields', false],
	['includeSession', 1, 'includeSession', false],
])('%s %p becomes %s %p', (name, value, option, read) => {
	expect(readOptions({ [name]: value })).toMatchObject({ [option]: read });
});

test('a pace is one request in ten seconds at least, unless it is 0, which is none', () => {
	expect(readOptions({ requestsPerSecond: 0.0001 }).requestsPerSecond).toBe(0.1);
	expect(readOptions({ requestsPerSecond: 0 }).requestsPerSecond).toBe(0);
});

test('a negative pace is not taken for none at all, which would be the fastest', () => {
	expect(readOptions({ requestsPerSecond: -1 }).requestsPerSecond).toBe(190);
	expect(readOptions({ requestsPerSecond: -Infinity }).requestsPerSecond).toBe(190);
});

test.each([['  '], [[]], [[0]], [''], [null], [false], [{}]])(
	'%p is no number, and not taken for a pace of 0, which would be none at all',
	(requestsPerSecond) => {
		expect(readOptions({ requestsPerSecond }).requestsPerSecond).toBe(190);
	},
);

// A throw while the options are read would send the untouched items out of Contacted under Continue.
test.each(['concurrency', 'requestsPerSecond', 'maxRetries', 'timeout'])(
	'an object for %s that has no text is no number either',
	(name) => {
		expect(readOptions({ [name]: { toString: null } })).toEqual(DEFAULTS);
	},
);

test('whatever the options hold, what is read is in range', () => {
	const value = fc.oneof(
		fc.anything(),
		fc.double(),
		fc.integer(),
		fc.constantFrom('1', '-1', '1e400'),
	);
	const names = ['concurrency', 'requestsPerSecond', 'maxRetries', 'timeout'] as const;
	fc.assert(
		fc.property(fc.dictionary(fc.constantFrom(...names), value), (given) => {
			const read = readOptions(given);
			const numbers = { ...read, timeout: read.timeoutMs };
			for (const name of names) {
				const { min, max } = OPTION_RANGES[name];
				expect(numbers[name]).toBeGreaterThanOrEqual(min);
				expect(numbers[name]).toBeLessThanOrEqual(max);
			}
			expect(Number.isInteger(read.concurrency) && Number.isInteger(read.maxRetries)).toBe(true);
		}),
		{ numRuns: 400 },
	);
});
