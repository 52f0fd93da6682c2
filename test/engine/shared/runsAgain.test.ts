import { mayRunAgain } from '../../../nodes/shared/n8n/runItems';
import { runsAgain } from '../../unit/contactUser/executions/runsAgain';
import { stageOf, start } from '../execution';
import { connectTo, createWorkflow, emits, node, stubNodeType } from '../testWorkflow';

/** How often n8n runs a node that throws, or whose first item carries this as `error`. */
async function runsOnEngine(retryOnFail: boolean, leave: () => unknown): Promise<number> {
	let runs = 0;
	const failing = stubNodeType('failing', async () => {
		runs++;
		return [[{ json: { error: leave() } as never }, { json: { error: 'of a later item' } }]];
	});
	const nodes = [
		node('Start', 'test.start'),
		node('Failing', 'test.failing', { retryOnFail, maxTries: 3, waitBetweenTries: 1 }),
	];
	const made = createWorkflow(
		nodes,
		{ Start: { main: [[connectTo('Failing')]] } },
		{ 'test.start': emits({}), 'test.failing': failing },
	);
	await start(stageOf(made));
	return runs;
}

const ERRORS: unknown[] = [undefined, '', 0, {}, [], true, 'text', { outcome: 'failed' }];

/** Whether n8n comes back, as n8n does it, as the node takes it, and as the played n8n does. */
async function comesBack(retryOnFail: boolean, error: unknown): Promise<boolean[]> {
	const outputs = [[{ json: { error } as never }]];
	return [
		(await runsOnEngine(retryOnFail, () => error)) > 1,
		mayRunAgain({ retryOnFail }, outputs),
		retryOnFail && runsAgain({ outputs }),
	];
}

test.each(ERRORS)(
	'Retry On Fail comes back for a first item with the error %j, or does not',
	async (error) => {
		const does = error !== undefined;
		expect(await comesBack(true, error)).toEqual([does, does, does]);
		expect(await comesBack(false, error)).toEqual([false, false, false]);
	},
);

test.each([null, false])('Retry On Fail does not come back for an error of %j', async (error) => {
	expect(await comesBack(true, error)).toEqual([false, false, false]);
});

test('Retry On Fail comes back for a throw', async () => {
	const fail = () => {
		throw new Error('It fails');
	};
	expect(await runsOnEngine(true, fail)).toBe(3);
	expect(await runsOnEngine(false, fail)).toBe(1);
	expect(runsAgain({ error: new Error('It fails') })).toBe(true);
});
