import './execution';

import fc from 'fast-check';

import { violationsOf } from './judge';
import { perform } from './play';
import { anyPlan } from './plans';

test('over all executions of a process, nobody is contacted twice or forgotten, and every report is true', async () => {
	const seen = { executions: 0, tries: 0, requests: 0, contacts: 0 };
	await fc.assert(
		fc.asyncProperty(anyPlan, async (plan) => {
			const performance = await perform(plan);
			seen.executions += performance.played.length;
			seen.tries += performance.played.reduce((sum, { tries }) => sum + tries.length, 0);
			seen.requests += performance.log.length;
			seen.contacts += performance.log.filter(
				({ committedAt }) => committedAt !== undefined,
			).length;
			expect(violationsOf(performance)).toEqual([]);
		}),
		// To find the smallest plan that fails may take longer than the test may: then the smallest so far is told.
		{ numRuns: Number(process.env.PLANS ?? 300), interruptAfterTimeLimit: 300_000 },
	);
	expect(seen.contacts).toBeGreaterThan(100);
}, 600_000);
