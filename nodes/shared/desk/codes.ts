import {
	APP_CODES,
	CHECK_BILLING,
	CREDENTIAL_CODES,
	type Rows,
} from '../../../credentials/refusedCodes';

/**
 * What decides what a node does next:
 *  - `credential`: every request of the same application would be refused alike, whatever the command
 *  - `app`: this command would be refused alike for all of the same application
 *  - `request`: this request cannot succeed as it is
 *  - `agentUnavailable`: surely not done, since no agent is free or online; the same request may succeed later
 *  - `userUnavailable`: surely not done, since the user or the session is not in a state for it
 *  - `rateLimit`, `notDone`: surely not done; the same request may be sent again
 *  - `failed`: surely not done; sending again at once is no use
 *  - `unclear`: the server had trouble of its own and may have done it all the same
 */
export type CodeClass =
	| 'credential'
	| 'app'
	| 'request'
	| 'agentUnavailable'
	| 'userUnavailable'
	| 'rateLimit'
	| 'notDone'
	| 'failed'
	| 'unclear';

/** What a code of the Desk API means to a builder. */
export interface CodeMeaning {
	class: CodeClass;
	/** What happened: one sentence. */
	message: string;
	/** What to do next: one sentence. */
	advice: string;
	/** Whether the same request may succeed later without a change by the builder. */
	retryLater: boolean;
}

/** What a non-zero code of a command means. */
export type DescribeCode = (code: number) => CodeMeaning;

/** For codes that do not say which parameter is meant; a command may name its own. */
export const CHECK_PARAMETERS = 'Check the parameters of this item.';
const SHORTEN = 'Check and shorten the parameters of this item.';
export const TOO_MANY_REQUESTS =
	'Tencent refused the request because too many were sent in a short time.';
export const WAIT = 'Wait a minute, then try again.';
const REPORT = 'Report this answer to the maintainers of the node, with its code.';

const REQUEST: Rows = {
	141004: ['Desk found a parameter that is not allowed.', CHECK_PARAMETERS],
	60002: ['Tencent could not read the request.', REPORT],
	60003: ['Tencent could not read the JSON of the request.', REPORT],
	60009: [
		'Tencent does not know the requested command.',
		'Check the data center or Base URL of the credential.',
	],
	60015: ['An account of the request is not a text.', CHECK_PARAMETERS],
	70107: ['An account was not imported into the application.', 'Check the User ID of this item.'],
	70398: ['The application has as many accounts as its edition allows.', CHECK_BILLING],
	70402: ['A parameter is not allowed.', CHECK_PARAMETERS],
	20001: ['Tencent found the request not valid.', CHECK_PARAMETERS],
	20003: [
		'The UserID of the user or of the customer service account is not valid.',
		CHECK_PARAMETERS,
	],
	80001: ['The content check of Tencent refused the request.', CHECK_PARAMETERS],
	80002: ['The request is too long.', SHORTEN],
	80004: ['The content check of Tencent refused the request.', CHECK_PARAMETERS],
	90001: ['Tencent could not read the JSON of the request.', REPORT],
	90002: ['Tencent found the message of the request not valid.', REPORT],
	90003: ['The UserID of the user is missing or not valid.', CHECK_PARAMETERS],
	90005: ['Tencent found the random number of the message not valid.', REPORT],
	90006: ['Tencent found the time of the message not valid.', REPORT],
	90007: ['Tencent found the message of the request not valid.', REPORT],
	90008: ['The customer service account is missing or not valid.', CHECK_PARAMETERS],
	90010: ['Tencent found the message of the request not valid.', REPORT],
	90012: ['The user does not exist.', 'Check the User ID of this item.'],
	90048: ['The user does not exist.', 'Check the User ID of this item.'],
	93000: ['The request is too long.', SHORTEN],
};

const RATE_LIMIT: Rows = Object.fromEntries(
	[60007, 60011, 60018, 60019, 141009, 10006].map((code) => [code, [TOO_MANY_REQUESTS, WAIT]]),
);

const UNCLEAR: Rows = Object.fromEntries(
	[60008, 60013, 60014, 70169, 70202, 70500, 20004, 20005, 90992, 90994, 90995, 91000, 10002].map(
		(code) => [code, ['Tencent did not say whether it finished the request.', WAIT]],
	),
);

/** What any command may answer. */
const GATEWAY_CODES = tableOf({
	credential: CREDENTIAL_CODES,
	app: APP_CODES,
	request: REQUEST,
	rateLimit: RATE_LIMIT,
	notDone: { 141002: ['Desk could not work on the request.', WAIT] },
	failed: {
		80003: [
			'A webhook of your application, which Tencent asks first, did not answer.',
			'Check the webhooks of your application.',
			true,
		],
	},
	unclear: UNCLEAR,
});

export const CHOOSE_GROUP = 'Choose the agent group again: it may have been deleted.';
const LATER = 'Try again later, when an agent is online and free.';

/**
 * Codes of Desk that stand on the pages of several commands. What a page leaves out (many of them break off in the
 * copies that could be read) may be answered all the same.
 * https://www.tencentcloud.com/document/product/1229/68947 (141001 to 141019), 1229/68948 (141005), and at
 * cloud.tencent.com 269/124943 (141010), 269/118746 (141020 to 141026), 269/125900 (141027), 269/141347 (141033)
 */
const DESK_CODES = tableOf({
	app: {
		141014: [
			'Contacting users is turned off for this Desk application.',
			'In the Desk console, allow agents to contact users.',
		],
	},
	request: {
		141005: [
			'The session does not exist, or has ended.',
			'Take the Session ID from Session: Get. A session that has ended has no ID there.',
		],
		141010: ['The agent account does not exist.', 'Check the Agent of this item.'],
		141015: ['The user account does not exist.', 'Check the User ID of this item.'],
		141018: [
			'The agent group may not serve this customer service account.',
			'Allow the group for the account in the Desk console, or choose another agent group.',
		],
		141019: ['The agent group is not valid.', CHOOSE_GROUP],
		141020: ['The agent group is not valid.', CHOOSE_GROUP],
		141024: ['The agent has this session already.', 'Choose another agent.'],
		141033: [
			'Your package of Desk allows no more conversation settings.',
			'Delete conversation settings in the Desk console, or choose a larger package.',
		],
	},
	agentUnavailable: {
		141001: ['No agent could be assigned, since no agent is online.', LATER],
		141011: [
			'The agent is offline.',
			'Try again when the agent is online, or choose another agent.',
		],
		141012: [
			'The agent already serves as many users as allowed.',
			'Try again when the agent has a free place, or choose another agent.',
		],
		141013: [
			'The agent is on a break.',
			'Try again when the agent is back, or choose another agent.',
		],
		141017: ['No agent could be assigned.', LATER],
		141025: ['No agent could be assigned, since no agent is free.', LATER],
	},
	userUnavailable: {
		141003: [
			'The session cannot be handed to a live agent.',
			'Check the state of the session in the Desk workbench.',
		],
		141016: ['The user is already in a conversation with a live agent.', ''],
		141026: [
			'The session cannot be handed over in its present state.',
			'Look up the state with Session: Get. Only a session that an agent has can be handed over.',
		],
		141027: [
			'The session cannot leave the queue in its present state.',
			'Look up the state with Session: Get. Only a session in the state Queueing can leave the queue.',
		],
	},
});

/** "The user is already in a conversation with a live agent." */
export const ALREADY_WITH_AGENT = 141016;

/** Codes that an application's own webhook answers with: https://trtc.io/document/34348 */
const WEBHOOK_CODES = { first: 120001, last: 130000 };

/** Whether an application's own webhook gave this code. */
export function isWebhookCode(code: number): boolean {
	return code >= WEBHOOK_CODES.first && code <= WEBHOOK_CODES.last;
}

/**
 * What the codes of one command mean: its own page first, then Desk's, then what any command may answer. Codes in no
 * table are `failed`, since they say that it was not done.
 * @param own what the command's own page says, by class
 */
export function codesOf(own: Partial<Record<CodeClass, Rows>> = {}): DescribeCode {
	const table = new Map([...GATEWAY_CODES, ...DESK_CODES, ...tableOf(own)]);
	return (code) => table.get(code) ?? describeUnknown(code);
}

/** What a code means on the pages of most commands. */
export const describeCode = codesOf();

function describeUnknown(code: number): CodeMeaning {
	return {
		class: 'failed',
		...(isWebhookCode(code)
			? {
					message: 'A webhook of your application refused the request.',
					advice: 'Look up the code in your own webhook.',
				}
			: {
					message: `Desk refused the request with the code ${code}, which this node does not know.`,
					advice: 'Look up the code in the documentation of Tencent Cloud Chat and Desk.',
				}),
		retryLater: false,
	};
}

/** Every code of the tables: a test compares it with one of its own. */
export function knownCodes(): number[] {
	return [...GATEWAY_CODES.keys(), ...DESK_CODES.keys()];
}

function tableOf(rows: Partial<Record<CodeClass, Rows>>): Map<number, CodeMeaning> {
	const usuallyLater: CodeClass[] = ['agentUnavailable', 'rateLimit', 'notDone', 'unclear'];
	return new Map(
		Object.entries(rows).flatMap(([codeClass, ofClass]) =>
			Object.entries(ofClass).map(
				([code, [message, advice, retryLater]]): [number, CodeMeaning] => [
					Number(code),
					{
						class: codeClass as CodeClass,
						message,
						advice,
						retryLater: retryLater ?? usuallyLater.includes(codeClass as CodeClass),
					},
				],
			),
		),
	);
}
