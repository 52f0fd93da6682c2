import type { OutputMode } from '../../../nodes/shared/n8n/runItems';
import fc from 'fast-check';
import type { INodeExecutionData } from 'n8n-workflow';

import { toOutputs, type OutputSettings } from '../../../nodes/ContactUser/outputs';
import type { Outcome } from '../../../nodes/ContactUser/result';
import { OUTCOMES, reportOf } from './contacts';

const settings = (fields: Partial<OutputSettings>): OutputSettings => ({
	mode: 'continue',
	followOnError: [true],
	includeInputFields: false,
	singleOutput: false,
	canPair: () => true,
	...fields,
});

const items = (count: number): INodeExecutionData[] =>
	Array.from({ length: count }, (_, i) => ({ json: { id: i }, pairedItem: { item: 99 } }));

const outputFor = (outcome: Outcome, mode: OutputMode): number =>
	toOutputs(
		items(1),
		[reportOf({ outcome })],
		settings({ mode, followOnError: [isErrorOutcome(outcome)] }),
	).findIndex((output) => output.length > 0);

test.each<[Outcome, number]>([
	['contacted', 0],
	['agentUnavailable', 1],
	['configurationError', 2],
	['userUnavailable', 3],
	['failed', 3],
	['unconfirmed', 3],
])('%s leaves by output %d', (outcome, output) => {
	for (const mode of ['stop', 'continue', 'errorOutput'] as const) {
		expect(outputFor(outcome, mode)).toBe(output);
	}
});

const isErrorOutcome = (outcome: Outcome) => outcome === 'failed' || outcome === 'unconfirmed';

test('a report is all that an item carries', () => {
	const report = reportOf({ outcome: 'agentUnavailable' });
	expect(toOutputs(items(1), [report], settings({}))).toEqual([
		[],
		[{ json: report, pairedItem: { item: 0 } }],
		[],
		[],
	]);
});

describe('Include Input Fields', () => {
	const input: INodeExecutionData[] = [
		{ json: { name: 'Ada', outcome: 'theirs', error: 'theirs', nested: { error: 1 } } },
	];

	test('puts the fields of the input under ours', () => {
		const [contacted] = toOutputs(input, [reportOf({})], settings({ includeInputFields: true }));
		expect(contacted[0].json).toEqual({ name: 'Ada', nested: { error: 1 }, ...reportOf({}) });
	});

	test('finds nothing to take over in an item without fields, as some nodes hand on', () => {
		const bare = [{} as INodeExecutionData];
		const [contacted] = toOutputs(bare, [reportOf({})], settings({ includeInputFields: true }));
		expect(contacted[0].json).toEqual(reportOf({}));
	});

	test('leaves the input item as it was', () => {
		const before = JSON.stringify(input);
		toOutputs(input, [reportOf({})], settings({ includeInputFields: true }));
		expect(JSON.stringify(input)).toBe(before);
	});

	test('keeps the files of the input, on the Error output too', () => {
		const file = { data: 'YQ==', mimeType: 'text/plain' };
		const withFile = [{ json: {}, binary: { file } }];
		const given = { mode: 'errorOutput', includeInputFields: true } as const;
		for (const outcome of OUTCOMES) {
			const left = toOutputs(withFile, [reportOf({ outcome })], settings(given)).flat();
			expect(left).toEqual([expect.objectContaining({ binary: { file } })]);
		}
	});

	test('when it is off, leaves the files too', () => {
		const withFile = [{ json: { name: 'Ada' }, binary: { file: { data: '', mimeType: '' } } }];
		expect(toOutputs(withFile, [reportOf({})], settings({}))[0]).toEqual([
			{ json: reportOf({}), pairedItem: { item: 0 } },
		]);
	});
});

describe('Continue (using error output)', () => {
	test.each<Outcome>(['failed', 'unconfirmed'])(
		'gives %s the only shape that every n8n moves to its Error output',
		(outcome) => {
			const report = reportOf({ outcome, message: 'It broke off.' });
			const given = settings({ mode: 'errorOutput', includeInputFields: true });
			const [item] = toOutputs([{ json: { name: 'Ada' } }], [report], given)[3];
			expect(item).toEqual({
				json: { error: report, message: 'It broke off.' },
				pairedItem: { item: 0 },
			});
		},
	);

	test('links such an item by a bare number where n8n could not look up its input', () => {
		const reports = [reportOf({ outcome: 'failed' }), reportOf({ outcome: 'failed' })];
		const given = settings({ mode: 'errorOutput', canPair: (index) => index === 1 });
		const other = toOutputs(items(2), reports, given)[3];
		expect(other.map(({ pairedItem }) => pairedItem)).toEqual([0, { item: 1 }]);
	});

	test('links all others by item as ever, and asks for no lookup', () => {
		const canPair = jest.fn(() => false);
		const outcomes = [
			'contacted',
			'agentUnavailable',
			'configurationError',
			'userUnavailable',
		] as const;
		const reports = outcomes.map((outcome) => reportOf({ outcome }));
		const given = settings({ mode: 'errorOutput', followOnError: [false], canPair });
		const outputs = toOutputs(items(4), reports, given);
		expect(outputs.flat().map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
			{ item: 3 },
		]);
		expect(canPair).not.toHaveBeenCalled();
	});
});

test('as many items leave as came in, by one output for a tool and with Single Output, each once, in order, linked to its own, and without an error key', () => {
	const modes: OutputMode[] = ['stop', 'continue', 'errorOutput', 'tool'];
	const batch = fc.array(
		fc.record({
			outcome: fc.constantFrom(...OUTCOMES),
			input: fc.dictionary(fc.constantFrom('error', 'name', 'outcome', '__proto__'), fc.string()),
			pairs: fc.boolean(),
		}),
		{ maxLength: 20 },
	);
	fc.assert(
		fc.property(
			batch,
			fc.constantFrom(...modes),
			fc.boolean(),
			fc.boolean(),
			(given, mode, includeInputFields, singleOutput) => {
				const input = given.map(({ input: json }) => ({ json }));
				const reports = given.map(({ outcome }, i) => reportOf({ outcome, userId: `user-${i}` }));
				const canPair = (i: number) => given[i].pairs;
				const outputs = toOutputs(input, reports, {
					mode,
					followOnError: given.map(({ outcome }) => isErrorOutcome(outcome)),
					includeInputFields,
					singleOutput,
					canPair,
				});

				const indexes = outputs.map((output) =>
					output.map(({ pairedItem }) =>
						typeof pairedItem === 'number' ? pairedItem : (pairedItem as { item: number }).item,
					),
				);
				expect(outputs).toHaveLength(mode === 'tool' || singleOutput ? 1 : 4);
				expect(indexes.flat().sort((a, b) => a - b)).toEqual(given.map((_, i) => i));
				for (const order of indexes) expect(order).toEqual([...order].sort((a, b) => a - b));

				outputs.forEach((output, o) =>
					output.forEach(({ json }, n) => {
						const { outcome } = given[indexes[o][n]];
						const isErrorItem = mode === 'errorOutput' && isErrorOutcome(outcome);
						expect('error' in json).toBe(isErrorItem);
						const report = (isErrorItem ? json.error : json) as {
							userId: string;
							outcome: string;
						};
						expect(report).toMatchObject({ userId: `user-${indexes[o][n]}`, outcome });
						if (isErrorItem) expect(Object.keys(json)).toEqual(['error', 'message']);
						if (mode !== 'tool' && !singleOutput && o === 0) expect(outcome).toBe('contacted');
					}),
				);
			},
		),
		{ numRuns: 200 },
	);
});
