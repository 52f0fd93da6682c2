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
	return reading.ok ? 'accepted' : reading.problem.message;
};

test('a complete credential says who signs, and for which API', () => {
	expect(accountOf({})).toEqual({
		origin: 'https://console.tim.qq.com',
		sdkAppId: 1400000000,
		adminUserId: 'administrator',
		secretKey: SECRET_KEY,
	});
});

test('blanks that came along when a value was copied are dropped', () => {
	const fields = {
		dataCenter: ' china ',
		sdkAppId: ' 1400000000\n',
		adminUserId: '\tadministrator ',
		secretKey: `\u00a0${SECRET_KEY}\r\n`,
	};
	expect(accountOf(fields)).toEqual(accountOf({}));
});

test('an SDKAppID that is a number is accepted', () => {
	expect(accountOf({ sdkAppId: 1400000000 })).toEqual(accountOf({}));
});

test('a secret key of digits that n8n reads as a number is used as text', () => {
	expect(accountOf({ secretKey: 12345 })).toMatchObject({ secretKey: '12345' });
});

test('a secret key is not changed in any other way', () => {
	for (const secretKey of ['ABCDEF0123', 'with blank inside', '钥匙', '"quotes\\"']) {
		expect(accountOf({ secretKey })).toMatchObject({ secretKey });
	}
});

describe('an SDKAppID that cannot be right is refused', () => {
	test.each([
		['empty', '', 'is empty'],
		['blank', '  ', 'is empty'],
		['an expression without a result', undefined, 'is empty for this item'],
		['an expression that gives null', null, 'is empty for this item'],
		['letters', 'abc', 'is not a number'],
		['digits and letters', '1400x', 'is not a number'],
		['a fraction', '1400.5', 'is not a number'],
		['a fractional number', 1400.5, 'is not a number'],
		['negative', '-1400', 'is not a number'],
		['zero', '0', 'is not a number'],
		['a leading zero', '01400', 'is not a number'],
		['hex', '0x1400', 'is not a number'],
		['an exponent', '14e8', 'is not a number'],
		['grouped digits', '1,400,000,000', 'is not a number'],
		['full-width digits', '１４００', 'is not a number'],
		['too long to be exact', '9'.repeat(16), 'is not a number'],
		['not a number', NaN, 'is not a number'],
		['a list', [1400000000], 'is empty'],
	])('%s', (_name, sdkAppId, words) => {
		expect(refusalOf({ sdkAppId })).toBe(`The SDKAppID of the credential ${words}.`);
	});
});

describe('an Administrator UserID that cannot be right is refused', () => {
	test.each([
		['empty', ''],
		['blank', '   '],
		['missing', undefined],
		['longer than 32 characters', 'a'.repeat(33)],
		['with a line end inside', 'admin\nistrator'],
		['with NUL', 'admin\u0000'],
		['with an emoji', 'admin🙂'],
		['Chinese', '管理员'],
		['an object', { name: 'administrator' }],
	])('%s', (_name, adminUserId) => {
		expect(refusalOf({ adminUserId })).toMatch(
			/^The Administrator UserID of the credential is .*\.$/,
		);
	});

	test('32 characters are accepted', () => {
		expect(accountOf({ adminUserId: 'a'.repeat(32) })).toMatchObject({
			adminUserId: 'a'.repeat(32),
		});
	});
});

test.each([
	['empty', ''],
	['blank', ' \n'],
	['an object', {}],
])('a Secret Key that is %s is refused', (_name, secretKey) => {
	expect(refusalOf({ secretKey })).toBe('The Secret Key of the credential is empty.');
});

test.each([undefined, null])(
	'a Secret Key whose expression gives %s is told as that',
	(secretKey) => {
		expect(refusalOf({ secretKey })).toBe(
			'The Secret Key of the credential is empty for this item.',
		);
	},
);

describe('the data center decides where requests go', () => {
	// Fact sheet section 2.
	test.each([
		['china', 'https://console.tim.qq.com'],
		['singapore', 'https://adminapisgp.im.qcloud.com'],
		['seoul', 'https://adminapikr.im.qcloud.com'],
		['tokyo', 'https://adminapijpn.im.qcloud.com'],
		['frankfurt', 'https://adminapiger.im.qcloud.com'],
		['siliconValley', 'https://adminapiusa.im.qcloud.com'],
		['jakarta', 'https://adminapiidn.im.qcloud.com'],
	])('%s', (dataCenter, origin) => {
		expect(accountOf({ dataCenter })).toMatchObject({ origin });
		// A Base URL left over from Custom does not count.
		expect(accountOf({ dataCenter, baseUrl: 'https://evil.example' })).toMatchObject({ origin });
	});

	test('a credential without the field is one of China, the default', () => {
		expect(accountOf({ dataCenter: undefined })).toMatchObject({
			origin: 'https://console.tim.qq.com',
		});
	});

	test.each(['mars', '', 'China', 'toString', null, 7])('%p is not one', (dataCenter) => {
		expect(refusalOf({ dataCenter })).toBe(
			'The node does not know the Data Center of the credential.',
		);
	});
});

describe('with Custom, the Base URL decides', () => {
	const custom = (baseUrl: unknown) => ({ dataCenter: 'custom', baseUrl });

	test('a proxy in front of the API is accepted', () => {
		expect(accountOf(custom(' https://proxy.example:8443/ '))).toMatchObject({
			origin: 'https://proxy.example:8443',
		});
	});

	test.each(['', ' ', undefined, 'console.tim.qq.com', 7, {}])('%p is refused', (baseUrl) => {
		expect(refusalOf(custom(baseUrl))).toMatch(/^The Base URL of the credential /);
	});

	test('the refusal is a whole sentence that names the field', () => {
		expect(refusalOf(custom('http://desk.example'))).toBe(
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
