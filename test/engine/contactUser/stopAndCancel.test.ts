import { hideSession, parameters, useSimulator, users } from '../desk';
import { runContactUser } from '../harness';

const simulator = useSimulator();

describe('Stop Workflow', () => {
	it('tells which user stopped it, who was contacted and how many were not tried', async () => {
		const userIds = ['ann', 'ben', 'broken', 'cleo', 'dan', 'eva'];
		simulator().plan('broken', { answer: 141002 });

		const { run, error, outputs } = await runContactUser({
			items: users(...userIds),
			parameters: parameters({}, { concurrency: 1 }),
			credential: simulator().credential,
		});

		expect(run.status).toBe('error');
		expect(outputs.flat()).toEqual([]);
		expect(error?.message).toMatch(/^User broken: .*\[item 3 of 6\]$/);
		expect(error?.description).toContain(
			'Contacted: 2 users (ann, ben). Not contacted: 1 item. Not tried: 3 items.',
		);
		expect(simulator().ledger.map(({ userId }) => userId)).toEqual(['ann', 'ben']);
	});

	it('lets the requests in flight finish before it throws', async () => {
		simulator().plan('slow', { delayMs: 400 });
		simulator().plan('broken', { answer: 141002 });

		const { error } = await runContactUser({
			items: users('first', 'slow', 'broken', 'never'),
			parameters: parameters({}, { concurrency: 2 }),
			credential: simulator().credential,
		});

		expect(error?.description).toContain('Contacted: 2 users (first, slow).');
		expect(simulator().ledger.map(({ userId }) => userId)).toEqual(['first', 'slow']);
	});

	it('names the user that failed first, also when another one in flight fails after it', async () => {
		simulator().plan('slow', { fault: 'hang' });
		hideSession(simulator(), 'slow');
		simulator().plan('quick', { answer: 141002 });

		const { error } = await runContactUser({
			items: users('first', 'slow', 'quick', 'never'),
			parameters: parameters({}, { concurrency: 2, timeout: 1000 }),
			credential: simulator().credential,
		});

		expect(error?.message).toMatch(/^User quick: .*\[item 3 of 4\]$/);
		expect(error?.description).toContain('Unclear, perhaps contacted: 1 user (slow).');
	});
});
