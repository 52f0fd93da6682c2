import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
	IRunData,
	ITaskDataConnectionsSource,
} from 'n8n-workflow';

import { ContactUser } from '../../../nodes/ContactUser/ContactUser.node';
import { useContacts } from '../contacts';
import {
	AGENT_UNAVAILABLE,
	CONFIGURATION_ERROR,
	CONTACTED,
	ERROR,
	hideSession,
	ON_ERROR_MODES,
	OTHER_OUTCOME,
	reportsOf,
	runBefore,
	users,
	usersOf,
} from '../desk';
import { runNodeAfter } from '../harness';
import { CONTACT_USER } from '../testedNode';

const { simulator, setup, contact, contacted } = useContacts();
const sentence = expect.stringMatching(/\S.*[.!?]$/s);

const CODES = { ok: 0, busy: 141012, wrong: 141019, engaged: 141016, broken: 141002 };
type Kind = keyof typeof CODES;
/** Three users per outcome, interleaved, so that order and links are visible on every output. */
const MIXED = ['1', '2', '3'].flatMap((round) =>
	Object.keys(CODES).map((kind) => `${kind}-${round}`),
);
const kindOf = (userId: string) => userId.split('-')[0] as Kind;
const of = (...kinds: Kind[]) => MIXED.filter((userId) => kinds.includes(kindOf(userId)));
const UNDISPUTED = of('ok', 'busy', 'wrong', 'engaged');

beforeEach(() => {
	for (const userId of [...MIXED, ...Object.keys(CODES)]) {
		simulator().plan(userId, { answer: CODES[kindOf(userId)] });
	}
});

const FIRST_THREE = [of('ok'), of('busy'), of('wrong')];
const stopped = { onError: 'stopWorkflow', userIds: UNDISPUTED } as const;
const goesOn = { onError: 'continueRegularOutput', userIds: MIXED } as const;
const toError = { onError: 'continueErrorOutput', userIds: MIXED } as const;
const MODES = [
	{ singleOutput: false, ...stopped, left: [...FIRST_THREE, of('engaged'), []] },
	{ singleOutput: false, ...goesOn, left: [...FIRST_THREE, of('engaged', 'broken'), []] },
	{ singleOutput: false, ...toError, left: [...FIRST_THREE, of('engaged'), of('broken')] },
	{ singleOutput: true, ...stopped, left: [UNDISPUTED, [], [], [], []] },
	{ singleOutput: true, ...goesOn, left: [MIXED, [], [], [], []] },
	// The Error output is then the second one.
	{ singleOutput: true, ...toError, left: [UNDISPUTED, of('broken'), [], [], []] },
];

describe.each([1, 50])('a mixed batch, %i at once', (concurrency) => {
	test.each(MODES)(
		"with On Error = $onError, Single Output $singleOutput every item leaves once, by its output, in the order of the items, and a later node reads the trigger's item with $('Start').item",
		async ({ onError, singleOutput, userIds, left }) => {
			const { run, outputs, linkedStartItems } = await contact([...userIds], {
				options: { concurrency, singleOutput },
				onError,
			});

			expect(run.status).toBe('success');
			expect(outputs.map(usersOf)).toEqual(left);
			expect(linkedStartItems).toEqual(left.map((output) => users(...output)));
			for (const item of outputs.flat()) {
				expect(item.pairedItem).toEqual({ item: userIds.indexOf(usersOf([item])[0] as string) });
			}
			expect(contacted().sort()).toEqual(of('ok').sort());
		},
	);
});

test.each([false, 'false', '={{ true }}', null])(
	'with Single Output %p there are four outputs, as the canvas shows',
	async (singleOutput) => {
		const { outputs } = await contact(['ok', 'busy'], { options: { singleOutput } as never });

		expect(outputs.map(usersOf)).toEqual([['ok'], ['busy'], [], [], []]);
	},
);

test('items are worked on at once, up to Concurrent Requests', async () => {
	const userIds = Array.from({ length: 12 }, (_, index) => `user-${index}`);
	for (const userId of userIds) simulator().plan(userId, { delayMs: 300 });

	await contact(userIds, { options: { concurrency: 4 } });

	expect(simulator().maxInFlight).toBe(4);
});

const ENDS = [
	{ outcome: 'failed', code: 141002 },
	// The session cannot be read, so doubt stays doubt.
	{ outcome: 'unconfirmed', code: 60014 },
].flatMap((end) => ON_ERROR_MODES.map((onError) => ({ ...end, onError })));

describe('what follows On Error', () => {
	const runOf = runBefore(ENDS, async ({ code, onError }) => {
		const userId = `${code}.${onError}`;
		simulator().plan(userId, { answer: code, info: 'as Desk says' });
		hideSession(simulator(), userId);
		return await contact([userId], { onError });
	});

	test.each(ENDS)('a contact that ends as $outcome: $onError', (end) => {
		const { run, error, thrown, outputs } = runOf(end);
		const { outcome, code: errorCode, onError } = end;
		const report = {
			...{ outcome, errorCode, errorInfo: 'as Desk says', attempts: 1 },
			...{ message: sentence, advice: sentence },
		};
		const sizes = outputs.map((items) => items.length);
		switch (onError) {
			case 'stopWorkflow':
				expect([run.status, thrown.length, sizes]).toEqual(['error', 1, [0, 0, 0, 0, 0]]);
				expect(error).toMatchObject({
					message: expect.stringMatching(/\S/),
					description: sentence,
				});
				expect(error?.name).toMatch(/^Node(Api|Operation)Error$/);
				break;
			case 'continueRegularOutput':
				expect([run.status, sizes]).toEqual(['success', [0, 0, 0, 1, 0]]);
				expect(outputs[OTHER_OUTCOME][0].json).toMatchObject(report);
				break;
			case 'continueErrorOutput':
				expect([run.status, sizes]).toEqual(['success', [0, 0, 0, 0, 1]]);
				expect(outputs[ERROR][0].json).toEqual({
					userId: `${errorCode}.${onError}`,
					message: sentence,
					error: expect.objectContaining(report),
				});
		}
	});
});

test('Stop Workflow tells which user stopped it, who was contacted and how many were not tried', async () => {
	simulator().plan('broken', { answer: 141002 });

	const { run, error, outputs } = await contact(['ann', 'ben', 'broken', 'cleo', 'dan', 'eva'], {
		options: { concurrency: 1 },
	});

	expect(run.status).toBe('error');
	expect(outputs.flat()).toEqual([]);
	expect(error?.message).toMatch(/^User broken: .*\[item 3 of 6\]$/);
	expect(error?.description).toContain(
		'Contacted: 2 users (ann, ben). Not contacted: 1 item. Not tried: 3 items.',
	);
	expect(contacted()).toEqual(['ann', 'ben']);
});

test('Stop Workflow names the user that failed first, also when another one in flight fails after it', async () => {
	simulator().plan('slow', { fault: 'hang' });
	hideSession(simulator(), 'slow');
	simulator().plan('quick', { answer: 141002 });

	const { error } = await contact(['first', 'slow', 'quick', 'never'], {
		options: { concurrency: 2, timeout: 1000 },
	});

	expect(error?.message).toMatch(/^User quick: .*\[item 3 of 4\]$/);
	expect(error?.description).toContain('Unclear, perhaps contacted: 1 user (slow).');
});

describe('Include Input Fields', () => {
	const lead = {
		company: 'Example Ltd',
		tags: ['a', 'b'],
		outcome: 'from the CRM',
		message: 'from the CRM',
		error: 'an old failure',
	};
	const leads = (options: INodeParameters) =>
		contact(
			['ok', 'busy', 'engaged', 'broken'].map((userId) => ({ userId, ...lead })),
			{ options, onError: 'continueErrorOutput' },
		);

	it('is on: the fields of the input stand behind those of the report, which win; an error key, which n8n would read as a failure, is never taken over', async () => {
		const { outputs } = await leads({});

		for (const output of [CONTACTED, AGENT_UNAVAILABLE, OTHER_OUTCOME]) {
			const [{ json }] = outputs[output];
			expect(json).toMatchObject({ company: 'Example Ltd', tags: ['a', 'b'] });
			expect([json.outcome, json.message]).not.toContain('from the CRM');
			expect(Object.keys(json).slice(0, 3)).toEqual(['userId', 'outcome', 'message']);
			expect(Object.keys(json).slice(-2)).toEqual(['company', 'tags']);
		}
		expect(outputs[ERROR][0].json).toMatchObject({
			company: 'Example Ltd',
			error: { outcome: 'failed' },
		});
	});

	it('may be turned off', async () => {
		const { outputs } = await leads({ includeInputFields: false });

		expect(outputs[CONTACTED][0].json).not.toHaveProperty('company');
	});
});

/** Some community nodes hand on items such as `{ binary }`, against n8n's own types. */
const NO_JSON = undefined as unknown as IDataObject;

test.each(ON_ERROR_MODES)(
	'an input item without json leaves with its report, once, with On Error = %s',
	async (onError) => {
		const { run, outputs, thrown } = await contact([NO_JSON, { deal: 7 }], {
			parameters: { userId: '=user-{{ $itemIndex }}' },
			onError,
			node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 },
		});

		expect([run.status, thrown]).toEqual(['success', []]);
		expect(usersOf(outputs[CONTACTED])).toEqual(['user-0', 'user-1']);
		expect(outputs[CONTACTED][1].json).toMatchObject({ deal: 7, outcome: 'contacted' });
		expect(outputs.flat()).toHaveLength(2);
		expect(simulator().requests).toHaveLength(2);
	},
);

/** n8n's record of a node that ran before and gave `items`. */
const ran = (items: INodeExecutionData[]): IRunData => ({
	Middle: [
		{
			...{ startTime: 0, executionTime: 0, executionIndex: 0, source: [] },
			executionStatus: 'success',
			data: { main: [items] },
		},
	],
});
const two = ran(users('ok', 'broken').map((json) => ({ json })));
const fromMiddle = { previousNode: 'Middle' };

/**
 * n8n merges the input into items that go to the Error output, and looks the input up by its records of
 * the previous nodes. When that lookup throws, n8n drops what the node gave and sends the untouched
 * inputs down the first output.
 */
const ODD_ORIGINS: Array<
	[what: string, source: ITaskDataConnectionsSource['main'] | null, IRunData]
> = [
	['nowhere', null, {}],
	['an unknown node', [null], {}],
	['where no record tells', [], {}],
	['a node without a record', [fromMiddle], {}],
	['a node that gave fewer items', [fromMiddle], ran([])],
	['an output the node did not have', [{ ...fromMiddle, previousNodeOutput: 3 }], two],
	['a run that did not happen', [{ ...fromMiddle, previousNodeRun: 7 }], two],
	['a node that is no longer in the workflow', [{ previousNode: 'Deleted' }], two],
];

describe.each(ODD_ORIGINS)('items that come from %s', (_what, main, runData) => {
	test.each(ON_ERROR_MODES.slice(1))(
		'never leave by Contacted untouched, and each is reported once, with On Error = %s',
		async (onError) => {
			const origin = { source: main && { main }, runData: structuredClone(runData) };
			const items = setup(['ok', 'broken', ''], { onError });
			const { run, outputs } = await runNodeAfter(CONTACT_USER, origin, items);

			expect(run.status).toBe('success');
			expect(reportsOf(outputs[CONTACTED])).toMatchObject([{ userId: 'ok', outcome: 'contacted' }]);
			expect(outputs.flatMap(usersOf).sort()).toEqual(['', 'broken', 'ok']);
		},
	);
});

test('items with a sound origin bring the fields of the input to the Error output', async () => {
	const items = [{ userId: 'ok' }, { userId: 'broken', company: 'Example Ltd' }];
	const origin = { source: { main: [fromMiddle] }, runData: ran(items.map((json) => ({ json }))) };
	const { outputs } = await runNodeAfter(
		CONTACT_USER,
		origin,
		setup(items, { onError: 'continueErrorOutput' }),
	);

	expect(outputs[ERROR].map(({ json }) => json)).toMatchObject([{ company: 'Example Ltd' }]);
});

describe('Always Output Data', () => {
	const alwaysOutputData = true;
	const textsOf = ({ hints }: { hints: Array<{ message: string }> }) =>
		hints.map(({ message }) => message);

	it('adds nothing when an item left by Contacted', async () => {
		const run = await contact(MIXED, {
			onError: 'continueErrorOutput',
			node: { alwaysOutputData },
		});

		expect(run.outputs.flat()).toHaveLength(MIXED.length);
		expect(textsOf(run).join()).not.toContain('Always Output Data');
	});

	it('without a contact puts nothing on Contacted that reports one, and gives a hint that an empty item, if there is one, comes from n8n', async () => {
		const run = await contact(['busy', 'engaged'], { node: { alwaysOutputData } });

		expect(run.outputs[CONTACTED].flatMap(({ json }) => Object.keys(json))).toEqual([]);
		expect(run.outputs.slice(1).map(usersOf)).toEqual([['busy'], [], ['engaged'], []]);
		expect(textsOf(run)).toEqual([
			expect.stringMatching(
				/<br>Nobody was contacted\. An empty item on Contacted comes from .*Always/,
			),
		]);
	});

	// From n8n 3 on there is none: test/compat/releases.ts.
	it('up to n8n 2 puts an empty item on Contacted', async () => {
		const { outputs } = await contact(['busy'], { node: { alwaysOutputData } });

		expect(outputs[CONTACTED].map(({ json }) => json)).toEqual([{}]);
	});

	it('adds nothing to a single output, which is never empty', async () => {
		const run = await contact(['busy'], {
			options: { singleOutput: true },
			node: { alwaysOutputData },
		});

		expect(usersOf(run.outputs[0])).toEqual(['busy']);
		expect(run.hints).toEqual([]);
	});
});

test('a hint tells what left by Config Error; a version of n8n that knows no hints runs the node all the same', async () => {
	const told = await contact(['wrong', 'ok']);
	expect(told.hints).toMatchObject([{ message: expect.stringMatching(/^1 item left by Config/) }]);

	const { execute } = ContactUser.prototype;
	const spy = jest.spyOn(ContactUser.prototype, 'execute').mockImplementation(async function (
		this: IExecuteFunctions,
	) {
		return await execute.call(Object.create(this, { addExecutionHints: { value: undefined } }));
	});
	const { run, outputs, hints } = await contact(['wrong-1', 'noa']);
	expect([run.status, hints]).toEqual(['success', []]);
	expect(usersOf(outputs[CONTACTED])).toEqual(['noa']);
	expect(usersOf(outputs[CONFIGURATION_ERROR])).toEqual(['wrong-1']);
	spy.mockRestore();
});
