import { sleep, type INodeParameters } from 'n8n-workflow';

import { appOf, readDeskAccount, type DeskAccount } from '../../../credentials/deskAccount';
import { applicationOf } from '../../../nodes/shared/delivery/process';
import { runTencentDesk, startTencentDesk } from './harness';
import { useStubDesk } from './stubDesk';

const stub = useStubDesk();

const send = async (options: INodeParameters, fields: INodeParameters = {}, items = [{ n: 1 }]) =>
	await runTencentDesk({
		items,
		parameters: {
			...{ resource: 'message', operation: 'send', target: 'session', text: 'Hello' },
			...{ sessionId: '=s-{{ $json.n }}', options, ...fields },
		},
		node: { onError: 'continueRegularOutput' },
		credential: stub().credential,
	});
const commands = () => stub().calls.map(({ command }) => command);

test('Simulate Only changes nothing, asks once whether the credential is right, and says so in each item', async () => {
	const { items } = await send({ simulateOnly: true }, {}, [{ n: 1 }, { n: 2 }]);

	expect(commands()).toEqual(['get_im_agent_list']);
	expect(items.map(({ json }) => json)).toMatchObject([
		{ sessionId: 's-1', simulated: true },
		{ sessionId: 's-2', simulated: true },
	]);
});

test('Simulate Only finds a bad value and a wrong key as a run does', async () => {
	const { items } = await send({ simulateOnly: true }, { text: '={{ "" }}' });
	expect(items[0].json.error).toMatch(/^Text is empty/);

	stub().script = () => 70009;
	const { items: refused } = await send({ simulateOnly: true });
	expect(refused[0].json).toMatchObject({ errorCode: 70009, sessionId: 's-1' });
	expect(commands()).toEqual(['get_im_agent_list']);
});

test('items that are only simulated, by an expression, hold up none of a large run', async () => {
	const items = Array.from({ length: 250 }, (_, n) => ({ n }));
	const { items: results } = await send({ simulateOnly: '={{ $json.n === 0 }}' }, {}, items);

	expect(results.filter(({ json }) => json.simulated).length).toBe(1);
	expect(commands().filter((command) => command === 'send_msg').length).toBe(249);
});

test('a simulation that is stopped during its check leaves nothing behind in the process', async () => {
	stub().script = () => {};
	const { execution, finished } = startTencentDesk({
		parameters: {
			...{ resource: 'session', operation: 'end', sessionId: 's-1' },
			options: { simulateOnly: true },
		},
		credential: stub().credential,
	});
	while (commands().length === 0) await sleep(20);
	execution.cancel();
	expect((await finished).run.status).toBe('canceled');

	await sleep(1000);
	const reading = readDeskAccount(stub().credential);
	const { limiter } = applicationOf(appOf((reading as { account: DeskAccount }).account));
	expect(limiter.isIdle()).toBe(true);
	expect(commands()).toEqual(['get_im_agent_list']);
});

test.each(['={{ "perhaps" }}', "={{ $('Nowhere').item.json.x }}"])(
	'Simulate Only that cannot be read (%s) sends nothing',
	async (simulateOnly) => {
		const { items } = await send({ simulateOnly });

		expect(items[0].json.error).toMatch(/, so nothing was sent\.$/);
		expect(commands()).toEqual([]);
	},
);

test('Include Input Fields keeps the customer behind a result and behind an error; the fields of the node win', async () => {
	const customer = { n: 1, deal: 7, sessionId: 'of the deal', error: 'of before' };
	stub().script = ({ before }) => (before === 0 ? 0 : 141005);
	const { items } = await send({ includeInputFields: true }, {}, [customer, { ...customer, n: 2 }]);

	const byDeal = items.map(({ json }) => json);
	expect(byDeal).toMatchObject([
		{ deal: 7, sessionId: 's-1', sent: true },
		{ deal: 7, sessionId: 's-2', error: 'The session does not exist, or has ended.' },
	]);
	expect(byDeal[0]).not.toHaveProperty('error');
});

test('without it, an error item still names the receiver', async () => {
	stub().script = () => 141005;
	const { items } = await send({});

	expect(items[0].json).toMatchObject({ sessionId: 's-1', errorCode: 141005 });
	expect(items[0].json).not.toHaveProperty('n');
});
