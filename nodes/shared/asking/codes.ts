import { describeGatewayCode, rowsOf, type CodeMeaning, type Rows } from '../api/gatewayCodes';
import type { DescribeCode } from './verdict';

const CHECK_SESSION = 'Take the Session ID from Session: Get; a session that has ended has none.';

/**
 * Codes of Desk that stand on the pages of several commands. What a page leaves out (many of them break off in the
 * copies that could be read) may be answered all the same.
 * https://www.tencentcloud.com/document/product/1229/68947 (141001 to 141019), 1229/68948 (141005), and at
 * cloud.tencent.com 269/124943 (141010), 269/118746 (141020 to 141026), 269/125900 (141027), 269/141347 (141033)
 */
const REQUEST: Rows = {
	141003: [
		'The session cannot be handed to a live agent.',
		'Check the state of the session in the Desk workbench.',
	],
	141005: ['The session does not exist, or has ended.', CHECK_SESSION],
	141016: ['The user is already in a conversation with a live agent.', ''],
	141018: [
		'The agent group may not serve this customer service account.',
		'Allow the group for the account in the Desk console, or choose another agent group.',
	],
	141020: ['The agent group is not valid.', 'Check the Agent Group of this item.'],
	141024: ['The agent has this session already.', 'Choose another agent.'],
	141026: [
		'The state of the session does not allow to hand it over.',
		'Look the state up with Session: Get. Only a session that an agent has can be handed over.',
	],
	141027: [
		'The state of the session does not allow to leave the queue.',
		'Look the state up with Session: Get. Only a session in the state Queueing can leave it.',
	],
	141033: [
		'Your package of Desk allows no more conversation settings.',
		'Delete conversation settings in the Desk console, or choose a larger package.',
	],
};

/** A name of the request that Desk does not know. */
export const WRONG_NAMES: Rows = {
	141010: ['The agent account does not exist.', 'Check the Agent of this item.'],
	141015: ['The user account does not exist.', 'Check the User ID of this item.'],
	141019: ['The agent group is not valid.', 'Check the Agent Group of this item.'],
};

const LATER = 'Try again later, when an agent is online and free.';

/** Nothing is broken; the same request may succeed later. */
export const NO_AGENT: Rows = {
	141001: ['No agent could be assigned, since no agent is online.', LATER],
	141011: ['The agent is offline.', 'Try again when the agent is online, or choose another agent.'],
	141012: [
		'The agent already serves as many users as allowed.',
		'Try again when the agent has a free place, or choose another agent.',
	],
	141013: [
		'The agent is on a break.',
		'Try again when the agent is back, or choose another agent.',
	],
	141017: ['No agent could be assigned.', LATER],
};

/** The same where a session is handed over. */
const ALL_BUSY: Rows = {
	141025: ['No agent could be assigned, since all agents are busy.', LATER],
};

const DESK_CODES = new Map<number, CodeMeaning>([
	...rowsOf('request', { ...REQUEST, ...WRONG_NAMES }, false),
	...rowsOf('failed', { ...NO_AGENT, ...ALL_BUSY }, true),
]);

/**
 * What a code of one command means: its own page first, then Desk's, then what any command may answer.
 * @param own what the command's own page says; surely not done, and no use trying at once
 */
export function codesOf(own: Rows): DescribeCode {
	const ownCodes = new Map<number, CodeMeaning>(rowsOf('request', own, false));
	return (code) => ownCodes.get(code) ?? DESK_CODES.get(code) ?? describeGatewayCode(code);
}

/** Every code of the table: a test compares it with a list of its own. */
export function deskCodes(): number[] {
	return [...DESK_CODES.keys()];
}
