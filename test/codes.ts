import type { Outcome } from '../nodes/ContactUser/result';

/** What a code must lead to: the outcome, whether the same request may succeed later, and what the node does next. */
export interface Expected {
	outcome: Outcome;
	retryLater: boolean;
	next: 'report' | 'stopApp' | 'resend' | 'confirm';
	rateLimited?: boolean;
	/** Also a refusal of another command means that no request of the application can succeed. */
	whateverCommand?: true;
}

const AGENT: Expected = { outcome: 'agentUnavailable', retryLater: true, next: 'report' };
const USER: Expected = { outcome: 'userUnavailable', retryLater: false, next: 'report' };
const REQUEST: Expected = { outcome: 'configurationError', retryLater: false, next: 'report' };
const APP: Expected = { outcome: 'configurationError', retryLater: false, next: 'stopApp' };
const CREDENTIAL: Expected = { ...APP, whateverCommand: true };
const RATE: Expected = { outcome: 'failed', retryLater: true, next: 'resend', rateLimited: true };
const AGAIN: Expected = { outcome: 'failed', retryLater: true, next: 'resend', rateLimited: false };
const WEBHOOK_DOWN: Expected = { outcome: 'failed', retryLater: true, next: 'report' };
const UNKNOWN: Expected = { outcome: 'failed', retryLater: false, next: 'report' };
const UNSURE: Expected = { outcome: 'unconfirmed', retryLater: false, next: 'confirm' };

/**
 * Every code of the fact sheet (sections 1.3, 1.6 and 3) and what the design makes of it (sections 2 and 3),
 * written down from these two, not from the tables of the node.
 */
export const CODES: Array<[code: number, meaning: string, expected: Expected]> = [
	[141000, 'not a Desk app', CREDENTIAL],
	[141001, 'nobody assignable, no agent online', AGENT],
	[141002, 'internal, retry', AGAIN],
	[141003, 'session cannot go to a live agent', USER],
	[141004, 'parameter not allowed', REQUEST],
	[141009, 'command rate limit', RATE],
	[141010, 'agent account does not exist', REQUEST],
	[141011, 'agent offline', AGENT],
	[141012, 'agent at maximum receptions', AGENT],
	[141013, 'agent on a short break', AGENT],
	[141014, 'contact-user feature off', APP],
	[141015, 'user account does not exist', REQUEST],
	[141016, 'user is with a live agent already', USER],
	[141017, 'assignment failed', AGENT],
	[141018, 'group may not use this account', REQUEST],
	[141019, 'group invalid', REQUEST],

	[60002, 'HTTP parse', REQUEST],
	[60003, 'JSON parse', REQUEST],
	[60004, 'account or signature wrong', CREDENTIAL],
	[60005, 'account or signature wrong', CREDENTIAL],
	[60006, 'SDKAppID invalid', CREDENTIAL],
	[60007, 'REST rate limit', RATE],
	[60008, 'service time-out', UNSURE],
	[60009, 'wrong resource', REQUEST],
	[60010, 'identifier is no administrator', APP],
	[60011, 'SDKAppID-wide rate limit', RATE],
	[60012, 'SDKAppID missing', CREDENTIAL],
	[60013, 'response JSON parse', UNSURE],
	[60014, 'account check time-out', UNSURE],
	[60015, 'account not a string', REQUEST],
	[60016, 'SDKAppID disabled', CREDENTIAL],
	[60017, 'request disabled', APP],
	[60018, 'too frequent', RATE],
	[60019, 'too frequent', RATE],
	[60020, 'package expired or in arrears', CREDENTIAL],
	[60021, 'source IP not allowed', CREDENTIAL],
	[60025, 'SDKAppID, identifier, UserSig or contenttype wrong', CREDENTIAL],
	[60026, 'domain of another site', CREDENTIAL],
	[60027, 'product type not allowed', APP],
	[60028, 'trial quota of a day used up', { ...APP, retryLater: true }],

	[70001, 'UserSig expired', CREDENTIAL],
	[70002, 'UserSig empty', CREDENTIAL],
	[70003, 'UserSig cannot be read', CREDENTIAL],
	[70005, 'UserSig check failed', CREDENTIAL],
	[70009, 'key of another SDKAppID', CREDENTIAL],
	[70013, 'UserID differs', CREDENTIAL],
	[70014, 'SDKAppID differs', CREDENTIAL],
	[70016, 'no key at this data centre', CREDENTIAL],
	[70020, 'unknown at this data centre', CREDENTIAL],
	[70050, 'too many bad UserSigs: locked for a minute', { ...CREDENTIAL, retryLater: true }],
	[70051, 'account on the blocklist', CREDENTIAL],
	[70052, 'UserSig no longer valid', CREDENTIAL],
	[70107, 'account not imported', REQUEST],
	[70114, 'restricted for security', CREDENTIAL],
	[70169, 'server time-out', UNSURE],
	[70202, 'server time-out', UNSURE],
	[70346, 'bad UserSig, undocumented', CREDENTIAL],
	[70398, 'account quota of the edition', REQUEST],
	[70402, 'parameter not allowed', REQUEST],
	[70403, 'needs an administrator', APP],
	[70500, 'server-internal', UNSURE],

	[20001, 'packet invalid', REQUEST],
	[20002, 'UserSig expired', CREDENTIAL],
	[20003, 'UserID invalid or absent', REQUEST],
	[20004, 'network, retry', UNSURE],
	[20005, 'internal, retry', UNSURE],

	[80001, 'content moderation', REQUEST],
	[80002, 'body too long', REQUEST],
	[80003, 'webhook failed or timed out', WEBHOOK_DOWN],
	[80004, 'content moderation', REQUEST],
	[80005, 'service stopped, arrears', CREDENTIAL],

	[90001, 'JSON parse', REQUEST],
	[90002, 'message shape', REQUEST],
	[90003, 'receiver missing', REQUEST],
	[90005, 'message random', REQUEST],
	[90006, 'message time', REQUEST],
	[90007, 'message shape', REQUEST],
	[90008, 'sender', REQUEST],
	[90009, 'must be an administrator', APP],
	[90010, 'message shape', REQUEST],
	[90012, 'receiver missing', REQUEST],
	[90048, 'receiver missing', REQUEST],
	[90992, 'internal, retry', UNSURE],
	[90994, 'internal, retry', UNSURE],
	[90995, 'internal, retry', UNSURE],
	[91000, 'internal, retry', UNSURE],
	[93000, 'body too long', REQUEST],

	[10002, 'internal (groups)', UNSURE],
	[10006, 'frequency (groups)', RATE],
	[10007, 'not an administrator (groups)', APP],

	[120001, "the app's own webhook refused: first code", USER],
	[123456, "the app's own webhook refused", USER],
	[130000, "the app's own webhook refused: last code", USER],

	[120000, 'in no table', UNKNOWN],
	[130001, 'in no table', UNKNOWN],
	...[141005, 141020, 141024, 141025, 141026, 141027, 141033].map(
		(code): [number, string, Expected] => [code, 'of another command', UNKNOWN],
	),
	[141006, 'in no table', UNKNOWN],
	[1, 'in no table', UNKNOWN],
	[-14, 'in no table', UNKNOWN],
	[999999999, 'in no table', UNKNOWN],
];

/** The codes that lead to an outcome, with their meaning. */
export function codesOf(outcome: Outcome): Array<[code: number, meaning: string]> {
	return CODES.filter(([, , expected]) => expected.outcome === outcome).map(([code, meaning]) => [
		code,
		meaning,
	]);
}
