import { readDeskAccount, DATA_CENTERS } from '../../../credentials/deskAccount';
import { TencentDeskApi } from '../../../credentials/TencentDeskApi.credentials';

const credential = new TencentDeskApi();
const { request, rules = [] } = credential.test;

const property = (name: string) => {
	const found = credential.properties.find((candidate) => candidate.name === name);
	if (found === undefined) throw new Error(`The credential has no field ${name}`);
	return found;
};

test('the Base URL is asked for only with the data center Custom', () => {
	expect(property('baseUrl').displayOptions).toEqual({ show: { dataCenter: ['custom'] } });
});

test('the administrator of a new application is filled in', () => {
	expect(property('adminUserId').default).toBe('administrator');
});

describe('the Test button', () => {
	/** As n8n evaluates it, with the fields of the credential. */
	function hostAsked($credentials: Record<string, unknown>): unknown {
		const expression = /^=\{\{(.*)\}\}$/s.exec(request.baseURL ?? '')?.[1];
		return new Function('$credentials', `return (${expression});`)($credentials);
	}

	test('asks for a list that needs no argument, with a body, since Desk refuses a request without one', () => {
		expect(request).toMatchObject({
			method: 'POST',
			url: '/v4/desk_http_svc/get_im_agent_list',
			body: '{}',
			headers: { 'Content-Type': 'application/json' },
		});
	});

	test.each<Record<string, string>>([
		...DATA_CENTERS.map(({ value }) => ({ dataCenter: value })),
		{ dataCenter: 'custom', baseUrl: 'https://proxy.example:8443' },
		{ dataCenter: 'custom', baseUrl: ' http://localhost:3000/ ' },
	])('asks the host that the node would ask: %p', (fields) => {
		const reading = readDeskAccount({
			...fields,
			sdkAppId: '1',
			adminUserId: 'a',
			secretKey: 'k',
		});
		if (!reading.ok) throw new Error(reading.problem.message);
		const host = String(hostAsked(fields));
		expect(new URL(host).origin).toBe(reading.account.origin);
		// A URL parser drops blanks; who joins host and path does not.
		expect(host).not.toMatch(/\s/);
	});

	test('asks nowhere when Custom has no Base URL yet', () => {
		expect(hostAsked({ dataCenter: 'custom' })).toBe('');
	});
});

describe('what the Test button says', () => {
	/** n8n takes the first rule whose value is `===` the one in the body. */
	function messageFor(body: Record<string, unknown>): string | undefined {
		for (const rule of rules) {
			if (rule.type !== 'responseSuccessBody') continue;
			const { key, value, message } = rule.properties;
			if (body[key] === value) return message;
		}
		return undefined;
	}
	const refused = (ErrorCode: number) => messageFor({ ActionStatus: 'FAIL', ErrorCode });

	test('nothing, when Desk answers OK', () => {
		expect(messageFor({ ActionStatus: 'OK', ErrorCode: 0, Data: [] })).toBeUndefined();
	});

	test.each([
		['a secret key of another application', 70009, /secret key.*SDKAppID/i],
		['an SDKAppID that does not exist', 60006, /SDKAppID is not valid/],
		['an SDKAppID that this data center does not know', 70020, /data center/],
		['an administrator who is none', 60010, /not an administrator/],
		['an application of another data center', 60026, /data center/],
		['an application without Desk', 141000, /not a Desk application/],
		['an application that is locked after many wrong signatures', 70050, /wait a minute/i],
		['a wrong clock', 70001, /clock/],
		['an application in arrears', 60020, /package|balance/],
		['an IP address that is not allowed', 60021, /IP address/],
	])('%s', (_name, code, words) => {
		expect(refused(code)).toMatch(words);
	});

	test('a code without words of its own is a refusal all the same', () => {
		expect(refused(141002)).toMatch(/^Tencent refused the request\./);
		expect(refused(-1)).toMatch(/^Tencent refused the request\./);
	});

	test('a web page, an empty answer or the JSON of another server is not the Desk API', () => {
		for (const body of [{}, { status: 'ok' }, { ActionStatus: 'OK' }, { ActionStatus: 'FAIL' }]) {
			expect(messageFor(body)).toMatch(/not the Desk API/);
		}
	});

	test('two sentences at least: what is wrong, and what to do about it', () => {
		for (const rule of rules) {
			expect(rule.properties.message).toMatch(/^[A-Z].*\. .*\.$/);
		}
	});
});
