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

/** The ids of a list, page after page as the builder scrolls. */
async function scrollThrough(search: typeof searchAgentGroups, context: ILoadOptionsFunctions) {
	const ids: unknown[] = [];
	let token: string | undefined;
	do {
		const page = await search.call(context, undefined, token);
		ids.push(...page.results.map(({ value }) => value));
		token = page.paginationToken as string | undefined;
	} while (token !== undefined);
	return ids;
}

const NOT_ALL = {
	name: 'The list is too long to show all: choose By ID and enter the ID',
	value: '',
};

const ok = (fields: object) => ({ body: { ActionStatus: 'OK', ErrorCode: 0, ...fields } });

/** Groups 1 to `count`, a hundred a page from page 1 on. */
const groups = (count: number) =>
	editor(({ PageSize, PageNumber }) => {
		const first = (PageNumber - 1) * PageSize;
		const here = first < 0 ? 0 : Math.max(0, Math.min(PageSize, count - first));
		const MemberGroupList = Array.from({ length: here }, (_, i) => ({
			MemberGroupID: first + i + 1,
			MemberGroupName: `Group ${first + i + 1}`,
		}));
		return ok({ Total: count, MemberGroupList });
	});

const members = (count: number) =>
	editor(({ PageSize, PageNum }) => {
		const first = PageNum * PageSize;
		const here = Math.max(0, Math.min(PageSize, count - first));
		const MemberList = Array.from({ length: here }, (_, i) => ({
			MemberMail: `agent${first + i}@example.com`,
			NickName: `Agent ${first + i}`,
		}));
		return ok({ Total: count, MemberList });
	});

describe('customer service accounts', () => {
	const accounts = editor(() =>
		ok({
			Data: [
				{ IMAgentUserId: '@customer_service_account', IMAgentNick: 'Support' },
				{ IMAgentUserID: '@sales', IMAgentNick: 'Sales' },
				{ IMAgentUserId: '@nameless', IMAgentNick: '' },
				{ IMAgentNick: 'without an id' },
				'nonsense',
				null,
			],
		}),
	);

	test('are listed by name and id, in either spelling of the vendor', async () => {
		expect(await searchCustomerServiceAccounts.call(accounts.context)).toEqual({
			results: [
				{ name: 'Support (@customer_service_account)', value: '@customer_service_account' },
				{ name: 'Sales (@sales)', value: '@sales' },
				{ name: '@nameless', value: '@nameless' },
			],
		});
	});

	test('are shown without what moves a cursor or turns the order of letters round', async () => {
		const { context } = editor(() =>
			ok({ Data: [{ IMAgentUserId: '@sal\u202ees', IMAgentNick: 'Sa\u0007les\n\u001b[31m' }] }),
		);
		const { results } = await searchCustomerServiceAccounts.call(context);
		expect(results).toEqual([{ name: 'Sales [31m (@sales)', value: '@sal\u202ees' }]);
	});

	test('are asked for with an empty object, since Desk refuses a request without a body', () => {
		expect(accounts.asked[0]).toEqual({
			url: 'https://console.tim.qq.com/v4/desk_http_svc/get_im_agent_list',
			body: {},
		});
	});

	test.each([
		['sAl', ['@sales']],
		[' support ', ['@customer_service_account']],
		['@nameless', ['@nameless']],
		['nobody', []],
		['', ['@customer_service_account', '@sales', '@nameless']],
	])('that match %p', async (filter, ids) => {
		const { results } = await searchCustomerServiceAccounts.call(accounts.context, filter);
		expect(results.map(({ value }) => value)).toEqual(ids);
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
		const { context, asked } = groups(250);
		const first = await searchAgentGroups.call(context);
		expect(first.results).toHaveLength(100);
		expect(first.results[0]).toEqual({ name: 'Group 1 (1)', value: 1 });
		const second = await searchAgentGroups.call(
			context,
			undefined,
			first.paginationToken as string,
		);
		expect(second.results[0]).toEqual({ name: 'Group 101 (101)', value: 101 });
		const third = await searchAgentGroups.call(context, '', second.paginationToken as string);
		expect(third.results).toHaveLength(50);
		expect(third.paginationToken).toBeUndefined();
		// The first page might be the one before the sample's.
		expect(asked.map(({ body }) => body)).toEqual(
			[1, 0, 1, 2, 3].map((PageNumber) => ({ PageSize: 100, PageNumber })),
		);
	});

	test('on a full last page have no next one', async () => {
		const { context, asked } = groups(100);
		expect((await searchAgentGroups.call(context)).paginationToken).toBeUndefined();
		expect(asked).toHaveLength(1);
	});

	test('that match a filter are found on all pages', async () => {
		const { context, asked } = groups(250);
		const found = await searchAgentGroups.call(context, 'group 24');
		expect(found.results.map(({ value }) => value)).toEqual([
			24, 240, 241, 242, 243, 244, 245, 246, 247, 248, 249,
		]);
		expect(found.paginationToken).toBeUndefined();
		expect(asked).toHaveLength(5);
	});

	test('of an API that says that there are more than it gives are told as not all', async () => {
		const { context, asked } = editor(() => ok({ Total: 1_000_000, MemberGroupList: [] }));
		expect(await searchAgentGroups.call(context, 'x')).toEqual({ results: [NOT_ALL] });
		expect(asked.map(({ body }) => body.PageNumber)).toEqual([1, 0, 1]);
	});
});

describe('agents, of which the API gives a hundred at once, from page 0 on', () => {
	test('are listed a page at a time by nickname and mail', async () => {
		const { context, asked } = members(150);
		const first = await searchAgents.call(context);
		expect(first.results[0]).toEqual({
			name: 'Agent 0 (agent0@example.com)',
			value: 'agent0@example.com',
		});
		const second = await searchAgents.call(context, undefined, first.paginationToken as string);
		expect(second.results).toHaveLength(50);
		expect(second.paginationToken).toBeUndefined();
		expect(asked.map(({ body }) => body)).toEqual([
			{ PageSize: 100, PageNum: 0 },
			{ PageSize: 100, PageNum: 1 },
		]);
	});

	test('that match a filter by nickname or mail are found on all pages', async () => {
		const { context } = members(150);
		const byMail = await searchAgents.call(context, 'AGENT149@');
		expect(byMail.results.map(({ value }) => value)).toEqual(['agent149@example.com']);
		const byName = await searchAgents.call(context, 'agent 149');
		expect(byName.results.map(({ value }) => value)).toEqual(['agent149@example.com']);
	});

	test('are read on fifty pages and no more, and the last entry says that they are not all', async () => {
		const filtered = members(1_000_000);
		const found = await searchAgents.call(filtered.context, 'agent 4999');
		expect(found.results.map(({ value }) => value)).toEqual(['agent4999@example.com', '']);
		expect(found.results.at(-1)).toEqual(NOT_ALL);
		expect(filtered.asked).toHaveLength(50);

		const scrolled = members(1_000_000);
		const ids = await scrollThrough(searchAgents, scrolled.context);
		expect(ids).toHaveLength(5001);
		expect(scrolled.asked).toHaveLength(50);
	});
});

// How odd a Desk may be with its pages is tested with the pages themselves (tencentDesk/asking/pages.test.ts).
test.each([0, 1])(
	'groups of which Desk gives 60 where 100 were asked for, from page %s on, are found each once',
	async (first) => {
		const { context } = editor(({ PageSize, PageNumber }) => {
			const length = Math.min(PageSize, 60);
			const start = (PageNumber - first) * length;
			const here = Array.from({ length: 130 }, (_, i) => i).slice(
				Math.max(start, 0),
				start + length,
			);
			return ok({ Total: 130, MemberGroupList: here.map((i) => ({ MemberGroupID: 2000 + i })) });
		});
		const all = Array.from({ length: 130 }, (_, i) => 2000 + i);

		expect(await scrollThrough(searchAgentGroups, context)).toEqual(all);
		const filtered = await searchAgentGroups.call(context, '2');
		expect(filtered.results.map(({ value }) => value)).toEqual(all);
	},
);

describe('a list with a way back to any', () => {
	const search = orAny(searchAgentGroups, 'Any group');

	test('begins with it, on the first page only', async () => {
		const { context } = groups(150);
		const first = await search.call(context);
		expect(first.results.slice(0, 2)).toEqual([
			{ name: 'Any group', value: '' },
			{ name: 'Group 1 (1)', value: 1 },
		]);
		const second = await search.call(context, undefined, first.paginationToken as string);
		expect(second.results[0].value).toBe(101);
	});

	test.each([
		['any', true],
		[' ANY Gr', true],
		['group 12', false],
	])('and finds it by its name: %p', async (filter, isFound) => {
		const { results } = await search.call(groups(20).context, filter);
		expect(results.some(({ value }) => value === '')).toBe(isFound);
	});

	test('also where there is nothing else', async () => {
		const { context } = groups(0);
		expect(await search.call(context)).toEqual({ results: [{ name: 'Any group', value: '' }] });
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

	test.each<[string, Answer, string]>([
		[
			'a wrong key',
			{ body: { ActionStatus: 'FAIL', ErrorCode: 70009 } },
			'The secret key does not belong to this SDKAppID. Copy the SDKAppID and the secret key of the same application from the Tencent Cloud Chat console into the credential.',
		],
		[
			'141004',
			{ body: { ActionStatus: 'FAIL', ErrorCode: 141004 } },
			`Desk refused the request (code 141004). ${CHECK}`,
		],
		...(
			[
				[70500, `Tencent did not say whether it finished the request. ${OPEN_AGAIN}`],
				[141002, `Desk could not work on the request. ${OPEN_AGAIN}`],
				[141009, `${TOO_MANY} ${OPEN_AGAIN}`],
				[
					999,
					'Desk refused the request with the code 999, which this node does not know. Look up the code in the documentation of Tencent Cloud Chat and Desk.',
				],
			] as const
		).map(([code, words]): [string, Answer, string] => [
			`${code}`,
			{ body: { ActionStatus: 'FAIL', ErrorCode: code } },
			words,
		]),
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
			const { message } = await failureOf({ body: { ActionStatus: 'FAIL', ErrorCode: code } });
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
