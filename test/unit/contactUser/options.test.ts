import fc from 'fast-check';

import { RUN_OPTIONS, readOptions } from '../../../nodes/ContactUser/options';
import { DEFAULT_SETTINGS } from '../../../nodes/shared/delivery/run';

const DEFAULTS = {
	...DEFAULT_SETTINGS,
	...{ includeInputFields: true, includeSession: false, fieldNames: 'both' },
	...{ simulateOnly: false, stopWhenNothingCanBeSent: false },
};
// No options of the run: what the node holds decides (hasSingleOutput), and what each item says.
const OF_THE_RUN = RUN_OPTIONS.filter(
	({ name }) => !['singleOutput', 'simulatedOutcome'].includes(name),
);
const NAMES = OF_THE_RUN.map(({ name }) => name);

/** Options as n8n gave them. */
const read = (given: Record<string, unknown>) =>
	readOptions(Object.fromEntries(Object.entries(given).map(([name, value]) => [name, { value }])));

test.each<[string, Record<string, unknown>]>([
	['none', {}],
	...['', '  ', null, undefined].map((empty): [string, Record<string, unknown>] => [
		`all ${JSON.stringify(empty)}`,
		Object.fromEntries(NAMES.map((name) => [name, empty])),
	]),
	['the defaults of the editor', Object.fromEntries(OF_THE_RUN.map((o) => [o.name, o.default]))],
])('what a run has by default it has with %s', (_what, given) => {
	expect(read(given)).toEqual({ options: DEFAULTS, problem: undefined });
});

test('what is given is taken', () => {
	const given = {
		...{ includeInputFields: false, includeSession: true, fieldNames: 'table' },
		...{ concurrency: 10, requestsPerSecond: 0.5, maxRetries: 0 },
		...{ simulateOnly: true, stopWhenNothingCanBeSent: true },
	};
	expect(read({ ...given, timeout: 5000 }).options).toEqual({ ...given, timeoutMs: 5000 });
});

const SWITCHES = ['includeInputFields', 'includeSession'];
test.each<[string, Array<[given: unknown, read: unknown]>]>([
	[
		'concurrency',
		[
			[0, 1],
			[-5, 1],
			[201, 200],
			[Infinity, 200],
			[7.9, 7],
			['20', 20],
		],
	],
	[
		'requestsPerSecond',
		// A negative pace is not taken for none, which would be the fastest.
		[
			[0, 0],
			['0', 0],
			[1e9, 10_000],
			[' 7 ', 7],
			[0.0001, 0.1],
			[-1, 190],
			[-Infinity, 190],
		],
	],
	[
		'maxRetries',
		[
			[-1, 0],
			[11, 10],
			[2.5, 2],
		],
	],
	[
		'timeout',
		[
			[0, 1000],
			[999, 1000],
			[1e9, 300_000],
		],
	],
	['fieldNames', [['sample', 'sample']]],
	...SWITCHES.map((name): [string, Array<[unknown, boolean]>] => [
		name,
		[
			...[true, 'true', ' TRUE ', 1, '1'].map((on): [unknown, boolean] => [on, true]),
			...[false, 'false', 'False', 0, '0'].map((off): [unknown, boolean] => [off, false]),
		],
	]),
])('%s is brought into range: %j', (name, cases) => {
	for (const [given, expected] of cases) {
		const { options, problem } = read({ [name]: given });
		expect([given, problem]).toEqual([given, undefined]);
		expect(options).toEqual({ ...DEFAULTS, [name === 'timeout' ? 'timeoutMs' : name]: expected });
	}
});

describe('what is not of its kind is a problem that names the option, and its default stands in', () => {
	test.each<[string, unknown, string]>([
		['concurrency', 'many', 'Concurrent Requests is "many", but must be a number'],
		['timeout', '5,5', 'Timeout is "5,5", but must be a number'],
		['maxRetries', '5.5.5', 'Retries is "5.5.5", but must be a number'],
		['maxRetries', NaN, 'Retries is NaN, but must be a number'],
		['maxRetries', true, 'Retries is true, but must be a number'],
		['requestsPerSecond', [], 'Requests per Second is [], but must be a number'],
		['requestsPerSecond', [0], 'Requests per Second is [0], but must be a number'],
		['requestsPerSecond', {}, 'Requests per Second is {}, but must be a number'],
		['timeout', 5n, 'Timeout is 5, but must be a number'],
		['fieldNames', 'Sample', 'Request Field Names is "Sample", but must be both, sample or table'],
		['includeInputFields', 'yes', 'Include Input Fields is "yes", but must be true or false'],
		['includeSession', 2, 'Include Session Details is 2, but must be true or false'],
		['includeSession', [true], 'Include Session Details is [true], but must be true or false'],
	])('%s %p', (name, value, words) => {
		const { options, problem } = read({ [name]: value });
		expect(problem?.message).toBe(`The option ${words}, so nothing was sent.`);
		expect(problem?.advice).toMatch(/^Enter .*, or remove this option\.$/);
		expect(options).toEqual(DEFAULTS);
	});

	// A throw while the options are read would send the untouched items out of Contacted under Continue.
	test.each(OF_THE_RUN)(
		'$name: an object without a text, or an expression that fails',
		(option) => {
			const cycle: Record<string, unknown> = { toString: null };
			cycle.self = cycle;
			for (const value of [{ toString: null }, cycle, Symbol('s'), () => 1]) {
				expect(read({ [option.name]: value }).problem?.message).toMatch(/so nothing was sent\.$/);
			}
			const failing = readOptions({ [option.name]: { unreadable: 'x'.repeat(5000) } });
			expect(failing.problem?.message).toBe(
				`The option ${option.displayName} could not be read (${'x'.repeat(200)}), so nothing was sent.`,
			);
			expect(failing.options).toEqual(DEFAULTS);
		},
	);

	test('the options beside it are kept, and of several the first is named', () => {
		const { options, problem } = read({ timeout: 'x', concurrency: 'y', maxRetries: 0 });
		expect(problem?.message).toContain('Concurrent Requests');
		expect(options).toEqual({ ...DEFAULTS, maxRetries: 0 });
	});
});

test('whatever the options hold, what is read is in range', () => {
	const numbers = OF_THE_RUN.filter(({ type }) => type === 'number');
	const value = fc.oneof(
		...[fc.anything(), fc.double(), fc.integer(), fc.constantFrom('1', '-1', '1e400')],
	);
	const anyNumber = fc.constantFrom(...numbers.map(({ name }) => name));
	fc.assert(
		fc.property(fc.dictionary(anyNumber, value), (given) => {
			const { options, problem } = read(given);
			const { timeoutMs: timeout, ...others } = options;
			for (const { name, typeOptions } of numbers) {
				const used = { ...others, timeout }[name as 'timeout'];
				expect(used).toBeGreaterThanOrEqual(typeOptions?.minValue ?? NaN);
				expect(used).toBeLessThanOrEqual(typeOptions?.maxValue ?? NaN);
				if (/concurrency|maxRetries/.test(name)) expect(Number.isInteger(used)).toBe(true);
			}
			expect(problem?.message ?? 'so nothing was sent.').toMatch(/so nothing was sent\.$/);
		}),
		{ numRuns: 400 },
	);
});
