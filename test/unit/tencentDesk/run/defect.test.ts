import type { IExecuteFunctions } from 'n8n-workflow';

import { getReception } from '../../../../nodes/TencentDesk/operations/reception';
import { endSession } from '../../../../nodes/TencentDesk/operations/session';
import { runItem } from '../../../../nodes/TencentDesk/run/runItem';

test.each([
	['a change, once it was sent', endSession, 'says', true, 'not known whether it was done'],
	['a change, before it was sent', endSession, 'body', false, 'nothing was changed'],
	['a look-up, once it was sent', getReception, 'says', false, 'nothing was changed'],
])(
	'a defect in %s is logged by where it happened, never by its text, and says what is known',
	async (_what, operation, where, mayBeDone, words) => {
		const logged: string[] = [];
		const body = JSON.stringify({ ActionStatus: 'OK', ErrorCode: 0 });
		const context = {
			getNode: () => ({ name: 'Who Is Free?' }),
			getTimezone: () => 'UTC',
			getCredentials: async () => ({ sdkAppId: '1400000000', adminUserId: 'a', secretKey: 'x' }),
			helpers: {
				httpRequestWithAuthentication: async () => ({ statusCode: 200, headers: {}, body }),
			},
			logger: { error: (text: string) => logged.push(text) },
		} as unknown as IExecuteFunctions;
		const breaksDown = () => {
			throw new TypeError('what was sent');
		};
		const done = await runItem(context, 3, {
			...{ mode: 'stop', isStopped: () => false, seed: '' },
			...{ refusals: new Map(), outages: new Map() },
			operation: { ...operation, work: { ...operation.work, [where]: breaksDown } as never },
			parameterOf: () => ({ value: 's-1' }),
		});

		expect(done).toMatchObject({
			kind: 'failed',
			failure: { mayBeDone, message: expect.stringContaining(words) },
		});
		const [first, ...frames] = logged.join('\n').split('\n');
		expect(first).toBe('Who Is Free? met an unexpected TypeError at item 4');
		expect(frames[0]).toMatch(/^\s+at .*breaksDown.*defect\.test\.ts/);
		expect(logged.join('\n')).not.toContain('what was sent');
	},
);
