import type { LoggedRequest, Simulator } from './contract';
import { isLoopbackAddress } from './loopback';

/** User ids that show a builder every output of the node; the README has the whole list. */
const USER_IDS_TO_TRY: Array<[userId: string, happens: string]> = [
	['user-1', 'contacted, once; a second time: already in a conversation (141016)'],
	['unknown-1', 'the user does not exist (141015)'],
	['in-conversation', 'already talks with an agent (141016)'],
	['chatbot-only', 'cannot be transferred to a live agent (141003)'],
	['answer-141012', 'any answer: the agent is full; add .1 .2 ... for distinct ids'],
	['answer-60007-once', 'rate limit at the first request, contacted at the second'],
	['delay-2000', 'contacted, answered after two seconds'],
	['ended-5000-rated-5', 'contacted; ended by the agent after five seconds, and rated'],
	['fault-reset', 'the connection breaks, nobody was contacted'],
	['fault-reset-commit', 'the connection breaks, the user was contacted'],
	['fault-hang-commit-blind', 'no answer, and the session state cannot be read either'],
];

const column = (rows: Array<[string, string]>): string => {
	const width = Math.max(...rows.map(([left]) => left.length));
	return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
};

/** Who can reach it, where that is not what a person expects. */
const renderReach = (hosts: string[], url: string): string => {
	const { port } = new URL(url);
	if (hosts.length === 1 && hosts[0] === '127.0.0.1') {
		return '\nIt listens on 127.0.0.1 alone, not on ::1: write 127.0.0.1, not localhost.\n';
	}
	if (hosts.every(isLoopbackAddress)) return '';
	return `
It listens on ${hosts.join(', ')}: others in your network can reach it too. For n8n in Docker the Base URL is
http://host.docker.internal:${port}
`;
};

/** What a person has to type into the n8n credential. The key is a demo value and opens nothing. */
export const renderWelcome = ({ credential, world, url, hosts }: Simulator): string => `
Local Tencent Desk, for trying out the nodes. Nothing leaves this computer.
${renderReach(hosts, url)}
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
		// Without a user, attempts of everybody are counted together.
		...(attempt > 1 && userId !== null ? [`request ${attempt}`] : []),
	].join('  ');
};
