import { readBaseUrl } from '../../../credentials/deskAccount';

describe('a Base URL that may be used gives its origin', () => {
	test.each([
		['https://console.tim.qq.com', 'https://console.tim.qq.com'],
		['https://console.tim.qq.com/', 'https://console.tim.qq.com'],
		['  https://console.tim.qq.com\n', 'https://console.tim.qq.com'],
		['HTTPS://Console.TIM.qq.com', 'https://console.tim.qq.com'],
		['https://console.tim.qq.com:443', 'https://console.tim.qq.com'],
		['https://proxy.example:8443', 'https://proxy.example:8443'],
		['https://10.0.0.5', 'https://10.0.0.5'],
		['https://[2001:db8::1]:8443', 'https://[2001:db8::1]:8443'],
		['http://localhost:3000', 'http://localhost:3000'],
		['http://desk.localhost', 'http://desk.localhost'],
		['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
		['http://127.1.2.3', 'http://127.1.2.3'],
		['http://[::1]:3000/', 'http://[::1]:3000'],
		// The same machine, seen from a container.
		['http://host.docker.internal:3000', 'http://host.docker.internal:3000'],
		['http://Host.Docker.Internal', 'http://host.docker.internal'],
		// Other ways to write 127.0.0.1, which the URL standard resolves.
		['http://127.1', 'http://127.0.0.1'],
		['http://0x7f000001', 'http://127.0.0.1'],
	])('%s', (text, origin) => {
		expect(readBaseUrl(text)).toEqual({ origin });
	});
});

describe('plain http is for a simulator on this machine only', () => {
	test.each([
		'http://console.tim.qq.com',
		'http://localhost.evil.example',
		'http://evil-localhost',
		'http://host.docker.internal.evil.example',
		'http://evil.host.docker.internal',
		'http://hostxdocker.internal',
		'http://localhost@evil.example',
		'http://127.0.0.1.evil.example',
		'http://128.0.0.1',
		'http://10.0.0.5',
		'http://0.0.0.0',
		'http://[::2]',
		'http://[::ffff:10.0.0.5]',
	])('%s is refused', (text) => {
		expect(readBaseUrl(text)).toEqual({ fault: expect.stringMatching(/^must start with https/) });
	});
});

test.each([
	'ftp://localhost',
	'ws://localhost',
	'file:///etc/passwd',
	'javascript:alert(1)',
	'data:,x',
])('%s is refused, since it is not https', (text) => {
	expect(readBaseUrl(text)).toEqual({ fault: expect.stringMatching(/^must start with https/) });
});

test.each(['', 'console.tim.qq.com', '/v4', 'https://', '//console.tim.qq.com', 'https://a b'])(
	'%p is refused, since it is no URL',
	(text) => {
		expect(readBaseUrl(text)).toEqual({ fault: 'is not a URL' });
	},
);

test.each([
	'https://console.tim.qq.com/v4',
	'https://console.tim.qq.com/v4/desk_http_svc/',
	'https://console.tim.qq.com//',
	'https://console.tim.qq.com?a=1',
	'https://console.tim.qq.com/#v4',
	'http://localhost:3000/v4',
])('%s is refused, since it has a path or a query', (text) => {
	expect(readBaseUrl(text)).toEqual({
		fault: 'must have no path and no query',
	});
});

test.each(['https://console.tim.qq.com?', 'https://console.tim.qq.com#'])(
	'%s is refused, since the Test button puts its path behind it',
	(text) => {
		expect(readBaseUrl(text)).toHaveProperty('fault');
	},
);

test.each([
	'https://user@console.tim.qq.com',
	'https://:pass@console.tim.qq.com',
	'http://u:p@localhost',
])('%s is refused, since it carries a user name or password', (text) => {
	expect(readBaseUrl(text)).toEqual({
		fault: 'must not contain a user name or password',
	});
});

test('a refusal does not repeat what was typed, since it may hold a password', () => {
	for (const text of [
		'https://u:hush@x.example',
		'http://u:hush@x.example',
		'u:hush',
		'https://x/hush',
	]) {
		expect(JSON.stringify(readBaseUrl(text))).not.toContain('hush');
	}
});
