import type { IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';

import { knownCodes } from '../../../../nodes/shared/desk/codes';
import {
	orAny,
	searchAgentGroups,
	searchAgents,
	searchCustomerServiceAccounts,
} from '../../../../nodes/shared/n8n/locators';
import { CREDENTIAL, SECRET_KEY } from '../../credentials/credential';

type Answer = { statusCode?: number; body: object | string };

/** The part of n8n that the drop-downs use; real HTTP is for the engine tests. */
function editor(answer: (body: Record<string, number>) => Answer, credential: object = CREDENTIAL) {
	const asked: Array<{ url: string; body: Record<string, number> }> = [];
	const context = {
		getNode: () => ({ name: 'Contact User', type: 'contactUser', credentials: {} }),
		getCredentials: async () => credential,
		getCurrentNodeParameter: () => undefined,
		helpers: {
			async httpRequestWithAuthentication(_type: string, { url, body }: IHttpRequestOptions) {
				const sent = JSON.parse(String(body)) as Record<string, number>;
				asked.push({ url, body: sent });
				const { statusCode = 200, body: answered } = answer(sent);
				const text = typeof answered === 'string' ? answered : JSON.stringify(answered);
				return { statusCode, headers: {}, body: text };
			},
		},
	};
	return { context: context as unknown as ILoadOptionsFunctions, asked };
}

type Search = typeof searchAgentGroups;

const idsOf = ({ results }: { results: Array<{ value: unknown }> }) =>
	results.map(({ value }) => value);
const find = async (search: Search, { context }: ReturnType<typeof editor>, filter: string) =>
	idsOf(await search.call(context, filter));

/** The entries of a list, page after page as the builder scrolls. */
async function scroll(search: Search, { context }: ReturnType<typeof editor>) {
	const pages: Array<Array<{ name: string; value: unknown }>> = [];
	let token: string | undefined;
	do {
		const page = await search.call(context, undefined, token);
		pages.push(page.results);
		token = page.paginationToken as string | undefined;
	} while (token !== undefined);
	return pages;
}

const NOT_ALL = {
	name: 'The list is too long to show all: choose By ID and enter the ID',
	value: '',
};

const ok = (fields: object) => ({ body: { ActionStatus: 'OK', ErrorCode: 0, ...fields } });
const upTo = (count: number, entry: (n: number) => object) =>
	Array.from({ length: count }, (_, n) => entry(n));

/** So many entries, of which Desk gives `most` at once. */
function lists(list: string, entries: object[], { firstPage = 0, most = 100 } = {}) {
	return editor(({ PageSize, PageNum, PageNumber = PageNum }) => {
		const length = Math.min(PageSize, most);
		const start = (PageNumber - firstPage) * length;
		return ok({
			Total: entries.length,
			[list]: start < 0 ? [] : entries.slice(start, start + length),
		});
	});
}
/** Groups 1 to `count`, from page 1 on. */
const groups = (count: number) =>
	lists(
		'MemberGroupList',
		upTo(count, (n) => ({ MemberGroupID: n + 1, MemberGroupName: `Group ${n + 1}` })),
		{ firstPage: 1 },
	);
/** Agents 0 to `count - 1`, from page 0 on. */
const members = (count: number) =>
	lists(
		'MemberList',
		upTo(count, (n) => ({ MemberMail: `agent${n}@example.com`, NickName: `Agent ${n}` })),
	);

describe('customer service accounts', () => {
	const accounts = editor(() =>
		ok({
			Data: [
				{ IMAgentUserId: '@customer_service_account', IMAgentNick: 'Support' },
				{ IMAgentUserID: '@sales', IMAgentNick: 'Sales' },
				{ IMAgentUserId: '@nameless', IMAgentNick: '' },
				{ IMAgentUserId: '@sal\u202ees', IMAgentNick: 'Sa\u0007les\n\u001b[31m' },
				{ IMAgentNick: 'without an id' },
				'nonsense',
				null,
			],
		}),
	);

	test('are listed by name and id, in either spelling of the vendor, without what moves a cursor or turns the order of letters round', async () => {
		expect(await searchCustomerServiceAccounts.call(accounts.context)).toEqual({
			results: [
				{ name: 'Support (@customer_service_account)', value: '@customer_service_account' },
				{ name: 'Sales (@sales)', value: '@sales' },
				{ name: '@nameless', value: '@nameless' },
				{ name: 'Sales [31m (@sales)', value: '@sal\u202ees' },
			],
		});
		// With an empty object, since Desk refuses a request without a body.
		expect(accounts.asked[0]).toEqual({
			url: 'https://console.tim.qq.com/v4/desk_http_svc/get_im_agent_list',
			body: {},
		});
	});

	test.each([
		['sAl', ['@sales', '@sal\u202ees']],
		[' support ', ['@customer_service_account']],
		['@nameless', ['@nameless']],
		['nobody', []],
		['', ['@customer_service_account', '@sales', '@nameless', '@sal\u202ees']],
	])('that match %p', async (filter, ids) => {
		expect(await find(searchCustomerServiceAccounts, accounts, filter)).toEqual(ids);
	});

	test('in an answer without a list are none', async () => {
		for (const Data of [undefined, null, {}, 'x']) {
			const { context } = editor(() => ok({ Data }));
			expect(await searchCustomerServiceAccounts.call(context)).toEqual({ results: [] });
		}
	});
});

describe('agent groups, of which the API gives a hundred at once, from page 1 on', () => {
	test('are listed a page at a time, as the builder scrolls', async () => {
		const desk = groups(250);
		const pages = await scroll(searchAgentGroups, desk);
		expect(pages.map(({ length }) => length)).toEqual([100, 100, 50]);
		expect(pages[1][0]).toEqual({ name: 'Group 101 (101)', value: 101 });
		// The first page might be the one before the sample's.
		expect(desk.asked.map(({ body }) => body)).toEqual(
			[1, 0, 1, 2, 3].map((PageNumber) => ({ PageSize: 100, PageNumber })),
		);
	});

	test('on a full last page have no next one', async () => {
		const desk = groups(100);
		expect(await scroll(searchAgentGroups, desk)).toHaveLength(1);
		expect(desk.asked).toHaveLength(1);
	});

	test('that match a filter are found on all pages', async () => {
		const desk = groups(250);
		const ids = [24, 240, 241, 242, 243, 244, 245, 246, 247, 248, 249];
		expect(await searchAgentGroups.call(desk.context, 'group 24')).toEqual({
			results: ids.map((id) => ({ name: `Group ${id} (${id})`, value: id })),
		});
		expect(desk.asked).toHaveLength(5);
	});

	test('of an API that says that there are more than it gives are told as not all', async () => {
		const { context, asked } = editor(() => ok({ Total: 1_000_000, MemberGroupList: [] }));
		expect(await searchAgentGroups.call(context, 'x')).toEqual({ results: [NOT_ALL] });
		expect(asked.map(({ body }) => body.PageNumber)).toEqual([1, 0, 1]);
	});

	// How odd a Desk may be with its pages is tested with the pages themselves (shared/delivery/gather.test.ts).
	test.each([0, 1])(
		'of which Desk gives 60 where 100 were asked for, from page %s on, are found each once',
		async (firstPage) => {
			const all = upTo(130, (n) => ({ MemberGroupID: 2000 + n }));
			const desk = lists('MemberGroupList', all, { firstPage, most: 60 });
			const ids = all.map((_, n) => 2000 + n);
			const scrolled = (await scroll(searchAgentGroups, desk)).flat();
			expect(scrolled.map(({ value }) => value)).toEqual(ids);
			expect(await find(searchAgentGroups, desk, '2')).toEqual(ids);
		},
	);
});

describe('agents, of which the API gives a hundred at once, from page 0 on', () => {
	test('are listed a page at a time by nickname and mail', async () => {
		const desk = members(150);
		const pages = await scroll(searchAgents, desk);
		expect(pages.map(({ length }) => length)).toEqual([100, 50]);
		expect(pages[0][0]).toEqual({
			name: 'Agent 0 (agent0@example.com)',
			value: 'agent0@example.com',
		});
		expect(desk.asked.map(({ body }) => body)).toEqual(
			[0, 1].map((PageNum) => ({ PageSize: 100, PageNum })),
		);
	});

	test.each(['AGENT149@', 'agent 149'])(
		'that match a filter by nickname or mail are found on all pages: %s',
		async (filter) => {
			expect(await find(searchAgents, members(150), filter)).toEqual(['agent149@example.com']);
		},
	);

	test('are read on fifty pages and no more, and the last entry says that they are not all', async () => {
		const filtered = members(10_000);
		expect(await searchAgents.call(filtered.context, 'agent 4999')).toEqual({
			results: [
				{ name: 'Agent 4999 (agent4999@example.com)', value: 'agent4999@example.com' },
				NOT_ALL,
			],
		});
		const scrolled = members(10_000);
		expect((await scroll(searchAgents, scrolled)).flat()).toHaveLength(5001);
		expect([filtered, scrolled].map(({ asked }) => asked.length)).toEqual([50, 50]);
	});
});

describe('a list with a way back to any', () => {
	const search = orAny(searchAgentGroups, 'Any group');
	const any = { name: 'Any group', value: '' };

	test('begins with it, on the first page only, also where there is nothing else', async () => {
		const [first, second] = await scroll(search, groups(150));
		expect(first.slice(0, 2)).toEqual([any, { name: 'Group 1 (1)', value: 1 }]);
		expect(second[0].value).toBe(101);
		expect(await scroll(search, groups(0))).toEqual([[any]]);
	});

	test.each([
		['any', true],
		[' ANY Gr', true],
		['group 12', false],
	])('and finds it by its name: %p', async (filter, isFound) => {
		expect((await find(search, groups(20), filter)).includes('')).toBe(isFound);
	});
});

// In the message alone: the editor shows nothing else of an error below a list.
describe('a list that cannot be loaded says why, and what to do', () => {
	const failureOf = async (answer: Answer, credential?: object) => {
		const { context, asked } = editor(() => answer, credential);
		try {
			await searchAgentGroups.call(context);
		} catch (error) {
			const { message, description } = error as { message: string; description: string };
			expect(`${message} ${description}`).not.toContain(SECRET_KEY);
			return { message, asked: asked.length };
		}
		throw new Error('It was loaded');
	};

	const BY_ID = ' Or choose By ID and enter the ID.';
	const CHECK = 'Check the data center or Base URL of the credential, then test the credential.';
	const CHECK_NETWORK =
		'Check the data center or Base URL of the credential and the network of your n8n, then open the list again.';
	const OPEN_AGAIN = 'Wait a minute, then open the list again.';
	const TOO_MANY = 'Tencent refused the request because too many were sent in a short time.';

	const refused = (ErrorCode: number) => ({ body: { ActionStatus: 'FAIL', ErrorCode } });

	test.each<[string, Answer, string]>([
		[
			'a wrong key',
			refused(70009),
			'The secret key does not belong to this SDKAppID. Copy the SDKAppID and the secret key of the same application from the Tencent Cloud Chat console into the credential.',
		],
		['code 141004', refused(141004), `Desk refused the request (code 141004). ${CHECK}`],
		[
			'code 70500',
			refused(70500),
			`Tencent did not say whether it finished the request. ${OPEN_AGAIN}`,
		],
		['code 141002', refused(141002), `Desk could not work on the request. ${OPEN_AGAIN}`],
		['code 141009', refused(141009), `${TOO_MANY} ${OPEN_AGAIN}`],
		[
			'an unknown code',
			refused(999),
			'Desk refused the request with the code 999, which this node does not know. Look up the code in the documentation of Tencent Cloud Chat and Desk.',
		],
		['HTTP 429', { statusCode: 429, body: '' }, `${TOO_MANY} ${OPEN_AGAIN}`],
		[
			'HTTP 404',
			{ statusCode: 404, body: '' },
			`The server refused the request with HTTP status 404. ${CHECK_NETWORK}`,
		],
		[
			'a web page',
			{ body: '<html></html>' },
			`The server gave an answer that is not a Desk answer. ${CHECK_NETWORK}`,
		],
		[
			'HTTP 502',
			{ statusCode: 502, body: '' },
			`The server answered with HTTP status 502. ${CHECK_NETWORK}`,
		],
	])('%s', async (_name, answer, words) => {
		const { message } = await failureOf(answer);
		expect(message).toBe(`The list could not be loaded: ${words}${BY_ID}`);
	});

	// A list is of no contact, and a second node has the same lists. Desk's own codes speak of what was asked for.
	test('whatever the code, without a word about contacts, users or items', async () => {
		for (const code of knownCodes().filter((one) => one <= 141000)) {
			const { message } = await failureOf(refused(code));
			expect(message).not.toMatch(/contact|the user\b|User ID|this item|try again/i);
			// The editor takes hyphens out of a message, and leaves out sentences with these words.
			expect(message).not.toMatch(/[-–—]|check (your )?credential/i);
		}
	});

	test('in the words of the credential, when it cannot be right, and nothing is sent', async () => {
		const { message, asked } = await failureOf({ body: '' }, { ...CREDENTIAL, sdkAppId: 'abc' });
		expect(message).toMatch(
			/^The list could not be loaded: The SDKAppID of the credential is not a number\. Copy .*\. Or choose By ID and enter the ID\.$/,
		);
		expect(asked).toBe(0);
	});
});
