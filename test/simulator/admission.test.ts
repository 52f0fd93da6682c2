import { ask, codeOf, contact, send, signedUrl, useSimulator } from './client';

const simulator = useSimulator();

test('a request in which everything is right is let in', async () => {
	expect(await ask(simulator(), contact('mia'))).toMatchObject({
		ActionStatus: 'OK',
		ErrorCode: 0,
		ErrorInfo: '',
		MemberId: 'anna@example.com',
	});
});

test.each([
	['GET instead of POST', { method: 'GET' }, 60002],
	['PUT instead of POST', { method: 'PUT' }, 60002],
	['a path without a command', { path: '/v4/desk_http_svc' }, 60002],
	['a path with a slash too many', { path: '/v4/desk_http_svc/contact_user/' }, 60002],
	['a path that cannot be decoded', { path: '/v4/desk_http_svc/%zz' }, 60002],
	['another version', { path: '/v5/desk_http_svc/contact_user' }, 60002],
	['another service', { path: '/v4/im_open_login_svc/account_check' }, 60009],
	['another service with a command of ours', { path: '/v4/desk_http/contact_user' }, 60009],
	['a command that does not exist', { command: 'contact_users' }, 60009],
	['a command in capitals', { command: 'CONTACT_USER' }, 60009],
])('%s is refused (%j)', async (_what, call, code) => {
	expect(await codeOf(simulator(), { ...contact('mia'), ...call })).toBe(code);
	expect(simulator().ledger).toEqual([]);
});

test.each([
	['no SDKAppID', { sdkappid: undefined }, 60012],
	['an empty SDKAppID', { sdkappid: '' }, 60012],
	['an SDKAppID with letters', { sdkappid: '14x' }, 60006],
	['an SDKAppID with a blank', { sdkappid: ' 1400000000' }, 60006],
	['an SDKAppID nobody has', { sdkappid: '1499999999' }, 70020],
	['an SDKAppID of another data center', { sdkappid: '1400000002' }, 60026],
	['a parameter name in capitals', { sdkappid: undefined, SDKAppID: '1400000000' }, 60012],
	['no identifier', { identifier: undefined }, 60025],
	['an empty identifier', { identifier: '' }, 60025],
	['no random', { random: undefined }, 60025],
	['a random beyond uint32', { random: '4294967296' }, 60025],
	['a negative random', { random: '-1' }, 60025],
	['a random that is no number', { random: 'abc' }, 60025],
	['a random with a fraction', { random: '1.5' }, 60025],
	['no contenttype', { contenttype: undefined }, 60025],
	['another contenttype', { contenttype: 'xml' }, 60025],
	['contenttype in capitals', { contenttype: 'JSON' }, 60025],
])('%s in the query is refused', async (_what, query, code) => {
	expect(await codeOf(simulator(), { ...contact('mia'), query })).toBe(code);
	expect(simulator().ledger).toEqual([]);
});

test('a query parameter given twice is refused', async () => {
	const url = `${signedUrl(simulator(), 'get_im_agent_list')}&random=2`;

	const answer = await fetch(url, { method: 'POST', body: '{}' });

	expect(await answer.json()).toMatchObject({ ErrorCode: 60025 });
});

test('both ends of the uint32 range are taken', async () => {
	const command = 'get_im_agent_list';
	expect(await codeOf(simulator(), { command, query: { random: '0' } })).toBe(0);
	expect(await codeOf(simulator(), { command, query: { random: '4294967295' } })).toBe(0);
});

test.each([
	['no body', ''],
	['text that is no JSON', '{"ClientUserID":'],
	['an array', '[]'],
	['a string', '"mia"'],
	['null', 'null'],
])('%s instead of a JSON object is refused', async (_what, body) => {
	const url = signedUrl(simulator(), 'get_im_agent_list');

	const answer = await fetch(url, { method: 'POST', body });

	expect(answer.status).toBe(200);
	expect(await answer.json()).toMatchObject({ ActionStatus: 'FAIL', ErrorCode: 60003 });
});

test('a body beyond a megabyte is refused as too long', async () => {
	const long = contact('x'.repeat(1_100_000));
	expect(await codeOf(simulator(), long)).toBe(93000);
	expect(simulator().ledger).toEqual([]);
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
});
