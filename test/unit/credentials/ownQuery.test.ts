import fc from 'fast-check';

import { withoutOwnFields } from '../../../credentials/ownQuery';

const URL_OF_COMMAND = 'https://console.tim.qq.com/v4/desk_http_svc/contact_user';
const DOCUMENTED = `${URL_OF_COMMAND}?sdkappid=88888888&identifier=admin&usersig=xxx&random=99999999&contenttype=json`;

test.each([
	['the URL that Tencent documents', DOCUMENTED, URL_OF_COMMAND],
	['one of the five only', `${URL_OF_COMMAND}?contenttype=json`, URL_OF_COMMAND],
	['a field without a value', `${URL_OF_COMMAND}?usersig&random=`, URL_OF_COMMAND],
	['repeated fields', `${URL_OF_COMMAND}?usersig=a&page=2&usersig=b`, `${URL_OF_COMMAND}?page=2`],
	[
		'names that are percent-encoded, in any case',
		`${URL_OF_COMMAND}?%75sersig=a&%72%61%6E%64%6F%6D=1&iden%74ifier=x&%63ontentt%79pe=json`,
		URL_OF_COMMAND,
	],
	['blanks around a name', `${URL_OF_COMMAND}?%20usersig=a& random=1`, URL_OF_COMMAND],
	[
		'a fragment, which stays',
		`${URL_OF_COMMAND}?usersig=a#here?usersig=b`,
		`${URL_OF_COMMAND}#here?usersig=b`,
	],
	['a path alone', '/v4/x?random=1&a=b', '/v4/x?a=b'],
])('the fields that the signature brings are dropped: %s', (_what, url, left) => {
	expect(withoutOwnFields(url)).toBe(left);
});

test.each([
	['no query', URL_OF_COMMAND],
	['an empty query', `${URL_OF_COMMAND}?`],
	[
		'others, however they are written',
		`${URL_OF_COMMAND}?b=%2f&a=%2F+x&&a=%zz&=&c=usersig=1&list[]=1`,
	],
	['names that only hold one of the five', `${URL_OF_COMMAND}?myrandom=1&usersig2=2&user=sig`],
	['a path that looks like one', 'https://console.tim.qq.com/usersig=a&random=1'],
	['no URL', 'not a url'],
	['nothing', ''],
])('what else a URL has stays as it is written: %s', (_what, url) => {
	expect(withoutOwnFields(url)).toBe(url);
});

test('of any query, a server finds none of the five, and all others in their order', () => {
	const name = fc.oneof(
		fc.constantFrom('sdkappid', 'identifier', 'usersig', 'random', 'contenttype', 'a', 'page'),
		fc.string(),
	);
	const OWN = ['sdkappid', 'identifier', 'usersig', 'random', 'contenttype'];
	fc.assert(
		fc.property(fc.array(fc.tuple(name, fc.string())), (fields) => {
			const url = `${URL_OF_COMMAND}?${new URLSearchParams(fields)}`;
			const left = [...new URL(withoutOwnFields(url)).searchParams];
			expect(left).toEqual(fields.filter(([field]) => !OWN.includes(field.trim())));
		}),
	);
});
