import {
	CHECK_PARAMETERS,
	describeGatewayCode,
	isWebhookCode,
	rowsOf,
	type CodeMeaning,
	type GatewayClass,
	type Rows,
} from '../../shared/api/gatewayCodes';
import { NO_AGENT, WRONG_NAMES } from '../../shared/asking/codes';

/** What only contact_user answers: about agents, or about the user; nothing is broken. */
export type ContactClass = GatewayClass | 'agentUnavailable' | 'userUnavailable';

export const SLOW_DOWN =
	'Lower Requests per Second in the options, or run the workflow again later.';
export const LOOK_FIRST =
	'Look into the Desk workbench whether the user was contacted before you contact the user again.';

const CHECK_CONTACT =
	'Check User ID, Customer Service Account, Agent Group and Agent of this item.';

/** contact_user: "the user is already in a conversation with a live agent". */
export const ALREADY_WITH_AGENT = 141016;

// Codes of contact_user itself, as far as they are not those of other commands too: https://www.tencentcloud.com/document/product/1229/68947 and 679/117593 at cloud.tencent.com;
// 141010: the page of set_member_status, 269/124943 there
const USER_UNAVAILABLE: Rows = {
	141003: [
		'The session of the user cannot be handed to a live agent.',
		'Check the state of the session in the Desk workbench.',
	],
	[ALREADY_WITH_AGENT]: ['The user is already in a conversation with a live agent.', ''],
};

const APP: Rows = {
	141014: [
		'Contacting users is turned off for this Desk application.',
		'In the Desk console, allow agents to contact users.',
	],
};

const REQUEST: Rows = {
	...WRONG_NAMES,
	141018: [
		'The agent group may not contact users through this customer service account.',
		'Allow the group for the account in the Desk console, or choose another agent group.',
	],
};

const NOT_DONE: Rows = {
	141002: [
		'Desk could not work on the request and did not contact the user.',
		'Run the workflow again later.',
	],
};

const FAILED: Rows = {
	80003: [
		'The webhook of the application that is asked before a contact did not answer.',
		'Check the before-contact webhook of the Desk application.',
	],
};

const CONTACT_CODES = new Map<number, CodeMeaning<ContactClass>>([
	...rowsOf('agentUnavailable', NO_AGENT, true),
	...rowsOf('userUnavailable', USER_UNAVAILABLE, false),
	...rowsOf('app', APP, false),
	...rowsOf('request', REQUEST, false),
	...rowsOf('notDone', NOT_DONE, true),
	...rowsOf('failed', FAILED, true),
]);

/** What a code that any command may answer leaves to do about a contact. */
const ADVICE: Partial<Record<GatewayClass, string>> = {
	rateLimit: SLOW_DOWN,
	ambiguous: LOOK_FIRST,
};

/** What a non-zero ErrorCode of contact_user means: its own page first, then what any command may answer. */
export function describeContactCode(code: number): CodeMeaning<ContactClass> {
	const own = CONTACT_CODES.get(code);
	if (own !== undefined) return own;
	// Stated for message webhooks, taken to hold for Desk's before-contact webhook.
	if (isWebhookCode(code)) {
		return {
			class: 'userUnavailable',
			message: 'The before-contact webhook of your application refused to contact the user.',
			advice: 'Look up the code in your own webhook.',
			retryLater: false,
		};
	}
	const meaning = describeGatewayCode(code);
	const advice = meaning.advice === CHECK_PARAMETERS ? CHECK_CONTACT : ADVICE[meaning.class];
	return { ...meaning, advice: advice ?? meaning.advice };
}

/** Every code of the table: a test compares it with one of its own. */
export function contactCodes(): Array<[code: number, meaning: CodeMeaning<ContactClass>]> {
	return [...CONTACT_CODES];
}
