import './quiet';

import type { IDataObject } from 'n8n-workflow';

import type { Simulator } from '../../simulator/contract';
import { CONFIGURATION_ERROR, CONTACTED, ON_ERROR_MODES, reportsOf } from '../engine/desk';
import { runContactUser } from '../engine/harness';
import {
	contactedUsers,
	contactsIn,
	numberedUsers,
	setupOf,
	sortedUsers,
	withSimulator,
} from './batch';

const ITEMS = numberedUsers(200);

/** What is wrong, and the code Desk answers it with: one for every command, one for contacts alone. */
const REFUSALS: Array<{
	cause: string;
	code: number;
	credential?: IDataObject;
	breakWorld?: (simulator: Simulator) => void;
}> = [
	{ cause: 'a wrong secret key', code: 70009, credential: { secretKey: 'wrong' } },
	{
		cause: 'a contact feature that is turned off',
		code: 141014,
		breakWorld: ({ world }) => (world.apps[0].contactUser = false),
	},
];

// Loads and compiles what the first request needs: on a busy machine that takes longer than the first request goes alone.
beforeAll(async () => {
	await withSimulator({}, async (simulator) => {
		await runContactUser(setupOf(simulator, numberedUsers(1)));
	});
});

describe.each(REFUSALS)('with $cause', ({ code, credential, breakWorld }) => {
	test.each(ON_ERROR_MODES)(
		'exactly one of 200 requests leaves, and every item tells the truth (%s)',
		async (onError) => {
			await withSimulator({ latencyMs: 20 }, async (simulator) => {
				breakWorld?.(simulator);

				const { run, outputs } = await runContactUser({
					...setupOf(simulator, ITEMS, {}, { onError }),
					credential: { ...simulator.credential, ...credential },
				});

				expect(simulator.requests).toHaveLength(1);
				expect(run.status).toBe('success');
				const reports = reportsOf(outputs[CONFIGURATION_ERROR]);
				expect(reports.map(({ userId }) => userId)).toEqual(ITEMS.map(({ userId }) => userId));
				expect(new Set(reports.map(({ errorCode }) => errorCode))).toEqual(new Set([code]));
				const [sent, ...others] = reports;
				expect([sent.attempts, sent.message]).toEqual([1, expect.not.stringMatching(/not sent/i)]);
				for (const other of others) {
					expect([other.attempts, other.message]).toEqual([0, expect.stringMatching(/^Not sent/)]);
				}
			});
		},
	);
});

test('one of two applications in a batch is refused, and the other goes on', async () => {
	await withSimulator({ latencyMs: 20 }, async (simulator) => {
		const [good, withoutDesk] = simulator.world.apps;
		const items = ITEMS.map(({ userId }, index) => {
			const app = index % 2 === 0 ? withoutDesk : good;
			return { userId, app: app.sdkAppId, key: app.secretKey };
		});

		const { outputs } = await runContactUser({
			...setupOf(simulator, items),
			credential: {
				...simulator.credential,
				sdkAppId: '={{ $json.app }}',
				secretKey: '={{ $json.key }}',
			},
		});

		const goodUsers = items.filter(({ app }) => app === good.sdkAppId);
		expect(contactedUsers(simulator)).toEqual(sortedUsers(goodUsers));
		expect(outputs[CONTACTED]).toHaveLength(100);
		expect(contactsIn(simulator).filter(({ errorCode }) => errorCode === 141000)).toHaveLength(1);
		const refused = reportsOf(outputs[CONFIGURATION_ERROR]);
		expect(refused.map(({ errorCode }) => errorCode)).toEqual(Array(100).fill(141000));
		expect(refused.filter(({ attempts }) => attempts === 0)).toHaveLength(99);
	});
});
