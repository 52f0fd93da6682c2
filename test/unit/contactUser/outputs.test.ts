import fc from 'fast-check';
import { NodeOperationError, type IDataObject, type INodeExecutionData } from 'n8n-workflow';

import {
	stopErrorOfContacts,
	toOutputs,
	type OutputSettings,
} from '../../../nodes/ContactUser/outputs';
import type { ContactReport, Outcome } from '../../../nodes/ContactUser/report';
import { NOT_TRIED } from '../../../nodes/shared/delivery/command';
import type { OutputMode } from '../../../nodes/shared/n8n/runItems';
import { node } from '../../engine/testWorkflow';
import { busy, done, noConnection, timeOut } from '../replies';
import { endedBy, OUTCOMES, reportOf, REQUEST } from './contacts';

const isError = ({ outcome }: ContactReport) => outcome === 'failed' || outcome === 'unconfirmed';

/** Lets these reports leave, each of an input item of its own unless one is given. */
function leave(
	reports: ContactReport[],
	settings: Partial<OutputSettings> = {},
	input: INodeExecutionData[] = reports.map((_, id) => ({
		json: { id },
		pairedItem: { item: 99 },
	})),
) {
	return toOutputs(input, reports, {
		...{ mode: 'continue', includeInputFields: false, singleOutput: false, canPair: () => true },
		followOnError: reports.map(isError),
		...settings,
	});
}

test.each<[Outcome, number]>([
	['contacted', 0],
	['agentUnavailable', 1],
	['configurationError', 2],
	['userUnavailable', 3],
	['failed', 3],
	['unconfirmed', 3],
])('%s leaves by output %d, and a report is all that its item carries', (outcome, output) => {
	const report = reportOf({ outcome });
	for (const mode of ['stop', 'continue', 'errorOutput'] as const) {
		const outputs = leave([report], { mode });
		expect(outputs.map(({ length }) => length).indexOf(1)).toBe(output);
	}
	expect(leave([report]).flat()).toEqual([{ json: report, pairedItem: { item: 0 } }]);
});

describe('Include Input Fields', () => {
	const file = { data: 'YQ==', mimeType: 'text/plain' };
	const on = { includeInputFields: true };

	test.each<[INodeExecutionData, IDataObject]>([
		[
			{ json: { name: 'Ada', outcome: 'theirs', error: 'theirs', nested: { error: 1 } } },
			{ name: 'Ada', nested: { error: 1 } },
		],
		// As some nodes hand on.
		[{} as INodeExecutionData, {}],
	])('puts the fields of the input under ours, and leaves it as it was: %j', (input, kept) => {
		const before = JSON.stringify(input);
		expect(leave([reportOf({})], on, [input])[0][0].json).toEqual({ ...kept, ...reportOf({}) });
		expect(JSON.stringify(input)).toBe(before);
	});

	test('keeps the files of the input, on the Error output too; when it is off, it leaves them', () => {
		const withFile = [{ json: { name: 'Ada' }, binary: { file } }];
		for (const outcome of OUTCOMES) {
			const [left] = leave(
				[reportOf({ outcome })],
				{ ...on, mode: 'errorOutput' },
				withFile,
			).flat();
			expect(left.binary).toEqual({ file });
		}
		expect(leave([reportOf({})], {}, withFile).flat()).toEqual([
			{ json: reportOf({}), pairedItem: { item: 0 } },
		]);
	});
});

describe('Continue (using error output)', () => {
	test.each<Outcome>(['failed', 'unconfirmed'])(
		'gives %s the only shape that every n8n moves to its Error output, linked by a bare number where n8n could not look up its input',
		(outcome) => {
			const report = reportOf({ outcome, message: 'It broke off.' });
			const settings = { mode: 'errorOutput', includeInputFields: true } as const;
			const canPair = (index: number) => index === 1;
			const json = { error: report, message: 'It broke off.' };
			expect(leave([report, report], { ...settings, canPair })[3]).toEqual([
				{ json, pairedItem: 0 },
				{ json, pairedItem: { item: 1 } },
			]);
		},
	);

	test('links all others by item as ever, and asks for no lookup', () => {
		const canPair = jest.fn(() => false);
		const others = OUTCOMES.map((outcome) => reportOf({ outcome })).filter((one) => !isError(one));
		const left = leave(others, { mode: 'errorOutput', canPair }).flat();
		expect(left.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3].map((item) => ({ item })),
		);
		expect(canPair).not.toHaveBeenCalled();
	});
});

test('as many items leave as came in, by one output for a tool and with Single Output, each once, in order, linked to its own, and without an error key', () => {
	const modes: OutputMode[] = ['stop', 'continue', 'errorOutput', 'tool'];
	const item = fc.record({
		outcome: fc.constantFrom(...OUTCOMES),
		json: fc.dictionary(fc.constantFrom('error', 'name', 'outcome', '__proto__'), fc.string()),
		pairs: fc.boolean(),
	});
	const settings = fc.record({
		mode: fc.constantFrom(...modes),
		includeInputFields: fc.boolean(),
		singleOutput: fc.boolean(),
	});
	fc.assert(
		fc.property(fc.array(item, { maxLength: 20 }), settings, (given, set) => {
			const reports = given.map(({ outcome }, i) => reportOf({ outcome, userId: `user-${i}` }));
			const input = given.map(({ json }) => ({ json }));
			const outputs = leave(reports, { ...set, canPair: (i) => given[i].pairs }, input);
			const hasOne = set.mode === 'tool' || set.singleOutput;
			expect(outputs).toHaveLength(hasOne ? 1 : 4);

			const indexes = outputs.map((output) =>
				output.map(({ pairedItem }) =>
					typeof pairedItem === 'number' ? pairedItem : (pairedItem as { item: number }).item,
				),
			);
			expect(indexes.flat().sort((a, b) => a - b)).toEqual(given.map((_, i) => i));
			for (const order of indexes) expect(order).toEqual([...order].sort((a, b) => a - b));
			outputs.flat().forEach(({ json }, n) => {
				const { userId, outcome } = reports[indexes.flat()[n]];
				const isErrorItem = set.mode === 'errorOutput' && isError(reportOf({ outcome }));
				if (isErrorItem) expect(Object.keys(json)).toEqual(['error', 'message']);
				else expect(json).not.toHaveProperty('error');
				expect(isErrorItem ? json.error : json).toMatchObject({ userId, outcome });
			});
			if (hasOne) return;
			for (const n of indexes[0]) expect(reports[n].outcome).toBe('contacted');
		}),
		{ numRuns: 200 },
	);
});

describe('the error of On Error = Stop Workflow', () => {
	const contact = (userId: string, reply = done) => ({
		...{ request: { ...REQUEST, userId }, ended: endedBy(reply) },
	});
	const failed = contact('ben', noConnection);
	const unclear = (userId: string) => contact(userId, timeOut);
	const untried = { request: { ...REQUEST, userId: '' }, ended: NOT_TRIED };
	const errorOf = (contacts: Parameters<typeof stopErrorOfContacts>[1], itemIndex: number) =>
		stopErrorOfContacts(node('Contact User', 'contactUser'), contacts, itemIndex);

	test('says what happened to which user, and counts the item as a person does', () => {
		const error = errorOf([contact('ann'), failed, untried], 1);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe(
			'User ben: The server refused the connection, so nothing was sent. [item 2 of 3]',
		);
		// The editor would add it to the message, counted from 0.
		expect(error.context.itemIndex).toBeUndefined();
		expect(errorOf([contact('', timeOut)], 0).message).toBe(
			'The server did not answer in time. [item 1 of 1]',
		);
	});

	const names = (prefix: string, count: number) =>
		Array.from({ length: count }, (_, n) => `${prefix}${n + 1}`);
	test.each<[Parameters<typeof stopErrorOfContacts>[1], RegExp]>([
		[
			[failed, contact('ann'), contact('cleo', busy), contact('dan'), unclear('eva')].concat(
				...[untried, untried, untried],
			),
			/^Check the data center or .*, then try again\. Contacted: 2 users \(ann, dan\)\. Unclear, perhaps contacted: 1 user \(eva\)\. Not contacted: 2 items\. Not tried: 3 items\. /,
		],
		[
			[failed],
			/try again\. Contacted: 0 users\. Not contacted: 1 item\. Not tried: 0 items\. To go on, correct the cause, then run the workflow again\.$/,
		],
		[[failed, contact('ann'), contact('ann')], / Contacted: 1 user \(ann\)\. Not/],
		[
			[failed, ...names('ok', 20).map((userId) => contact(userId))].concat(
				names('odd', 503).map(unclear),
			),
			/20 users \(ok1, ok2,.* ok19, ok20\)\..* 503 users \(odd1, .*odd20 and 483 more\)\./,
		],
		[
			[failed, contact('ann')],
			/press Retry in the Executions tab, which contacts nobody twice; .* retry the newest one\. Do not press Execute step, which contacts users again\.$/,
		],
		[[unclear('eva')], /Contacted: 0 users\. Unclear, .* press Retry /],
	])(
		'%#: tells who was contacted, for whom it is unclear, and the one way to go on',
		(of, words) => {
			expect(errorOf(of, 0).description).toMatch(words);
		},
	);
});
