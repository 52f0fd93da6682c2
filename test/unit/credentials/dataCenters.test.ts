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

test.each<[fault: string, texts: string[]]>([
	// Plain http is for a simulator on this machine only.
	[
		'must start with https',
		[
			...['http://console.tim.qq.com', 'http://localhost.evil.example', 'http://evil-localhost'],
			...['http://host.docker.internal.evil.example', 'http://evil.host.docker.internal'],
			...['http://hostxdocker.internal', 'http://localhost@evil.example', 'http://128.0.0.1'],
			...['http://127.0.0.1.evil.example', 'http://10.0.0.5', 'http://0.0.0.0', 'http://[::2]'],
			...['http://[::ffff:10.0.0.5]', 'ftp://localhost', 'ws://localhost', 'file:///etc/passwd'],
			...['javascript:alert(1)', 'data:,x'],
		],
	],
	[
		'is not a URL',
		['', 'console.tim.qq.com', '/v4', 'https://', '//console.tim.qq.com', 'https://a b'],
	],
	[
		'must have no path and no query',
		[
			...['https://console.tim.qq.com/v4', 'https://console.tim.qq.com/v4/desk_http_svc/'],
			...['https://console.tim.qq.com//', 'https://console.tim.qq.com?a=1'],
			...['https://console.tim.qq.com/#v4', 'http://localhost:3000/v4'],
			// The Test button puts its path behind it.
			...['https://console.tim.qq.com?', 'https://console.tim.qq.com#'],
		],
	],
	[
		'must not contain a user name or password',
		['https://user@console.tim.qq.com', 'https://:pass@console.tim.qq.com', 'http://u:p@localhost'],
	],
])('a Base URL is refused that %s', (fault, texts) => {
	for (const text of texts) {
		const told = { fault: expect.stringMatching(new RegExp(`^${fault}`)) };
		expect([text, readBaseUrl(text)]).toEqual([text, told]);
	}
});

test.each(['https://u:hush@x.example', 'http://u:hush@x.example', 'u:hush', 'https://x/hush'])(
	'the refusal of %s does not repeat what was typed, since it may hold a password',
	(text) => {
		expect(JSON.stringify(readBaseUrl(text))).not.toContain('hush');
	},
);
