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

/** What is wrong, and the code Desk answers it with. */
const REFUSALS: Array<{
	cause: string;
	code: number;
	credential?: IDataObject;
	breakWorld?: (simulator: Simulator) => void;
}> = [
	{ cause: 'a wrong secret key', code: 70009, credential: { secretKey: 'wrong' } },
	{ cause: 'an unknown SDKAppID', code: 70020, credential: { sdkAppId: '1499999999' } },
	{
		cause: 'an administrator without permission',
		code: 60010,
		credential: { adminUserId: 'somebody' },
	},
	{
		cause: 'an application without Desk',
		code: 141000,
		breakWorld: ({ world }) => (world.apps[0].desk = false),
	},
	{
		cause: 'another data center',
		code: 60026,
		breakWorld: ({ world }) => (world.apps[0].dataCenter = 'elsewhere'),
	},
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

test.each([1, 10, 50])(
	'a key revoked at item 100 costs no more than what is in flight (%i at once)',
	async (concurrency) => {
		const simulator: { current?: Simulator } = {};
		let served = 0;
		const onRequest = () => {
			if (++served === 100 && simulator.current) {
				simulator.current.world.apps[0].secretKey = 'a-new-key';
			}
		};
		await withSimulator({ latencyMs: 20, onRequest }, async (started) => {
			simulator.current = started;

			const { outputs } = await runContactUser(
				setupOf(started, ITEMS, { concurrency, requestsPerSecond: 0 }),
			);

			const refused = contactsIn(started).filter(({ errorCode }) => errorCode !== 0);
			expect(refused.length).toBeGreaterThanOrEqual(1);
			expect(refused.length).toBeLessThanOrEqual(concurrency);
			expect(started.ledger).toHaveLength(100);
			expect(
				reportsOf(outputs[CONTACTED])
					.map(({ userId }) => userId)
					.sort(),
			).toEqual(contactedUsers(started));
			const others = reportsOf(outputs[CONFIGURATION_ERROR]);
			expect(others).toHaveLength(100);
			const attempted = others.filter(({ attempts }) => attempts === 1);
			expect(attempted).toHaveLength(refused.length);
			for (const { attempts, message, errorCode } of others) {
				expect(errorCode).toBeGreaterThan(0);
				if (attempts === 0) expect(message).toMatch(/^Not sent/);
			}
		});
	},
);

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

test('the first request of an application goes alone, whatever it meets', async () => {
	await withSimulator({}, async (simulator) => {
		simulator.plan('user-0', { delayMs: 400 });

		await runContactUser(setupOf(simulator, numberedUsers(20), { concurrency: 20 }));

		const [first, second] = simulator.requests;
		expect(first.userId).toBe('user-0');
		expect(second.at - first.at).toBeGreaterThanOrEqual(395);
	});
});
