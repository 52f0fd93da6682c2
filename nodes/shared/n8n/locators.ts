import {
	type IDataObject,
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
	type INodeProperties,
	NodeOperationError,
} from 'n8n-workflow';
import type { Problem } from '../../../credentials/deskAccount';
import { DEFAULT_SETTINGS, withLine } from '../delivery/run';
import { read } from '../delivery/deliver';
import type { DeskCommand } from '../desk/callDesk';
import { CHOOSE_GROUP, codesOf, describeCode } from '../desk/codes';
import type { Finding } from '../desk/judge';
import { type PageFailure, type PagedList, type Place, firstPlace, readPage } from '../desk/pages';
import { type Answer, isRecord, nameOf, nameOrNull, recordsOf } from '../desk/values';
import { readCredential } from './credential';

/** In whose name something is done. Names of parameters are stored in workflows and never change. */
export const CUSTOMER_SERVICE_ACCOUNT: INodeProperties = {
	displayName: 'Customer Service Account',
	name: 'customerServiceAccount',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The account of your Desk application that users see',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an account...',
			typeOptions: { searchListMethod: 'searchCustomerServiceAccounts', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. @customer_service_account',
		},
	],
};

/** Also called skill group. */
export const AGENT_GROUP: INodeProperties = {
	displayName: 'Agent Group',
	name: 'agentGroup',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The group (skill group) of agents',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a group...',
			typeOptions: { searchListMethod: 'searchAgentGroups', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 1001' },
	],
};

/** A member, by login email. */
export const AGENT: INodeProperties = {
	displayName: 'Agent',
	name: 'agent',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The agent, by the email address the agent logs in with',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an agent...',
			typeOptions: { searchListMethod: 'searchAgents', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. agent@example.com' },
	],
};

/** What the list of an optional locator begins with, and what the panel shows while nothing is chosen. */
export const ANY_GROUP = 'Any group';
export const ANY_AGENT = 'Any agent';

/** The same locator where nothing in particular may be chosen; its list needs `orAny` of the same words. */
export function optional(locator: INodeProperties, any: string): INodeProperties {
	const modes = locator.modes?.map((mode) =>
		mode.type === 'list' ? { ...mode, placeholder: any } : mode,
	);
	return { ...locator, modes };
}

// Pages of the commands: https://cloud.tencent.com/document/product/269/ with 111801 (accounts), 124502 (groups),
// 124319 (members), 127649 (members of a group).

/** Fills the Customer Service Account drop-down. get_im_agent_list has no pages. */
export async function searchCustomerServiceAccounts(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const list: EditorList = {
		pages: 'none',
		ask: async (part) => await ask(this, 'get_im_agent_list', part),
		rows: ({ Data }) => recordsOf(Data),
		// Both spellings occur in the vendor's pages: 269/111801 and 269/128896.
		key: ({ IMAgentUserId, IMAgentUserID }) => String(IMAgentUserId ?? IMAgentUserID),
		entry: (account) => entry(account.IMAgentUserId ?? account.IMAgentUserID, account.IMAgentNick),
	};
	return await searchPages(list, filter);
}

/** Fills the Agent Group drop-down. */
export async function searchAgentGroups(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const list: EditorList = {
		pages: 'pageNumber',
		ask: async (part) => await ask(this, 'get_member_group_list', part),
		rows: ({ MemberGroupList }) => recordsOf(MemberGroupList),
		key: ({ MemberGroupID }) => String(MemberGroupID),
		entry: ({ MemberGroupID, MemberGroupName }) => entry(MemberGroupID, MemberGroupName),
	};
	return await searchPages(list, filter, paginationToken);
}

/** Fills the Agent drop-down: the agents of the chosen group, or all. */
export async function searchAgents(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const group = chosenGroup(this);
	const list: EditorList = {
		pages: 'pageNum',
		ask: async (part) =>
			group === undefined
				? await ask(this, 'get_member_list', part)
				: await ask(
						this,
						'get_member_list_in_group',
						{ MemberGroupID: group, ...part },
						CODES_OF_GROUP,
					),
		rows: ({ MemberList }) => recordsOf(MemberList),
		key: ({ MemberMail }) => String(MemberMail),
		entry: ({ MemberMail, NickName }) => entry(MemberMail, NickName),
	};
	return await searchPages(list, filter, paginationToken);
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

/** The API cannot search, so a filter reads page after page; this bounds it. */
const MOST_PAGES_SEARCHED = 50;

/** Stands last in a list that is not whole. */
const NOT_ALL = 'The list is too long to show all: choose By ID and enter the ID';

/** A list of the editor. Its failures are thrown. */
interface EditorList extends PagedList<Error> {
	entry(row: Answer): INodeListSearchItems;
}

/** Without a filter one page at a time, as the builder scrolls; with one, all that matches on all pages. */
async function searchPages(
	list: EditorList,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const found = new Map<unknown, INodeListSearchItems>();
	let place =
		paginationToken === undefined ? firstPlace(list.pages) : (JSON.parse(paginationToken) as Place);
	for (;;) {
		const page = await readPage(list, place);
		if ('failure' in page) throw page.failure;
		const entries = page.rows.map((row) => list.entry(row));
		for (const entry of matching(entries, filter)) found.set(entry.value, entry);
		const results = [...found.values()];
		const { next, total = 0 } = page;
		if (next === undefined) {
			const isAll = place.offset + page.rows.length >= total;
			return { results: isAll ? results : notAll(results) };
		}
		if (next.asked >= MOST_PAGES_SEARCHED) return { results: notAll(results) };
		if (filter === '' && results.length > 0) {
			return { results, paginationToken: JSON.stringify(next) };
		}
		place = next;
	}
}

function notAll(results: INodeListSearchItems[]): INodeListSearchItems[] {
	return [...results, { name: NOT_ALL, value: '' }];
}

/** Entries with an id, whose name holds the filter. */
function matching(entries: INodeListSearchItems[], filter = ''): INodeListSearchItems[] {
	const wanted = filter.trim().toLowerCase();
	return entries.filter(({ name, value }) => value !== '' && name.toLowerCase().includes(wanted));
}

/** Asks once: a builder who opens the list again asks again. */
async function ask(
	context: ILoadOptionsFunctions,
	command: DeskCommand,
	body: IDataObject,
	codes = describeCode,
): Promise<{ answer: Answer } | PageFailure<Error>> {
	const reading = await readCredential(context);
	if ('problem' in reading) throw notLoaded(context, reading.problem);
	const settings = { ...DEFAULT_SETTINGS, maxRetries: 0 };
	const question = { command, body, codes };
	const ended = await withLine(
		context,
		reading.credential,
		settings,
		async (line) => await read(line, question),
	);
	if (ended.kind === 'done') return ended;
	if (ended.kind === 'notTried') throw notLoaded(context, STOPPED);
	const { finding } = ended;
	return { failure: notLoaded(context, wordsFor(finding)), isRefused: finding.class === 'request' };
}

/** A list has no item and no user that could be wrong, and is opened, not tried. */
function wordsFor({ message, advice, errorCode }: Finding): Problem {
	return advice.includes('this item')
		? { message: `Desk refused the request (code ${errorCode}).`, advice: CHECK_CREDENTIAL }
		: { message, advice: advice.replace('try again', 'open the list again') };
}

/** The one parameter of the request is the group. */
const CODES_OF_GROUP = codesOf({
	request: { 141004: ['The agent group is not valid.', CHOOSE_GROUP] },
});
const STOPPED: Problem = {
	message: 'The editor stopped waiting for the list.',
	advice: 'Try again.',
};
const CHECK_CREDENTIAL =
	'Check the data center or Base URL of the credential, then test the credential.';

/**
 * All in the message, since the editor does not show the description of an error below a list. It leaves out sentences
 * with "check credential", and the hyphens of any message.
 */
function notLoaded(context: ILoadOptionsFunctions, { message, advice }: Problem): Error {
	return new NodeOperationError(
		context.getNode(),
		`The list could not be loaded: ${message} ${advice} Or choose By ID and enter the ID.`,
	);
}

/** What is shown is as safe as any other text of the API; `value` stays as it came, since it names the thing to Desk. */
function entry(id: unknown, name: unknown): INodeListSearchItems {
	const value = typeof id === 'number' || typeof id === 'string' ? id : '';
	const shownId = nameOf(value) ?? '';
	const shownName = nameOrNull(name);
	return { name: shownName === null ? shownId : `${shownName} (${shownId})`, value };
}
