import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { callDesk, DEFAULT_TIMEOUT_MS, type DeskCommand } from '../desk/callDesk';
import { describeCode } from '../desk/codes';
import { isRecord, type DeskReply } from '../desk/reply';
import { nameOf, nameOrNull, recordsOf } from '../desk/values';
import { AGENT_GROUP } from './locators';
import { readCredential } from '../n8n/credential';
import { noList, notLoaded } from './notLoaded';
import { matching, searchPages, type ListPage, type PageRequest } from './paging';

// Pages of the commands: https://cloud.tencent.com/document/product/269/ with 111801 (accounts), 124502 (groups),
// 124319 (members), 127649 (members of a group).

/** Fills the Customer Service Account drop-down. get_im_agent_list has no pages. */
export async function searchCustomerServiceAccounts(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const reply = await ask(this, 'get_im_agent_list', {});
	if (!isList(reply)) throw notLoaded(this, noList(reply));
	const entries = recordsOf(reply.body.Data).map((account) =>
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
	const readPage = async (request: PageRequest): Promise<ListPage> => {
		const fields = { PageSize: request.pageSize, PageNumber: request.page };
		const reply = await ask(this, 'get_member_group_list', fields);
		return readListPage(this, request, reply, ({ MemberGroupList }) =>
			recordsOf(MemberGroupList).map((group) => entry(group.MemberGroupID, group.MemberGroupName)),
		);
	};
	return await searchPages({ firstPage: 1, perhapsBefore: 0, readPage }, filter, paginationToken);
}

/** Fills the Agent drop-down: the agents of the chosen group, or all. Both commands count pages from 0. */
export async function searchAgents(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const group = chosenGroup(this);
	const readPage = async (request: PageRequest): Promise<ListPage> => {
		const fields = { PageSize: request.pageSize, PageNum: request.page };
		const reply =
			group === undefined
				? await ask(this, 'get_member_list', fields)
				: await ask(this, 'get_member_list_in_group', { MemberGroupID: group, ...fields });
		if (group !== undefined && isRefused(reply) && !request.mayBeMissing) {
			throw notLoaded(this, noList(reply, 'Choose the agent group again: it may be gone.'));
		}
		return readListPage(this, request, reply, ({ MemberList }) =>
			recordsOf(MemberList).map((member) => entry(member.MemberMail, member.NickName)),
		);
	};
	return await searchPages({ firstPage: 0, readPage }, filter, paginationToken);
}

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/**
 * The same list, beginning with a way back to nothing in particular: an entry without a value, which the editor stores
 * as if nothing had been chosen.
 */
export function orAny(search: ListSearch, any: string): ListSearch {
	return async function (filter, paginationToken) {
		const list = await search.call(this, filter, paginationToken);
		const isOffered =
			paginationToken === undefined &&
			any.toLowerCase().includes((filter ?? '').trim().toLowerCase());
		return isOffered ? { ...list, results: [{ name: any, value: '' }, ...list.results] } : list;
	};
}

/**
 * The agent group that was chosen from its list. One that was entered By ID may come from an expression, of which the
 * editor hands on what it gives for one item, as if it were fixed.
 */
function chosenGroup(context: ILoadOptionsFunctions): number | undefined {
	const chosen: unknown = context.getCurrentNodeParameter(AGENT_GROUP.name);
	if (!isRecord(chosen) || chosen.mode !== 'list') return undefined;
	const group = Number(chosen.value || NaN);
	return Number.isSafeInteger(group) ? group : undefined;
}

async function ask(
	context: ILoadOptionsFunctions,
	command: DeskCommand,
	body: IDataObject,
): Promise<DeskReply> {
	const reading = await readCredential(context);
	if ('problem' in reading) throw notLoaded(context, reading.problem);
	const { credential } = reading;
	return await callDesk(context, { command, body, credential, timeoutMs: DEFAULT_TIMEOUT_MS });
}

function readListPage(
	context: ILoadOptionsFunctions,
	{ mayBeMissing }: PageRequest,
	reply: DeskReply,
	entriesOf: (body: Record<string, unknown>) => INodeListSearchItems[],
): ListPage {
	if (isList(reply)) return { entries: entriesOf(reply.body), total: totalOf(reply.body) };
	if (mayBeMissing && isRefused(reply)) return { entries: [], isMissing: true };
	throw notLoaded(context, noList(reply));
}

function isRefused(reply: DeskReply): boolean {
	return reply.kind === 'answer' && describeCode(reply.errorCode).class === 'request';
}

function isList(reply: DeskReply): reply is DeskReply & { kind: 'answer'; errorCode: 0 } {
	return reply.kind === 'answer' && reply.errorCode === 0;
}

function totalOf(body: Record<string, unknown>): number | undefined {
	const total = Number(body.Total ?? NaN);
	return Number.isSafeInteger(total) ? total : undefined;
}

/** What is shown is as safe as any other text of the API; `value` stays as it came, since it names the thing to Desk. */
function entry(id: unknown, name: unknown): INodeListSearchItems {
	const value = typeof id === 'number' || typeof id === 'string' ? id : '';
	const shownId = nameOf(value) ?? '';
	const shownName = nameOrNull(name);
	return { name: shownName === null ? shownId : `${shownName} (${shownId})`, value };
}
