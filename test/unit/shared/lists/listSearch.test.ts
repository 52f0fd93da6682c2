import type { IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';

import {
	searchAgentGroups,
	searchAgents,
	searchCustomerServiceAccounts,
} from '../../../../nodes/shared/lists/listSearch';

const SECRET_KEY = 'a-key-that-must-stay-in-n8n';
const CREDENTIAL = {
	dataCenter: 'china',
	sdkAppId: '1400000000',
	adminUserId: 'administrator',
	secretKey: SECRET_KEY,
};

type Answer = { statusCode?: number; body: object | string };

/** The part of n8n that the drop-downs use; real HTTP is for the engine tests. */
function editor(answer: (body: Record<string, number>) => Answer, credential: object = CREDENTIAL) {
	const asked: Array<{ url: string; body: Record<string, number> }> = [];
	const context = {
		getNode: () => ({ name: 'Contact User', type: 'contactUser', credentials: {} }),
		getCredentials: async () => credential,
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

const ok = (fields: object) => ({ body: { ActionStatus: 'OK', ErrorCode: 0, ...fields } });

/** Groups 1 to `count`, a hundred a page from page 1 on. */
const groups = (count: number) =>
	editor(({ PageSize, PageNumber }) => {
		const first = (PageNumber - 1) * PageSize;
		const here = Math.max(0, Math.min(PageSize, count - first));
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
		expect(asked.map(({ body }) => body)).toEqual([
			{ PageSize: 100, PageNumber: 1 },
			{ PageSize: 100, PageNumber: 2 },
			{ PageSize: 100, PageNumber: 3 },
		]);
	});

	test('on a full last page have no next one', async () => {
		const { context } = groups(100);
		expect((await searchAgentGroups.call(context)).paginationToken).toBeUndefined();
	});

	test('that match a filter are found on all pages', async () => {
		const { context, asked } = groups(250);
		const found = await searchAgentGroups.call(context, 'group 24');
		expect(found.results.map(({ value }) => value)).toEqual([
			24, 240, 241, 242, 243, 244, 245, 246, 247, 248, 249,
		]);
		expect(found.paginationToken).toBeUndefined();
		expect(asked).toHaveLength(3);
	});

	test('are looked for on fifty pages and no more', async () => {
		const { context, asked } = groups(1_000_000);
		const found = await searchAgentGroups.call(context, 'group 5000');
		expect(found.results.map(({ value }) => value)).toEqual([5000]);
		expect(asked).toHaveLength(50);
	});

	test('are not asked for without end by an API that always says that there is more', async () => {
		const { context, asked } = editor(() => ok({ Total: 1_000_000, MemberGroupList: [] }));
		expect(await searchAgentGroups.call(context, 'x')).toEqual({ results: [] });
		expect(asked).toHaveLength(1);
	});

	test('end with the fiftieth page when they are scrolled', async () => {
		const { context, asked } = groups(1_000_000);
		const last = await searchAgentGroups.call(context, undefined, '50');
		expect(last.results).toHaveLength(100);
		const beyond = await searchAgentGroups.call(context, undefined, '51');
		expect(beyond).toEqual({ results: [] });
		expect(asked).toHaveLength(1);
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

	test('in the words of the code', async () => {
		const refused = await failureOf({ body: { ActionStatus: 'FAIL', ErrorCode: 70009 } });
		expect(refused.message).toBe(
			'The list could not be loaded: The secret key does not belong to this SDKAppID. Copy the SDKAppID and the secret key of the same application from the Tencent Cloud Chat console into the credential.',
		);
	});

	test.each<[string, Answer]>([
		['a web page', { body: '<html></html>' }],
		['HTTP 404', { statusCode: 404, body: '' }],
		['HTTP 429', { statusCode: 429, body: '' }],
		['HTTP 502', { statusCode: 502, body: '' }],
	])('%s', async (_name, answer) => {
		const { message } = await failureOf(answer);
		expect(message).toMatch(/^The list could not be loaded: [A-Z].*\. (Check|Try) .*\.$/);
	});

	test('in the words of the credential, when it cannot be right, and nothing is sent', async () => {
		const { message, asked } = await failureOf({ body: '' }, { ...CREDENTIAL, sdkAppId: 'abc' });
		expect(message).toMatch(
			/^The list could not be loaded: The SDKAppID of the credential is not a number\. Copy .*\.$/,
		);
		expect(asked).toBe(0);
	});
});
