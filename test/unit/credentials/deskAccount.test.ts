import fc from 'fast-check';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { readDeskAccount } from '../../../credentials/deskAccount';
import { CREDENTIAL, SECRET_KEY } from './credential';

const GOOD = { ...CREDENTIAL, baseUrl: '' };

const read = (fields: Record<string, unknown>) =>
	readDeskAccount({ ...GOOD, ...fields } as ICredentialDataDecryptedObject);

const accountOf = (fields: Record<string, unknown>) => {
	const reading = read(fields);
	return reading.ok ? reading.account : reading.problem.message;
};

const refusalOf = (fields: Record<string, unknown>): string => {
	const reading = read(fields);
	if (reading.ok) return 'accepted';
	expect(reading.problem.advice).toMatch(/ in(to)? the credential\b/);
	return reading.problem.message;
};

const COMPLETE = {
	origin: 'https://console.tim.qq.com',
	sdkAppId: 1400000000,
	adminUserId: 'administrator',
	secretKey: SECRET_KEY,
};

describe('a complete credential says who signs, and for which API', () => {
	test.each<[string, given: Record<string, unknown>, account: Partial<typeof COMPLETE>]>([
		['as it is', {}, {}],
		[
			'without the blanks that came along when a value was copied',
			{
				...{ dataCenter: ' china ', sdkAppId: ' 1400000000\n' },
				...{ adminUserId: '\tadministrator ', secretKey: `\u00a0${SECRET_KEY}\r\n` },
			},
			{},
		],
		['an SDKAppID that is a number', { sdkAppId: 1400000000 }, {}],
		['a secret key of digits that n8n reads as one', { secretKey: 12345 }, { secretKey: '12345' }],
		...['ABCDEF0123', 'with blank inside', '钥匙', '"quotes\\"'].map(
			(secretKey): [string, object, object] => [
				'a secret key is not changed in any other way',
				{ secretKey },
				{ secretKey },
			],
		),
		['32 characters', { adminUserId: 'a'.repeat(32) }, { adminUserId: 'a'.repeat(32) }],
		['a credential without the field is one of China, the default', { dataCenter: undefined }, {}],
		[
			'a proxy in front of the API',
			{ dataCenter: 'custom', baseUrl: ' https://proxy.example:8443/ ' },
			{ origin: 'https://proxy.example:8443' },
		],
	])('%s: %j', (_what, given, account) => {
		expect(accountOf(given)).toEqual({ ...COMPLETE, ...account });
	});

	// Fact sheet section 2.
	test.each([
		['china', 'https://console.tim.qq.com'],
		['singapore', 'https://adminapisgp.im.qcloud.com'],
		['seoul', 'https://adminapikr.im.qcloud.com'],
		['tokyo', 'https://adminapijpn.im.qcloud.com'],
		['frankfurt', 'https://adminapiger.im.qcloud.com'],
		['siliconValley', 'https://adminapiusa.im.qcloud.com'],
		['jakarta', 'https://adminapiidn.im.qcloud.com'],
	])('the data center %s', (dataCenter, origin) => {
		expect(accountOf({ dataCenter })).toMatchObject({ origin });
		// A Base URL left over from Custom does not count.
		expect(accountOf({ dataCenter, baseUrl: 'https://evil.example' })).toMatchObject({ origin });
	});
});

describe('a field that cannot be right is refused', () => {
	test.each<[field: string, name: string, fault: RegExp | string, values: unknown[]]>([
		['sdkAppId', 'SDKAppID', 'is empty', ['', '  ', [1400000000]]],
		['sdkAppId', 'SDKAppID', 'is empty for this item', [undefined, null]],
		[
			...(['sdkAppId', 'SDKAppID', 'is not a number'] as const),
			[
				...['abc', '1400x', '1400.5', 1400.5, '-1400', '0', '01400', '0x1400', '14e8', NaN],
				...['1,400,000,000', '１４００', '9'.repeat(16)],
			],
		],
		[
			...(['adminUserId', 'Administrator UserID', /^is ./] as const),
			[
				...['', '   ', undefined, 'a'.repeat(33), 'admin\nistrator', 'admin\u0000', 'admin🙂'],
				...['管理员', { name: 'administrator' }],
			],
		],
		['secretKey', 'Secret Key', 'is empty', ['', ' \n', {}]],
		['secretKey', 'Secret Key', 'is empty for this item', [undefined, null]],
	])('%s: the %s of the credential %s', (field, name, fault, values) => {
		for (const value of values) {
			const [, said] = refusalOf({ [field]: value }).split(`The ${name} of the credential `);
			expect([value, said]).toEqual([
				value,
				typeof fault === 'string' ? `${fault}.` : expect.stringMatching(fault),
			]);
		}
	});

	test.each(['mars', '', 'China', 'toString', null, 7])('%p is no data center', (dataCenter) => {
		expect(refusalOf({ dataCenter })).toBe(
			'The node does not know the Data Center of the credential.',
		);
	});

	test('with Custom, the Base URL decides, and is named', () => {
		const refusalOfUrl = (baseUrl: unknown) => refusalOf({ dataCenter: 'custom', baseUrl });
		for (const none of ['', ' ', undefined, 'console.tim.qq.com', 7, {}]) {
			expect(refusalOfUrl(none)).toMatch(/^The Base URL of the credential /);
		}
		expect(refusalOfUrl('http://desk.example')).toBe(
			'The Base URL of the credential must start with https:// (http:// is for a simulator on this machine only).',
		);
	});
});

test('whatever a credential holds, it is read or refused with advice, and a refusal never shows a secret', () => {
	const anything = fc.anything();
	const field = (good: string) => fc.oneof(fc.constant<unknown>(good), anything);
	fc.assert(
		fc.property(
			field('china'),
			field('https://proxy.example'),
			field('1400000000'),
			field('administrator'),
			(dataCenter, baseUrl, sdkAppId, adminUserId) => {
				const reading = read({ dataCenter, baseUrl, sdkAppId, adminUserId });
				if (reading.ok) {
					expect(new URL(reading.account.origin).origin).toBe(reading.account.origin);
					expect(Number.isSafeInteger(reading.account.sdkAppId)).toBe(true);
					expect(reading.account.adminUserId).toMatch(/^[\x20-\x7e]{1,32}$/);
				} else {
					const { message, advice } = reading.problem;
					expect(message).toMatch(
						/^The (node does not know the )?(Data Center|Base URL|SDKAppID|Administrator UserID) of the credential.*\.$/,
					);
					expect(advice).toMatch(/\.$/);
					expect(message + advice).not.toContain(SECRET_KEY);
				}
			},
		),
		{ numRuns: 400 },
	);
});
