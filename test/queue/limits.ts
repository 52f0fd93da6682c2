import { strict as assert } from 'node:assert';

import type { Simulator } from '../../simulator/contract';
import { startSimulator } from '../../simulator/server';
import { createCredential, finishedExecution } from '../n8n/api';
import { CREDENTIAL_TYPE } from '../n8n/deskNodes';
import {
	contacted,
	numbered,
	serveBatches,
	startBatch,
	workerOf,
	type Case,
	type Lab,
} from './lab';

/** Tencent's, for most commands. */
const LIMIT = 200;
/** Far below the default pace, so that some requests are refused on the slowest machine. */
const LOW_LIMIT = 40;
let credentials = 0;

export const limits: Case[] = [
	{
		name: `two batches at once against a limit of ${LOW_LIMIT} per second, at the default pace: refused requests are sent again, nobody is lost, nobody is contacted twice`,
		run: async (lab) => {
			const refused = await runTwoBatches(lab, LOW_LIMIT, 150, { maxRetries: 10 });
			assert.ok(refused > 0, 'some requests were refused');
		},
	},
	{
		name: 'with Requests per Second divided by the runs that may be under way at once, no request is refused',
		run: async (lab) => {
			const pace = { requestsPerSecond: (0.9 * LIMIT) / 2 };
			const refused = await runTwoBatches(lab, LIMIT, 400, pace);
			assert.equal(refused, 0);
		},
	},
];

/** Runs two batches at the same time, checks that everybody was contacted once. @returns how many requests were refused */
async function runTwoBatches(
	lab: Lab,
	limit: number,
	usersPerBatch: number,
	options: Record<string, number>,
): Promise<number> {
	const limited = await startSimulator({ requestsPerSecond: limit });
	try {
		const name = `Limited Desk ${++credentials}`;
		lab.secrets.add(limited.credential.secretKey);
		const data = limited.credential;
		await createCredential(lab.cluster.rest, { name, type: CREDENTIAL_TYPE, data });
		const node = {
			onError: 'continueRegularOutput' as const,
			credentials: { [CREDENTIAL_TYPE]: { id: null, name } },
			parameters: { options },
		};
		const batches = ['left', 'right'].map((side) => numbered(usersPerBatch, side));
		const served = [await serveBatches(lab, node), await serveBatches(lab, node)];
		const ids = await Promise.all(
			batches.map(async (users, index) => await startBatch(lab, served[index], users)),
		);
		const executions = await Promise.all(
			ids.map(async (id) => await finishedExecution(lab.cluster.rest, id)),
		);

		executions.forEach((execution, index) => {
			const reported = execution.outputs('Contact User')[0].map(({ json }) => json.userId);
			const missing = batches[index].filter((userId) => !reported.includes(userId));
			assert.deepEqual(missing, [], 'everybody is reported contacted');
		});
		assert.deepEqual(contacted(limited), batches.flat().sort());
		const names = await Promise.all(ids.map(async (id) => (await workerOf(lab, id))?.name));
		const refused = countRefused(limited);
		console.log(`     on ${names.join(' and ')}: ${refused} refused of ${limited.requests.length}`);
		return refused;
	} finally {
		await limited.close();
	}
}

function countRefused({ requests }: Simulator): number {
	return requests.filter(({ errorCode }) => errorCode === 60007).length;
}
