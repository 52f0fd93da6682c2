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
	SESSION_STATES.map((state): [string, SessionState] => [keyOf(state), state]),
);

/** The state that a text names, whatever its case, blanks and spelling; undefined when it names none. */
export function readSessionState(text: string): SessionState | undefined {
	return BY_KEY.get(keyOf(text));
}

function keyOf(text: string): string {
	return text
		.toLowerCase()
		.replaceAll(/[\s_-]/g, '')
		.replace('queueing', 'queuing');
}
