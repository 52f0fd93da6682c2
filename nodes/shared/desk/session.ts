import { isoOfSeconds, nameOf } from './values';

/**
 * What Desk recorded of a session, in our names. What Tencent's page leaves open is passed through, never guessed.
 * Source: describe_im_cdr_list, https://www.tencentcloud.com/document/product/1229/68823
 */
export interface SessionRecord {
	sessionId: string | null;
	userId: string | null;
	userNickname: string | null;
	/** Login email. */
	agent: string | null;
	agentGroup: number | null;
	agentGroupName: string | null;
	channel: string | null;
	durationSeconds: number | null;
	/** Desk's own word; only `AgentEndedSession` stands on the page. */
	endStatus: string | null;
	/** 1 to 5; null when nobody rated the session. */
	rating: number | null;
	/** `timestampSeconds` as ISO text (UTC). */
	time: string | null;
	/** Epoch seconds. Whether it is the start or the end of the session, the page does not say. */
	timestampSeconds: number | null;
}

/**
 * Names a record: the same when Desk rates it or moves its time later, another for each agent that a session had.
 */
export function recordKey({ sessionId, userId, agent, timestampSeconds }: SessionRecord): string {
	return JSON.stringify(
		sessionId === null ? [null, userId, agent, timestampSeconds] : [sessionId, agent],
	);
}

/** Names a row of a list: tells apart the records of a session that came back to the same agent, too. */
export function rowKey(record: SessionRecord): string {
	return `${recordKey(record)} ${record.timestampSeconds}`;
}

/** Whether it was with this agent, of this group; '' and null mean any. */
export function isWith(
	record: SessionRecord,
	{ agent, agentGroup }: { agent: string; agentGroup: number | null },
): boolean {
	return (
		(agent === '' || record.agent?.toLowerCase() === agent.toLowerCase()) &&
		(agentGroup === null || record.agentGroup === agentGroup)
	);
}

const LONGEST_TEXT = 500;
/** The last second that a JavaScript date can hold. */
const LAST_SECOND = 8.64e12;

/** Reads an entry of `IMCdrList`. What is missing or of another kind becomes null. */
export function readSessionRecord(entry: Record<string, unknown>): SessionRecord {
	const timestampSeconds = readCount(entry.Timestamp, LAST_SECOND);
	const agentGroup = readCount(entry.AgentGroupId, Number.MAX_SAFE_INTEGER);
	const rating = readCount(entry.SatisfactionSelected, 5);
	return {
		sessionId: textOf(entry.SessionId),
		userId: textOf(entry.ClientUserId),
		userNickname: textOf(entry.ClientUserNickName),
		agent: textOf(entry.AgentId),
		agentGroup: agentGroup || null,
		agentGroupName: textOf(entry.AgentGroupName),
		channel: textOf(entry.ChannelType),
		durationSeconds: readCount(entry.Duration, Number.MAX_SAFE_INTEGER),
		endStatus: textOf(entry.EndStatus),
		// Desk may say 0 for a session that nobody rated.
		rating: rating || null,
		time: isoOfSeconds(timestampSeconds),
		timestampSeconds,
	};
}

function textOf(value: unknown): string | null {
	return nameOf(value, LONGEST_TEXT);
}

/** A whole number from 0 on, as a number or as digits: the group is a String here and an Integer elsewhere. */
function readCount(value: unknown, largest: number): number | null {
	const count = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
	return Number.isSafeInteger(count) && (count as number) >= 0 && (count as number) <= largest
		? (count as number)
		: null;
}

/**
 * The states of a session, as the Chinese page spells them: https://cloud.tencent.com/document/product/679/116639.
 * The English one (https://www.tencentcloud.com/document/product/1229/68825) has `Queuing` and `Not in session` too.
 */
export const SESSION_STATES = [
	'NotInSession',
	'Chatbot',
	'WaitingForAgentAnswering',
	'Queueing',
	'Agent',
] as const;
export type SessionState = (typeof SESSION_STATES)[number];

const BY_KEY = new Map<string, SessionState>(
	SESSION_STATES.map((state): [string, SessionState] => [lettersOf(state), state]),
);

/** The state that a text names, whatever its case, blanks and spelling; undefined when it names none. */
export function readSessionState(text: string): SessionState | undefined {
	return BY_KEY.get(lettersOf(text));
}

function lettersOf(text: string): string {
	return text
		.toLowerCase()
		.replaceAll(/[\s_-]/g, '')
		.replace('queueing', 'queuing');
}

/** Whether a live agent has the session, or was asked to take it. */
export function isWithAgent(state: string | null): boolean {
	return state === 'Agent' || state === 'WaitingForAgentAnswering';
}

/** The state of a session in its one spelling; one that is not documented as it is. */
export function stateOf(value: unknown): string | null {
	const state = nameOf(value);
	return state === null ? null : (readSessionState(state) ?? state);
}
