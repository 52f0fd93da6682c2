import axios from 'axios';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { CREDENTIAL, SECRET_KEY, sign } from './credential';

const OWN = 'https://console.tim.qq.com';
interface Target {
	url?: string;
	uri?: string;
	baseURL?: string;
}

const refusalOf = async (target: Target, credential?: IDataObject): Promise<string> => {
	try {
		await sign(target, credential);
	} catch (error) {
		return (error as Error).message;
	}
	return 'signed';
};

describe('requests to the own host are signed', () => {
	test.each<[string, Target]>([
		['an absolute URL', { url: `${OWN}/v4/desk_http_svc/contact_user` }],
		['a URL with a query', { url: `${OWN}/v4/x?a=1#b` }],
		['the bare host', { url: OWN }],
		['the default port written out', { url: `${OWN}:443/v4/x` }],
		['a host in capitals', { url: 'HTTPS://CONSOLE.TIM.QQ.COM/v4/x' }],
		['a path on the own base URL', { url: '/v4/x', baseURL: OWN }],
		['a path without a slash on the own base URL', { url: 'v4/x', baseURL: `${OWN}/` }],
		['only a base URL', { url: '', baseURL: OWN }],
		['uri instead of url, as the HTTP Request node says it', { uri: `${OWN}/v4/x` }],
		['an absolute URL on the own base URL', { url: `${OWN}/v4/x`, baseURL: OWN }],
		['a path that looks like another host', { url: '/https://evil.example/', baseURL: OWN }],
	])('%s', async (_name, target) => {
		expect(await sign(target)).toMatchObject({ ...target, qs: { sdkappid: 1400000000 } });
	});
});

describe('requests to any other host are refused with the host that is expected', () => {
	test.each<[string, Target]>([
		['another host', { url: 'https://evil.example/v4/x' }],
		['another data center', { url: 'https://adminapisgp.im.qcloud.com/v4/x' }],
		['plain http', { url: 'http://console.tim.qq.com/v4/x' }],
		['plain http on the port of https', { url: 'http://console.tim.qq.com:443/v4/x' }],
		['another scheme', { url: 'ftp://console.tim.qq.com/' }],
		['a web socket', { url: 'wss://console.tim.qq.com/' }],
		['a file', { url: 'file:///console.tim.qq.com/' }],
		['data', { url: 'data:text/plain,https://console.tim.qq.com/' }],
		['another port', { url: `${OWN}:8443/v4/x` }],
		['the own host as user name', { url: 'https://console.tim.qq.com@evil.example/' }],
		[
			'the own host as user name and password',
			{ url: 'https://console.tim.qq.com:443@evil.example/' },
		],
		[
			'the own host as user name, behind a backslash',
			{ url: 'https://evil.example\\@console.tim.qq.com/' },
		],
		['the own host in the path', { url: 'https://evil.example/console.tim.qq.com/' }],
		['the own host in the query', { url: `https://evil.example?${OWN}/` }],
		['the own host in the fragment', { url: `https://evil.example#@console.tim.qq.com/` }],
		['a host that starts like the own', { url: 'https://console.tim.qq.com.evil.example/' }],
		['a host that ends like the own', { url: 'https://evilconsole.tim.qq.com/' }],
		['a subdomain', { url: 'https://a.console.tim.qq.com/' }],
		['a trailing dot', { url: 'https://console.tim.qq.com./' }],
		['a Cyrillic look-alike', { url: 'https://cоnsole.tim.qq.com/' }],
		['a look-alike in punycode', { url: 'https://xn--cnsole-6fg.tim.qq.com/' }],
		['a Turkish look-alike', { url: 'https://console.tım.qq.com/' }],
		['two slashes on the own base URL', { url: '//evil.example/', baseURL: OWN }],
		['two slashes and no base URL', { url: '//console.tim.qq.com/' }],
		['two backslashes on the own base URL', { url: '\\\\evil.example/', baseURL: OWN }],
		['slash and backslash on the own base URL', { url: '/\\evil.example/', baseURL: OWN }],
		['tab between slashes on the own base URL', { url: '/\t/evil.example/', baseURL: OWN }],
		['an absolute URL on the own base URL', { url: 'https://evil.example/', baseURL: OWN }],
		[
			'a foreign base URL',
			{ url: '/v4/desk_http_svc/contact_user', baseURL: 'https://evil.example' },
		],
		['a foreign base URL alone', { url: '', baseURL: 'https://evil.example' }],
		['a foreign uri', { uri: 'https://evil.example/' }],
		['a foreign url beside an own uri', { url: 'https://evil.example/', uri: OWN }],
		['a path and no base URL', { url: '/v4/desk_http_svc/contact_user' }],
		['no URL at all', {}],
		['an empty URL', { url: '' }],
		['nonsense', { url: 'https://' }],
	])('%s', async (_name, target) => {
		const refusal = await refusalOf(target);
		expect(refusal).toContain(`signs requests to ${OWN} only`);
		expect(refusal).toContain(`Use a URL that starts with ${OWN}/v4/`);
		expect(refusal).not.toContain(SECRET_KEY);
		expect(refusal).not.toMatch(/eJ[\w*-]{20}/);
	});

	test('the message names the host that was asked for, and nothing else of the URL', async () => {
		const url = `https://user:${SECRET_KEY}@evil.example/path?usersig=eJyrVgrxCdYrSy1SslIy0jNQ0gHz`;
		const refusal = await refusalOf({ url });
		expect(refusal).toContain('this request goes to https://evil.example.');
		expect(refusal).not.toContain(SECRET_KEY);
		expect(refusal).not.toContain('usersig');
	});

	test('a custom Base URL is the only host of its credential', async () => {
		const custom = { ...CREDENTIAL, dataCenter: 'custom', baseUrl: 'http://localhost:8080/' };
		expect(await refusalOf({ url: 'http://localhost:8080/v4/x' }, custom)).toBe('signed');
		for (const url of [`${OWN}/v4/x`, 'http://localhost:8081/', 'http://127.0.0.1:8080/']) {
			expect(await refusalOf({ url }, custom)).toContain(
				'signs requests to http://localhost:8080 only',
			);
		}
	});
});

describe('what is checked is what would be called', () => {
	/** Where axios, which n8n sends with, would send the request; undefined: nowhere. */
	function originCalledByAxios({ url, baseURL }: Target): string | undefined {
		try {
			return new URL(axios.getUri({ url, baseURL })).origin;
		} catch {
			return undefined;
		}
	}

	const SIGNS = ['', ...'/@:?#. \t\n\u0000', '//', '/\\', '\\\\', 'v4'];
	const HOSTS = [
		...[OWN, 'console.tim.qq.com', '//console.tim.qq.com', 'https:console.tim.qq.com'],
		...['https://evil.example', '//evil.example', 'evil.example', 'https:\\\\evil.example'],
		'h\nttps://console.tim.qq.com',
	];
	const glue = fc.constantFrom(...SIGNS);
	const host = fc.constantFrom(...HOSTS);
	const urls = fc.tuple(glue, host, glue, host, glue).map((parts) => parts.join(''));

	const baseURLs = fc.oneof(
		fc.constantFrom(undefined, OWN, `${OWN}/`, `${OWN}/v4?a=`, ` ${OWN}`),
		fc.constantFrom('https://evil.example', `${OWN}@evil.example`, 'http://console.tim.qq.com'),
		fc.tuple(host, glue, host).map((parts) => parts.join('')),
	);

	test('whatever url and base URL are made of, axios calls the own host if the request is signed', async () => {
		let signed = 0;
		await fc.assert(
			fc.asyncProperty(urls, baseURLs, async (url, baseURL) => {
				if ((await refusalOf({ url, baseURL })) !== 'signed') return;
				signed++;
				expect([OWN, undefined]).toContain(originCalledByAxios({ url, baseURL }));
			}),
			{ numRuns: 1500 },
		);
		expect(signed).toBeGreaterThan(20);
	});

	test.each([
		['a blank before the own host', ` ${OWN}/v4`],
		['backslashes before the own host', '\\\\console.tim.qq.com/v4'],
		['slash and backslash before the own host', '/\\console.tim.qq.com/v4'],
		['a line end in the scheme', 'h\nttps://console.tim.qq.com/v4'],
	])(
		'%s is not signed on a foreign base URL, since axios takes it for a path there',
		async (_name, url) => {
			const target = { url, baseURL: 'https://evil.example' };
			expect(originCalledByAxios(target)).toBe('https://evil.example');
			expect(await refusalOf(target)).not.toBe('signed');
		},
	);

	test('an own uri does not make up for a foreign url or base URL, since n8n reads only one of them', async () => {
		const foreign = 'https://evil.example';
		expect(await refusalOf({ uri: OWN, baseURL: foreign })).not.toBe('signed');
		expect(await refusalOf({ uri: OWN, url: foreign })).not.toBe('signed');
		expect(await refusalOf({ uri: foreign, url: OWN })).not.toBe('signed');
	});
});
