import { readApiText } from './reply';

/** The states of a session: https://www.tencentcloud.com/document/product/1229/68825 */
const STATES = ['NotInSession', 'Chatbot', 'WaitingForAgentAnswering', 'Queueing', 'Agent'];
/** Tencent's English page spells it so; the Chinese one says Queueing. */
const OTHER_SPELLINGS: Record<string, string> = { queuing: 'Queueing' };
const LONGEST_STATE = 64;

/**
 * A session state in its one spelling. Case, blanks and Tencent's second spellings make no difference; a state that is
 * not documented is given as it is. Null when there is none.
 */
export function readSessionState(value: unknown): string | null {
	const text = readApiText(value, LONGEST_STATE).trim();
	const letters = text.replaceAll(/[\s_-]/g, '').toLowerCase();
	const known = STATES.find((state) => state.toLowerCase() === letters);
	return known ?? OTHER_SPELLINGS[letters] ?? (text || null);
}
