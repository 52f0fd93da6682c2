import fc from 'fast-check';
import type { INodeProperties } from 'n8n-workflow';

import type { ParameterReading } from '../../../nodes/shared/n8n/parameters';
import { readOptions, type OptionsReading } from '../../../nodes/ContactUser/runOptions';
import { OPTION_LABELS, OPTION_RANGES } from '../../../nodes/ContactUser/options';
import { PROPERTIES } from '../../../nodes/ContactUser/description';

const DEFAULTS = {
	includeInputFields: true,
	includeSession: false,
	concurrency: 200,
	requestsPerSecond: 190,
	maxRetries: 3,
	timeoutMs: 10_000,
	fieldNames: 'both',
	simulateOnly: false,
	stopWhenNothingCanBeSent: false,
};

/** Options as n8n gave them, one by one. */
const read = (given: Record<string, unknown>): OptionsReading =>
	readOptions(
		Object.fromEntries(
			Object.entries(given).map(([name, value]): [string, ParameterReading] => [name, { value }]),
		),
	);

test('no options mean the defaults', () => {
	expect(readOptions({})).toEqual({ options: DEFAULTS, problem: undefined });
});

test.each(['', '  ', null, undefined])('an option that is %p counts as not given', (empty) => {
	const given = Object.fromEntries(Object.keys(OPTION_LABELS).map((name) => [name, empty]));
	expect(read(given)).toEqual({ options: DEFAULTS, problem: undefined });
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
	const { options: used, problem } = read(
		Object.fromEntries(options.map((option) => [option.name, option.default])),
	);
	expect({ used, problem }).toEqual({ used: DEFAULTS, problem: undefined });
});

test('problems name an option as the editor does', () => {
	const options = PROPERTIES.find(({ name }) => name === 'options')?.options as INodeProperties[];
	// No options of the run: what the node holds decides (hasSingleOutput), and what each item says.
	const others = ['singleOutput', 'simulatedOutcome'];
	const ofTheRun = options.filter(({ name }) => !others.includes(name));
	expect(ofTheRun.map(({ name, displayName }) => [name, displayName])).toEqual(
		Object.entries(OPTION_LABELS),
	);
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
		simulateOnly: true,
		stopWhenNothingCanBeSent: true,
	};
	const { timeout, ...others } = given;
	expect(read(given).options).toEqual({ ...others, timeoutMs: timeout });
});

test.each<[string, unknown, string, unknown]>([
	['concurrency', 0, 'concurrency', 1],
	['concurrency', -5, 'concurrency', 1],
	['concurrency', 201, 'concurrency', 200],
	['concurrency', Infinity, 'concurrency', 200],
	['concurrency', 7.9, 'concurrency', 7],
	['concurrency', '20', 'concurrency', 20],
	['requestsPerSecond', 0, 'requestsPerSecond', 0],
	['requestsPerSecond', '0', 'requestsPerSecond', 0],
	['requestsPerSecond', 1e9, 'requestsPerSecond', 10_000],
	['maxRetries', -1, 'maxRetries', 0],
	['maxRetries', 11, 'maxRetries', 10],
	['maxRetries', 2.5, 'maxRetries', 2],
	['timeout', 0, 'timeoutMs', 1000],
	['timeout', 999, 'timeoutMs', 1000],
	['timeout', 1e9, 'timeoutMs', 300_000],
	['fieldNames', 'sample', 'fieldNames', 'sample'],
	['requestsPerSecond', ' 7 ', 'requestsPerSecond', 7],
	...(['includeInputFields', 'includeSession'] as const).flatMap(
		(name): Array<[string, unknown, string, unknown]> => [
			...([true, 'true', ' TRUE ', 1, '1'] as const).map(
				(on): [string, unknown, string, unknown] => [name, on, name, true],
			),
			...([false, 'false', 'False', 0, '0'] as const).map(
				(off): [string, unknown, string, unknown] => [name, off, name, false],
			),
		],
	),
])('%s %p becomes %s %p', (name, value, option, wanted) => {
	expect(read({ [name]: value })).toMatchObject({ options: { [option]: wanted } });
	expect(read({ [name]: value }).problem).toBeUndefined();
});

test('a pace is one request in ten seconds at least, unless it is 0, which is none', () => {
	expect(read({ requestsPerSecond: 0.0001 }).options.requestsPerSecond).toBe(0.1);
	expect(read({ requestsPerSecond: 0 }).options.requestsPerSecond).toBe(0);
});

test('a negative pace is not taken for none at all, which would be the fastest', () => {
	expect(read({ requestsPerSecond: -1 }).options.requestsPerSecond).toBe(190);
	expect(read({ requestsPerSecond: -Infinity }).options.requestsPerSecond).toBe(190);
});

describe('what is not of its kind is a problem that names the option, and its default stands in', () => {
	test.each<[string, unknown, string]>([
		['concurrency', 'many', 'The option Concurrent Requests is "many", but must be a number'],
		['timeout', '5,5', 'The option Timeout is "5,5", but must be a number'],
		['maxRetries', '5.5.5', 'The option Retries is "5.5.5", but must be a number'],
		['maxRetries', NaN, 'The option Retries is NaN, but must be a number'],
		['maxRetries', true, 'The option Retries is true, but must be a number'],
		['requestsPerSecond', [], 'The option Requests per Second is [], but must be a number'],
		['requestsPerSecond', [0], 'The option Requests per Second is [0], but must be a number'],
		['requestsPerSecond', false, 'The option Requests per Second is false, but must be a number'],
		['requestsPerSecond', {}, 'The option Requests per Second is {}, but must be a number'],
		['timeout', 5n, 'The option Timeout is 5, but must be a number'],
		[
			'fieldNames',
			'Sample',
			'The option Request Field Names is "Sample", but must be both, sample or table',
		],
		[
			'includeInputFields',
			'yes',
			'The option Include Input Fields is "yes", but must be true or false',
		],
		['includeSession', 2, 'The option Include Session Details is 2, but must be true or false'],
		[
			'includeSession',
			[true],
			'The option Include Session Details is [true], but must be true or false',
		],
	])('%s %p', (name, value, words) => {
		const { options, problem } = read({ [name]: value });
		expect(problem?.message).toBe(`${words}, so nothing was sent.`);
		expect(problem?.advice).toMatch(/^Enter .*, or remove this option\.$/);
		expect(options).toEqual(DEFAULTS);
	});

	test.each(Object.entries(OPTION_LABELS))(
		'%s with an expression that fails, with the reason cut short',
		(name, label) => {
			const { options, problem } = readOptions({ [name]: { unreadable: 'x'.repeat(5000) } });
			expect(problem?.message).toMatch(
				new RegExp(`^The option ${label} could not be read \\(x{200}\\), so nothing was sent\\.$`),
			);
			expect(options).toEqual(DEFAULTS);
		},
	);

	test('the options beside it are kept, and of several the first is named', () => {
		const { options, problem } = read({ timeout: 'x', concurrency: 'y', maxRetries: 0 });
		expect(problem?.message).toContain('Concurrent Requests');
		expect(options).toEqual({ ...DEFAULTS, maxRetries: 0 });
	});
});

// A throw while the options are read would send the untouched items out of Contacted under Continue.
test.each(Object.keys(OPTION_LABELS))(
	'an object for %s that has no text is a problem too',
	(name) => {
		const cycle: Record<string, unknown> = { toString: null };
		cycle.self = cycle;
		for (const value of [{ toString: null }, cycle, Symbol('s'), () => 1]) {
			expect(read({ [name]: value }).problem?.message).toMatch(/so nothing was sent\.$/);
		}
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
			const { options, problem } = read(given);
			const numbers = { ...options, timeout: options.timeoutMs };
			for (const name of names) {
				const { min, max } = OPTION_RANGES[name];
				expect(numbers[name]).toBeGreaterThanOrEqual(min);
				expect(numbers[name]).toBeLessThanOrEqual(max);
			}
			expect(problem?.message ?? 'so nothing was sent.').toMatch(/so nothing was sent\.$/);
			expect(Number.isInteger(options.concurrency) && Number.isInteger(options.maxRetries)).toBe(
				true,
			);
		}),
		{ numRuns: 400 },
	);
});
