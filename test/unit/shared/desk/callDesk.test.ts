import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { callDesk } from '../../../../nodes/shared/desk/callDesk';

// Real HTTP is for the engine tests; what only n8n's own time-out does cannot be told from ours by an answer.
test('n8n is told the time-out too, which ends a silent connection half a second before our deadline', async () => {
	const asked: IHttpRequestOptions[] = [];
	const context = {
		helpers: {
			async httpRequestWithAuthentication(_type: string, options: IHttpRequestOptions) {
				asked.push(options);
				return { statusCode: 200, headers: {}, body: '{"ActionStatus":"OK","ErrorCode":0}' };
			},
		},
	} as unknown as IExecuteFunctions;
	const account = { origin: 'https://desk.example', sdkAppId: 1, adminUserId: 'a', secretKey: 'k' };
	const call = { command: 'contact_user' as const, body: {}, timeoutMs: 7000 };

	const reply = await callDesk(context, { ...call, credential: { account, data: {} } });

	expect(reply).toMatchObject({ kind: 'answer', errorCode: 0 });
	expect(asked).toMatchObject([{ timeout: 7000 }]);
});
