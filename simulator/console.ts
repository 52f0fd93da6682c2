import type { LoggedRequest, Simulator } from './contract';

/** User ids that show a builder every output of the node; the README has the whole list. */
const USER_IDS_TO_TRY: Array<[userId: string, happens: string]> = [
	['user-1', 'contacted, once; a second time: already in a conversation (141016)'],
	['unknown-1', 'the user does not exist (141015)'],
	['in-conversation', 'already talks with an agent (141016)'],
	['chatbot-only', 'cannot be transferred to a live agent (141003)'],
	['answer-141012', 'any answer: the agent is full; add .1 .2 ... for distinct ids'],
	['answer-60007-once', 'rate limit at the first request, contacted at the second'],
	['delay-2000', 'contacted, answered after two seconds'],
	['fault-reset', 'the connection breaks, nobody was contacted'],
	['fault-reset-commit', 'the connection breaks, the user was contacted'],
	['fault-hang-commit-blind', 'no answer, and the session state cannot be read either'],
];

const column = (rows: Array<[string, string]>): string => {
	const width = Math.max(...rows.map(([left]) => left.length));
	return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
};

/** What a person has to type into the n8n credential. The key is a demo value and opens nothing. */
export const renderWelcome = ({ credential, world, url }: Simulator): string => `
Local Tencent Desk, for trying out the Contact User node. Nothing leaves this computer.

Type this into the Tencent Desk API credential in n8n:
${column([
	['Data Center', 'Custom'],
	['Base URL', credential.baseUrl],
	['SDKAppID', credential.sdkAppId],
	['Administrator UserID', credential.adminUserId],
	['Secret Key', credential.secretKey],
])}

Customer service accounts: ${world.accounts.map((account) => account.id).join(', ')}

User ids to try:
${column(USER_IDS_TO_TRY)}

Contacts made so far: ${url}/simulator/ledger    All user ids and faults: simulator/README.md
Ctrl-C stops it. Requests:
`;

/** Control characters in a user id must not write to the person's terminal. */
const printable = (text: string): string => text.replace(/\p{C}/gu, '?');

/** One line per request, made of what the log holds; that is never a signature. */
export const renderRequest = (request: LoggedRequest): string => {
	const { at, command, userId, status, errorCode, fault, attempt } = request;
	const http = status === null ? 'no answer' : `HTTP ${status}`;
	const result = errorCode === null ? http : `ErrorCode ${errorCode}`;
	return [
		new Date(at).toISOString().slice(11, 23),
		command.padEnd(22),
		printable(userId ?? '-').padEnd(28),
		result,
		...(fault === null ? [] : [`fault ${fault}`]),
		...(attempt > 1 ? [`request ${attempt}`] : []),
	].join('  ');
};
