import { codeOf, contact, send, signedUrl, useSimulator, type Call } from './client';

const simulator = useSimulator();

const query = (fields: Call['query']): Call => ({ query: fields });
const path = (of: string): Call => ({ path: of });
const body = (text: string): Call => ({ body: text });

test.each<[code: number, what: string, call: Call]>([
	[60002, 'GET instead of POST', { method: 'GET' }],
	[60002, 'PUT instead of POST', { method: 'PUT' }],
	[60002, 'a path without a command', path('/v4/desk_http_svc')],
	[60002, 'a path with a slash too many', path('/v4/desk_http_svc/contact_user/')],
	[60002, 'a path that cannot be decoded', path('/v4/desk_http_svc/%zz')],
	[60002, 'another version', path('/v5/desk_http_svc/contact_user')],
	[60009, 'another service', path('/v4/im_open_login_svc/account_check')],
	[60009, 'another service with a command of ours', path('/v4/desk_http/contact_user')],
	[60009, 'a command that does not exist', { command: 'contact_users' }],
	[60009, 'a command in capitals', { command: 'CONTACT_USER' }],
	[60012, 'no SDKAppID', query({ sdkappid: undefined })],
	[60012, 'an empty SDKAppID', query({ sdkappid: '' })],
	[60012, 'a name in capitals', query({ sdkappid: undefined, SDKAppID: '1400000000' })],
	[60006, 'an SDKAppID with letters', query({ sdkappid: '14x' })],
	[60006, 'an SDKAppID with a blank', query({ sdkappid: ' 1400000000' })],
	[70020, 'an SDKAppID nobody has', query({ sdkappid: '1499999999' })],
	[60026, 'an SDKAppID of another data center', query({ sdkappid: '1400000002' })],
	[60025, 'no identifier', query({ identifier: undefined })],
	[60025, 'an empty identifier', query({ identifier: '' })],
	[60025, 'no random', query({ random: undefined })],
	[60025, 'a random beyond uint32', query({ random: '4294967296' })],
	[60025, 'a negative random', query({ random: '-1' })],
	[60025, 'a random that is no number', query({ random: 'abc' })],
	[60025, 'a random with a fraction', query({ random: '1.5' })],
	[60025, 'no contenttype', query({ contenttype: undefined })],
	[60025, 'another contenttype', query({ contenttype: 'xml' })],
	[60025, 'contenttype in capitals', query({ contenttype: 'JSON' })],
	[60003, 'no body', body('')],
	[60003, 'text that is no JSON', body('{"ClientUserID":')],
	[60003, 'an array', body('[]')],
	[60003, 'a string', body('"mia"')],
	[60003, 'null', body('null')],
	[93000, 'a body beyond a megabyte', contact('x'.repeat(1_100_000))],
])('%i: %s', async (code, _what, call) => {
	expect(await codeOf(simulator(), { ...contact('mia'), ...call })).toBe(code);
	expect(simulator().ledger).toEqual([]);
});

test('a query parameter given twice is refused', async () => {
	const url = `${signedUrl(simulator(), 'get_im_agent_list')}&random=2`;
	const answer = await fetch(url, { method: 'POST', body: '{}' });
	expect(await answer.json()).toMatchObject({ ErrorCode: 60025 });
});

test.each(['0', '4294967295'])('the end %s of the uint32 range is taken', async (random) => {
	const call = { command: 'get_im_agent_list', query: { random } };
	expect(await codeOf(simulator(), call)).toBe(0);
});

test('every answer is HTTP 200 with the documented envelope', async () => {
	const { status, headers, data } = await send(simulator(), { query: { sdkappid: undefined } });

	expect(status).toBe(200);
	expect(headers['content-type']).toContain('application/json');
	expect(data).toEqual({
		ActionStatus: 'FAIL',
		ErrorCode: 60012,
		ErrorInfo: 'SDKAppID is missing in the URL',
	});
	expect((await send(simulator(), contact('mia'))).data).toEqual({
		...{ ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '', MemberId: 'anna@example.com' },
	});
});
