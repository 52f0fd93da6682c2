jest.mock('../../../../nodes/shared/desk/callDesk');

import type { IExecuteFunctions } from 'n8n-workflow';

import { contactInTurn, type Run } from '../../../../nodes/ContactUser/contact/userTurn';
import { openRetryMemory } from '../../../../nodes/shared/delivery/retryMemory';
import type { ContactResult } from '../../../../nodes/ContactUser/result';
import { readOptions } from '../../../../nodes/ContactUser/runOptions';
import { callDesk } from '../../../../nodes/shared/desk/callDesk';
import { CLOCK, RATE_LIMITERS } from '../../../../nodes/shared/delivery/process';
import { createScheduler } from '../../../../nodes/shared/sending/scheduler';

const context = { logger: { error: () => {} } } as unknown as IExecuteFunctions;
const account = {
	origin: 'https://desk.example',
	sdkAppId: 1_450_000_001,
	adminUserId: 'administrator',
	secretKey: 'x',
};

test('a result that stops the run is told before the next contact of the same user begins', async () => {
	jest.mocked(callDesk).mockResolvedValue({ kind: 'httpError', httpStatus: 403 });
	const { options } = readOptions({});
	const scheduler = createScheduler<ContactResult>(options, {
		clock: CLOCK,
		limiterOf: RATE_LIMITERS.of,
	});
	const run: Run = {
		...{ options, scheduler, mode: 'stop', contacts: new Map() },
		memory: openRetryMemory(undefined, { unixMs: Date.now, processMs: CLOCK.now, processId: 1 }),
		parametersOf: () => {
			throw new Error('The parameters are read before');
		},
		onResult: () => scheduler.halt(),
	};
	const results: ContactResult[] = [];
	await scheduler.forEach(2, async (i, slot) => {
		const request = { userId: 'mia', customerServiceAccount: '@a', agentGroup: i + 1, agent: null };
		results[i] = await contactInTurn(context, request, { account, data: {} }, i, slot, run);
	});

	expect(callDesk).toHaveBeenCalledTimes(1);
	expect(results).toMatchObject([{ outcome: 'failed' }, { notTried: true }]);
});
