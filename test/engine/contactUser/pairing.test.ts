import type { INodeExecutionData, IRunData, ITaskDataConnectionsSource } from 'n8n-workflow';

import {
	CONTACTED,
	ON_ERROR_MODES,
	parameters,
	reportsOf,
	useSimulator,
	users,
	usersOf,
} from '../desk';
import { runContactUserAfter } from '../oddOrigin';

const simulator = useSimulator();

/** n8n's record of a node that ran before and gave `items`. */
const ran = (items: INodeExecutionData[]): IRunData => ({
	Middle: [
		{
			startTime: 0,
			executionTime: 0,
			executionIndex: 0,
			executionStatus: 'success',
			source: [],
			data: { main: [items] },
		},
	],
});
const fromMiddle: ITaskDataConnectionsSource = { main: [{ previousNode: 'Middle' }] };
const two = users('ok', 'broken').map((json): INodeExecutionData => ({ json }));

/**
 * n8n merges the input into items that go to the Error output, and looks the input up by its records of
 * the previous nodes. When that lookup throws, n8n drops what the node gave and sends the untouched
 * inputs down the first output.
 */
const ODD_ORIGINS: Array<{
	what: string;
	source: ITaskDataConnectionsSource | null;
	runData: IRunData;
}> = [
	{ what: 'come from nowhere', source: null, runData: {} },
	{ what: 'come from an unknown node', source: { main: [null] }, runData: {} },
	{ what: 'have no record of any source', source: { main: [] }, runData: {} },
	{ what: 'come from a node without a record', source: fromMiddle, runData: {} },
	{ what: 'come from a node that gave fewer items', source: fromMiddle, runData: ran([]) },
	{
		what: 'come from an output the node did not have',
		source: { main: [{ previousNode: 'Middle', previousNodeOutput: 3 }] },
		runData: ran(two),
	},
	{
		what: 'come from a run that did not happen',
		source: { main: [{ previousNode: 'Middle', previousNodeRun: 7 }] },
		runData: ran(two),
	},
	{
		what: 'come from a node that is no longer in the workflow',
		source: { main: [{ previousNode: 'Deleted' }] },
		runData: ran(two),
	},
];

describe.each(ODD_ORIGINS)('items that $what', ({ source, runData }) => {
	test.each(ON_ERROR_MODES.slice(1))(
		'never leave by Contacted untouched, and each is reported once, with On Error = %s',
		async (onError) => {
			simulator().plan('broken', { answer: 141002 });

			const { run, outputs } = await runContactUserAfter(
				{
					items: users('ok', 'broken', ''),
					parameters: parameters(),
					node: { onError },
					credential: simulator().credential,
				},
				{ source, runData: structuredClone(runData) },
			);

			expect(run.status).toBe('success');
			expect(reportsOf(outputs[CONTACTED])).toMatchObject([{ userId: 'ok', outcome: 'contacted' }]);
			expect(outputs.flatMap(usersOf).sort()).toEqual(['', 'broken', 'ok']);
		},
	);
});

test('items with a sound origin bring the fields of the input to the Error output', async () => {
	simulator().plan('broken', { answer: 141002 });
	const items = [{ userId: 'ok' }, { userId: 'broken', company: 'Example Ltd' }];

	const { outputs } = await runContactUserAfter(
		{
			items,
			parameters: parameters(),
			node: { onError: 'continueErrorOutput' },
			credential: simulator().credential,
		},
		{ source: fromMiddle, runData: ran(items.map((json) => ({ json }))) },
	);

	expect(outputs[4].map(({ json }) => json)).toMatchObject([{ company: 'Example Ltd' }]);
});
