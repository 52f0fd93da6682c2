/**
 * What a code of the Desk API means to a builder, whatever the command. `class` decides what a node does:
 *  - `credential`: every request of the same application would be refused alike, whatever the command
 *  - `app`: this command would be refused alike for all of the same application
 *  - `request`: this request cannot succeed as it is
 *  - `rateLimit`, `notDone`: surely not done; the same request may be sent again
 *  - `failed`: surely not done; sending again at once is no use
 *  - `ambiguous`: the server had trouble of its own and may have done it all the same
 * A command adds classes of its own for what only it can answer.
 */
export type GatewayClass =
	'credential' | 'app' | 'request' | 'rateLimit' | 'notDone' | 'failed' | 'ambiguous';

export interface CodeMeaning<Class extends string = GatewayClass> {
	class: Class;
	/** What happened: one sentence. */
	message: string;
	/** What to do next: one sentence. */
	advice: string;
	/** Whether the same request may succeed later without a change by the builder. */
	retryLater: boolean;
}

/** The codes of one class, with the vendor's meaning in a builder's words. `retryLater` where it differs from the class. */
export type Rows = Record<number, [message: string, advice: string, retryLater?: boolean]>;

const CHECK_KEY =
	'Copy the SDKAppID and the secret key of the same application from the Tencent Cloud Chat console into the credential.';
const CHECK_SIGNER =
	'Check SDKAppID, Administrator UserID and Secret Key in the credential, then test the credential.';
const CHECK_ADMIN =
	'Make the Administrator UserID of the credential an administrator of the application in the Tencent Cloud Chat console, or enter one that is.';
const CHECK_APP =
	'Check the state of the application in the Tencent Cloud console, or ask Tencent Cloud support.';
const CHECK_REGION =
	'Choose the data center in the credential in which the application was created, and check the SDKAppID.';
/** For codes that do not say which parameter is meant; a command may name its own. */
export const CHECK_PARAMETERS = 'Check the parameters of this item.';
const CHECK_BILLING =
	'Check the package and the balance of the application in the Tencent Cloud console.';
const SHORTEN = 'Check and shorten the parameters of this item.';
export const TOO_MANY_REQUESTS =
	'Tencent refused the request because too many were sent in a short time.';
export const WAIT = 'Wait a minute, then try again.';
const REPORT = 'Report this answer to the maintainers of the node, with its code.';

// Public codes: https://cloud.tencent.com/document/product/679/131708 and https://trtc.io/document/34348;
// 70002 70005 70052 70114 70403: comments in the headers of Tencent's TIMSDK on GitHub;
// 70346: only seen, https://github.com/tencentyun/imsdk_restapi-nodejs-sdk/issues/1
const CREDENTIAL: Rows = {
	141000: [
		'The application is not a Desk application.',
		'Turn on Desk for this SDKAppID in the Tencent Cloud console, or use the SDKAppID of a Desk application in the credential.',
	],
	60004: ['Tencent could not check the account or the signature of the request.', CHECK_SIGNER],
	60005: ['Tencent could not check the account or the signature of the request.', CHECK_SIGNER],
	60006: ['The SDKAppID is not valid.', CHECK_KEY],
	60012: ['The request carried no SDKAppID.', CHECK_SIGNER],
	60016: ['The SDKAppID is disabled.', CHECK_APP],
	60020: [
		'The package of the application has expired, was not bought, or is in arrears.',
		CHECK_BILLING,
	],
	60021: [
		'Tencent does not accept requests from the IP address of this n8n.',
		'Ask Tencent Cloud support to allow the IP address of your n8n for this SDKAppID.',
	],
	60025: ['SDKAppID, administrator or signature of the request is wrong.', CHECK_SIGNER],
	60026: ['The application does not belong to the chosen data center.', CHECK_REGION],
	70001: ['The signature has expired.', 'Check that the clock of the n8n server is right.'],
	70002: ['The request carried no signature.', CHECK_SIGNER],
	70003: ['Tencent could not read the signature.', CHECK_SIGNER],
	70005: ['The signature was refused.', CHECK_SIGNER],
	70009: ['The secret key does not belong to this SDKAppID.', CHECK_KEY],
	70013: ['The signature was made for another administrator.', CHECK_SIGNER],
	70014: ['The signature was made for another SDKAppID.', CHECK_KEY],
	70016: ['The chosen data center has no key for this SDKAppID.', CHECK_REGION],
	70020: ['The chosen data center does not know this SDKAppID.', CHECK_REGION],
	70050: [
		'Too many wrong signatures were sent, so Tencent has locked the application for about a minute.',
		'Correct the secret key in the credential, wait a minute, then run the workflow again.',
		true,
	],
	70051: ['The administrator account is on the blocklist.', CHECK_APP],
	70052: ['The signature is no longer valid.', CHECK_SIGNER],
	70114: ['Tencent has restricted the account for security reasons.', CHECK_APP],
	70346: ['Tencent refused the signature.', CHECK_SIGNER],
	20002: ['The signature has expired or was refused.', CHECK_SIGNER],
	80005: [
		'The service of the application is stopped, since it expired or is in arrears.',
		CHECK_BILLING,
	],
};

const APP: Rows = {
	60010: ['The Administrator UserID is not an administrator of the application.', CHECK_ADMIN],
	60017: ['Tencent has disabled this request for the application.', CHECK_APP],
	60027: ['The kind of application does not allow this request.', CHECK_APP],
	60028: ['The daily request volume of the trial edition is used up.', CHECK_BILLING, true],
	70403: ['The request needs an administrator of the application.', CHECK_ADMIN],
	90009: ['The request needs an administrator of the application.', CHECK_ADMIN],
	10007: ['The administrator may not do this.', CHECK_ADMIN],
};

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
	20003: ['The UserID of the user or of the account is not valid.', CHECK_PARAMETERS],
	80001: ['The content check of Tencent refused the request.', CHECK_PARAMETERS],
	80002: ['The request is too long.', SHORTEN],
	80004: ['The content check of Tencent refused the request.', CHECK_PARAMETERS],
	90001: ['Tencent could not read the JSON of the request.', REPORT],
	90002: ['Tencent found the message of the request not valid.', REPORT],
	90003: ['The receiving account is missing or not valid.', CHECK_PARAMETERS],
	90005: ['Tencent found the random number of the message not valid.', REPORT],
	90006: ['Tencent found the time of the message not valid.', REPORT],
	90007: ['Tencent found the message of the request not valid.', REPORT],
	90008: ['The sending account is missing or not valid.', CHECK_PARAMETERS],
	90010: ['Tencent found the message of the request not valid.', REPORT],
	90012: ['The receiving account does not exist.', CHECK_PARAMETERS],
	90048: ['The receiving account does not exist.', CHECK_PARAMETERS],
	93000: ['The request is too long.', SHORTEN],
};

const RATE_LIMIT: Rows = Object.fromEntries(
	[60007, 60011, 60018, 60019, 141009, 10006].map((code) => [code, [TOO_MANY_REQUESTS, WAIT]]),
);

const NOT_DONE: Rows = {
	141002: ['Desk could not work on the request.', WAIT],
};

const FAILED: Rows = {
	80003: [
		'A webhook of the application that is asked first did not answer.',
		'Check the webhooks of the application.',
	],
};

const AMBIGUOUS: Rows = Object.fromEntries(
	[60008, 60013, 60014, 70169, 70202, 70500, 20004, 20005, 90992, 90994, 90995, 91000, 10002].map(
		(code) => [
			code,
			[
				'Tencent did not say whether it finished the request.',
				'Look in Desk whether it was done before you try again.',
			],
		],
	),
);

/** Codes that an application's own webhook answers with: https://trtc.io/document/34348 */
const WEBHOOK_CODES = { first: 120001, last: 130000 };

const GATEWAY_CODES = new Map<number, CodeMeaning>([
	...rowsOf('credential', CREDENTIAL, false),
	...rowsOf('app', APP, false),
	...rowsOf('request', REQUEST, false),
	...rowsOf('rateLimit', RATE_LIMIT, true),
	...rowsOf('notDone', NOT_DONE, true),
	...rowsOf('failed', FAILED, true),
	...rowsOf('ambiguous', AMBIGUOUS, false),
]);

/** What a non-zero ErrorCode means; codes in no table are `failed`, since they say that it was not done. */
export function describeGatewayCode(code: number): CodeMeaning {
	const known = GATEWAY_CODES.get(code);
	if (known !== undefined) return known;
	const message = isWebhookCode(code)
		? 'A webhook of your application refused the request.'
		: `Desk refused the request with the code ${code}, which this node does not know.`;
	const advice = isWebhookCode(code)
		? 'Look up the code in your own webhook.'
		: 'Look up the code in the documentation of Tencent Cloud Chat and Desk.';
	return { class: 'failed', message, advice, retryLater: false };
}

/** Whether an application's own webhook gave this code. */
export function isWebhookCode(code: number): boolean {
	return code >= WEBHOOK_CODES.first && code <= WEBHOOK_CODES.last;
}

/** Every code of the table: a test compares it with one of its own. */
export function gatewayCodes(): Array<[code: number, meaning: CodeMeaning]> {
	return [...GATEWAY_CODES];
}

/** A class of codes as entries of a table. */
export function rowsOf<Class extends string>(
	codeClass: Class,
	rows: Rows,
	usuallyRetryLater: boolean,
): Array<[code: number, meaning: CodeMeaning<Class>]> {
	return Object.entries(rows).map(([code, [message, advice, retryLater = usuallyRetryLater]]) => [
		Number(code),
		{ class: codeClass, message, advice, retryLater },
	]);
}
