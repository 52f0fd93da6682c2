import type { INodeParameters } from 'n8n-workflow';

import { runTencentDesk } from './harness';
import { useStubDesk } from './stubDesk';

const stub = useStubDesk();

/** Runs a look-up under On Error = Continue. */
async function run(name: string, fields: INodeParameters = {}, timezone?: string) {
	const [resource, operation] = name.split('.');
	const done = await runTencentDesk({
		parameters: { resource, operation, ...fields },
		node: { onError: 'continueRegularOutput' },
		credential: stub().credential,
		timezone,
	});
	return { ...done, results: done.items.map(({ json }) => json) };
}

describe('the time of Session: Get Many', () => {
	const asked = () =>
		stub().calls.map(({ body }) =>
			[body.StartTimestamp, body.EndTimestamp].map((at) =>
				new Date(Number(at) * 1000).toISOString().slice(0, 19),
			),
		);

	test.each([
		['2026-01-31', '2026-01-31', '2026-01-31T05:00:00', '2026-02-01T04:59:59'],
		['2026-01-31 09:00:00+00', '2026-01-31T09:00', '2026-01-31T09:00:00', '2026-01-31T14:00:00'],
		[
			'={{ DateTime.fromISO("2026-01-31T09:00Z") }}',
			'={{ new Date("2026-01-31T10:00Z") }}',
			'2026-01-31T09:00:00',
			'2026-01-31T10:00:00',
		],
		['', '2026-01-31', '2026-01-31T04:59:59', '2026-02-01T04:59:59'],
	])('from %s to %s in New York is %s to %s in UTC', async (from, to, start, end) => {
		await run('session.getMany', { from, to }, 'America/New_York');

		expect(asked()).toEqual([[start, end]]);
	});

	test.each([
		['2026-01-31 9:00', 'UTC', 'From is not a date and time, so nothing was sent.'],
		[
			'2026-01-31',
			'Asia/Beijing',
			'From cannot be read, since Node.js does not know the time zone "Asia/Beijing", so nothing was sent.',
		],
	])('%s in %s is refused by name, and nothing was done', async (from, zone, error) => {
		const { results } = await run('session.getMany', { from }, zone);

		expect(results).toMatchObject([{ error, mayBeDone: false, retryLater: false }]);
		expect(stub().calls).toEqual([]);
	});
});

test('Session: Get Messages gives what was written as it was written, and raw what Desk said', async () => {
	const Text = `Line 1\r\nשלום\u200f\u202b! https://example.com/eJ${'a'.repeat(60)}`;
	const Messages = [
		{
			FromAccount: 'mia',
			FromAccountRole: 1,
			MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text } }],
			Timestamp: 1,
		},
	];
	stub().script = () => ({ TotalCount: 1, Messages });
	const { results } = await run('session.getMessages', {
		sessionId: 's-1',
		options: { raw: true },
	});

	expect(results).toMatchObject([{ text: Text, raw: Messages[0] }]);
});

test('Session: Get Messages of a session that is not there says that one that has ended would do', async () => {
	stub().script = () => 141005;
	const { results } = await run('session.getMessages', { sessionId: 's-1' });

	expect(results).toMatchObject([
		{
			error: 'The session does not exist.',
			advice: expect.stringContaining('Messages of a session that has ended can be read too.'),
		},
	]);
});
