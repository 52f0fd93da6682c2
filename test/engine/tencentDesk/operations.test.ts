import { useSimulator, byId } from '../desk';
import { DEFAULT_ACCOUNT } from '../../../simulator/world';
import { runTencentDesk } from './harness';

const simulator = useSimulator();

test('Message: Send leaves the text with the user', async () => {
	const { items, linked } = await runTencentDesk({
		items: [{ userId: 'mia' }, { userId: 'leo' }],
		parameters: {
			resource: 'message',
			operation: 'send',
			customerServiceAccount: byId(DEFAULT_ACCOUNT),
			userId: '={{ $json.userId }}',
			text: '=Hello {{ $json.userId }}',
		},
		credential: simulator().credential,
	});

	expect(simulator().messages).toMatchObject([
		{ account: DEFAULT_ACCOUNT, userId: 'mia', text: 'Hello mia' },
		{ account: DEFAULT_ACCOUNT, userId: 'leo', text: 'Hello leo' },
	]);
	expect(items.map(({ json }) => json)).toEqual([
		{
			sent: true,
			sessionId: null,
			userId: 'mia',
			customerServiceAccount: DEFAULT_ACCOUNT,
			messageRandom: simulator().messages[0].random,
			answer: {},
		},
		{
			sent: true,
			sessionId: null,
			userId: 'leo',
			customerServiceAccount: DEFAULT_ACCOUNT,
			messageRandom: simulator().messages[1].random,
			answer: {},
		},
	]);
	expect(linked).toEqual([{ userId: 'mia' }, { userId: 'leo' }]);
});
