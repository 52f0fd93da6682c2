import { CONTACTED, parameters, reportsOf, useSimulator } from '../desk';
import { FROM_ITEM, good } from '../itemParameters';
import { runContactUser } from '../harness';

const simulator = useSimulator();

test('a User ID that is a number is sent as text', async () => {
	const { outputs } = await runContactUser({
		items: [{ ...good(''), userId: 4711 }],
		parameters: parameters(FROM_ITEM),
		credential: simulator().credential,
	});

	expect(reportsOf(outputs[CONTACTED])).toMatchObject([{ userId: '4711' }]);
	expect(simulator().ledger).toMatchObject([{ userId: '4711' }]);
});

test('Agent Group and Agent may be empty, and Desk then decides by itself', async () => {
	const { outputs } = await runContactUser({
		items: [{ ...good('mia'), group: '', agent: '' }],
		parameters: parameters(FROM_ITEM),
		credential: simulator().credential,
	});

	expect(reportsOf(outputs[CONTACTED])).toMatchObject([{ agentGroup: null, agent: null }]);
	expect(simulator().ledger).toMatchObject([{ userId: 'mia', agentGroup: null }]);
});

test('the agent group is sent as a number, and group and agent stand in the report', async () => {
	const { outputs } = await runContactUser({
		items: [{ ...good('mia'), group: '1001' }],
		parameters: parameters(FROM_ITEM),
		credential: simulator().credential,
	});

	expect(reportsOf(outputs[CONTACTED])).toMatchObject([
		{ agentGroup: 1001, agent: 'anna@example.com', assignedAgent: 'anna@example.com' },
	]);
	expect(simulator().ledger).toMatchObject([{ agentGroup: 1001, agent: 'anna@example.com' }]);
});
