import {
	NodeOperationError,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
} from 'n8n-workflow';

import type { Problem } from '../../../credentials/deskAccount';
import { callDesk, DEFAULT_TIMEOUT_MS, type DeskCommand } from '../api/callDesk';
import { describeGatewayCode, TOO_MANY_REQUESTS } from '../api/gatewayCodes';
import { isRecord, type DeskReply } from '../api/reply';
import { readCredential } from '../n8n/credential';

/**
 * The most that the API gives at once.
 * Pages of the commands: https://cloud.tencent.com/document/product/269/ with 111801 (accounts), 124502 (groups),
 * 124319 (members).
 */
const PAGE_SIZE = 100;
/** The API cannot search, so a filter reads page after page; this bounds it. */
const MOST_PAGES = 50;

const CHECK_CREDENTIAL =
	'Check the data center or Base URL of the credential, then test the credential.';

/** One page of a list, and how many entries there are in all. */
interface Page {
	entries: INodeListSearchItems[];
	total: number;
}

/** Fills the Customer Service Account drop-down. get_im_agent_list has no pages. */
export async function searchCustomerServiceAccounts(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const body = await askForList(this, 'get_im_agent_list', {});
	const entries = records(body.Data).map((account) =>
		// Both spellings occur in the vendor's pages: 269/111801 and 269/128896.
		entry(account.IMAgentUserId ?? account.IMAgentUserID, account.IMAgentNick),
	);
	return { results: matching(entries, filter) };
}

/**
 * Fills the Agent Group drop-down. The page of get_member_group_list does not say what the first page is; its
 * sample asks for 1.
 */
export async function searchAgentGroups(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchPages(filter, paginationToken, 1, async (page) => {
		const body = await askForList(this, 'get_member_group_list', {
			PageSize: PAGE_SIZE,
			PageNumber: page,
		});
		const entries = records(body.MemberGroupList).map((group) =>
			entry(group.MemberGroupID, group.MemberGroupName),
		);
		return { entries, total: Number(body.Total) || 0 };
	});
}

/** Fills the Agent drop-down. get_member_list counts pages from 0. */
export async function searchAgents(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchPages(filter, paginationToken, 0, async (page) => {
		const body = await askForList(this, 'get_member_list', { PageSize: PAGE_SIZE, PageNum: page });
		const entries = records(body.MemberList).map((member) =>
			entry(member.MemberMail, member.NickName),
		);
		return { entries, total: Number(body.Total) || 0 };
	});
}

/** Without a filter one page at a time; with one, all that matches. */
async function searchPages(
	filter: string | undefined,
	paginationToken: string | undefined,
	firstPage: number,
	readPage: (page: number) => Promise<Page>,
): Promise<INodeListSearchResult> {
	let page = paginationToken === undefined ? firstPage : Number(paginationToken);
	const results: INodeListSearchItems[] = [];
	for (; page < firstPage + MOST_PAGES; page++) {
		const { entries, total } = await readPage(page);
		results.push(...matching(entries, filter));
		const isLast = entries.length === 0 || (page - firstPage + 1) * PAGE_SIZE >= total;
		if (isLast) return { results };
		if (!filter) return { results, paginationToken: String(page + 1) };
	}
	return { results };
}

async function askForList(
	context: ILoadOptionsFunctions,
	command: DeskCommand,
	body: IDataObject,
): Promise<Record<string, unknown>> {
	const reading = await readCredential(context);
	if ('problem' in reading) throw notLoaded(context, reading.problem);
	const reply = await callDesk(context, {
		command,
		body,
		credential: reading.credential,
		timeoutMs: DEFAULT_TIMEOUT_MS,
	});
	if (reply.kind === 'answer' && reply.errorCode === 0) return reply.body;
	throw notLoaded(context, problemOf(reply));
}

/** All in the message, since the editor does not show the description of an error below a list. */
function notLoaded(context: ILoadOptionsFunctions, { message, advice }: Problem): Error {
	return new NodeOperationError(
		context.getNode(),
		`The list could not be loaded: ${message} ${advice}`.trim(),
	);
}

/** What a reply that is no success means to a builder. */
export function problemOf(reply: DeskReply): Problem {
	switch (reply.kind) {
		case 'answer':
			return describeGatewayCode(reply.errorCode);
		case 'blocked':
			return { message: `${reply.reason}.`, advice: reply.advice };
		case 'tooManyRequests':
			return { message: TOO_MANY_REQUESTS, advice: 'Try again in a minute.' };
		case 'httpError':
			return {
				message: `The server answered with HTTP status ${reply.httpStatus}.`,
				advice: CHECK_CREDENTIAL,
			};
		case 'notSent':
		case 'ambiguous':
			return { message: `${reply.reason}.`, advice: CHECK_CREDENTIAL };
	}
}

function records(value: unknown): Array<Record<string, unknown>> {
	return Array.isArray(value) ? value.filter(isRecord) : [];
}

function entry(id: unknown, name: unknown): INodeListSearchItems {
	const value = typeof id === 'number' ? id : String(id ?? '');
	const label = typeof name === 'string' && name !== '' ? `${name} (${value})` : String(value);
	return { name: label, value };
}

function matching(entries: INodeListSearchItems[], filter = ''): INodeListSearchItems[] {
	const wanted = filter.trim().toLowerCase();
	return entries.filter(({ name, value }) => value !== '' && name.toLowerCase().includes(wanted));
}
