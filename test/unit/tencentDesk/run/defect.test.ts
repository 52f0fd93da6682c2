import type { IExecuteFunctions } from 'n8n-workflow';

import { getReception } from '../../../../nodes/TencentDesk/operations/reception';
import { runItem } from '../../../../nodes/TencentDesk/run/runItem';

test('a defect of the node is logged by where it happened, never by its text, and is told as not known', async () => {
	const logged: string[] = [];
	const context = {
		getNode: () => ({ name: 'Who Is Free?' }),
		getCredentials: async () => ({ sdkAppId: '1400000000', adminUserId: 'a', secretKey: 'x' }),
		logger: { error: (text: string) => logged.push(text) },
	} as unknown as IExecuteFunctions;
	const breaksDown = () => {
		throw new TypeError('what was sent');
	};
	const done = await runItem(context, 3, {
		...{ mode: 'stop', isStopped: () => false, seed: '', refusals: new Map(), outages: new Map() },
		operation: { ...getReception, fields: { broken: { read: breaksDown } as never } },
		parameterOf: () => ({ value: '' }),
	});

	expect(done).toMatchObject({ kind: 'failed', failure: { mayBeDone: true } });
	const [first, ...frames] = logged.join('\n').split('\n');
	expect(first).toBe('Who Is Free? met an unexpected TypeError at item 3');
	expect(frames[0]).toMatch(/^\s+at .*breaksDown.*defect\.test\.ts/);
	expect(logged.join('\n')).not.toContain('what was sent');
});
