import type { Outcome } from '../nodes/ContactUser/report';
import type { CodeClass } from '../nodes/shared/desk/codes';
import type { Verdict } from '../nodes/shared/desk/judge';

/** What a code must lead to: the outcome of a contact, and what a node does next. */
export interface Expected {
	class: CodeClass;
	outcome: Outcome;
	/** The same request may succeed later. */
	retryLater: boolean;
	next: Verdict['next'];
}

const expected = (
	codeClass: CodeClass,
	outcome: Outcome,
	retryLater = false,
	next: Verdict['next'] = 'refused',
): Expected => ({ class: codeClass, outcome, retryLater, next });

/**
 * Every code of the fact sheet (sections 1.3, 1.6 and 3) and what the design makes of it (sections 2 and 3),
 * written down from these two, not from the tables of the node.
 */
const GROUPS: Array<[Expected, codes: number[]]> = [
	// No request of the application can succeed, whatever the command.
	[
		expected('credential', 'configurationError'),
		[
			141000, 60004, 60005, 60006, 60012, 60016, 60020, 60021, 60025, 60026, 70001, 70002, 70003,
			70005, 70009, 70013, 70014, 70016, 70020, 70051, 70052, 70114, 70346, 20002, 80005,
		],
	],
	// Too many bad UserSigs: locked for a minute.
	[expected('credential', 'configurationError', true), [70050]],
	// No administrator, no right, the feature is off: other commands may be allowed.
	[expected('app', 'configurationError'), [141014, 60010, 60017, 60027, 70403, 90009, 10007]],
	// The trial quota of a day is used up.
	[expected('app', 'configurationError', true), [60028]],
	[
		expected('request', 'configurationError'),
		[
			141004, 141005, 141010, 141015, 141018, 141019, 141020, 141024, 141033, 60002, 60003, 60009,
			60015, 70107, 70398, 70402, 20001, 20003, 80001, 80002, 80004, 90001, 90002, 90003, 90005,
			90006, 90007, 90008, 90010, 90012, 90048, 93000,
		],
	],
	[
		expected('agentUnavailable', 'agentUnavailable', true),
		[141001, 141011, 141012, 141013, 141017, 141025],
	],
	// With a live agent already, or not for one; the application's own webhook refused (first, some, last code).
	[
		expected('userUnavailable', 'userUnavailable'),
		[141003, 141016, 141026, 141027, 120001, 123456, 130000],
	],
	[expected('rateLimit', 'failed', true, 'again'), [141009, 60007, 60011, 60018, 60019, 10006]],
	[expected('notDone', 'failed', true, 'again'), [141002]],
	// The webhook that is asked first did not answer.
	[expected('failed', 'failed', true), [80003]],
	// Time-outs and trouble of the server.
	[
		expected('unclear', 'unconfirmed', true, 'unclear'),
		[60008, 60013, 60014, 70169, 70202, 70500, 20004, 20005, 90992, 90994, 90995, 91000, 10002],
	],
	// In no table.
	[expected('failed', 'failed'), [120000, 130001, 141006, 1, -14, 999999999]],
];

export const CODES = GROUPS.flatMap(([of, codes]) =>
	codes.map((code): [code: number, of: Expected] => [code, of]),
);
