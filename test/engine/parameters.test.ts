import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { DEFAULT_ACCOUNT } from '../../simulator/world';
import { byId, CONTACTED, parameters, reportsOf, useSimulator } from './desk';
import { runContactUser } from './harness';

const simulator = useSimulator();

/** Every parameter is an expression of the item. */
const FROM_ITEM: INodeParameters = {
	userId: '={{ $json.userId }}',
	customerServiceAccount: byId('={{ $json.account }}'),
	agentGroup: byId('={{ $json.group }}'),
	agent: byId('={{ $json.agent }}'),
};

const good = (userId: string): IDataObject => ({
	userId,
	account: DEFAULT_ACCOUNT,
	group: 1001,
	agent: 'anna@example.com',
});

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
