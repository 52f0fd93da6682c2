import fc from 'fast-check';

import type { Mode } from './execution';
import { HEALTHY, type Fate } from './desk';

/*
 * What these plans still assume, each because no node can do better:
 *  - one n8n process, which is not killed;
 *  - Desk works on a request for 3 s at most (its page says so), and an agent does not end a session within a minute
 *    after the contact;
 *  - whoever talks with an agent already is answered so, and that answer arrives;
 *  - the clock that never runs backwards does not stand still (a computer that sleeps is in ./cases.test.ts).
 * What they vary: users that repeat with the same and another account, group and administrator; UserIDs that differ in
 * case and in blanks at the ends; two applications; executions of every mode, overlapping and up to minutes apart; tool
 * calls; one output and four; Retry On Fail and the Retry button, with the rows in another order; executions cancelled at any time;
 * administrators who lose and get back their right; the system's clock set forward and back; answers that are late,
 * lost before and after the contact, refused, limited for a moment and for good; sessions that cannot be read; timers
 * that fire a little early.
 */

export interface PlannedRow {
	/** A number below `USERS.length`, and so on. */
	user: number;
	account: number;
	group: number;
	admin: number;
	app: number;
}

export interface PlannedExecution {
	startsAtMs: number;
	mode: Mode;
	rows: PlannedRow[];
	concurrency: number;
	maxRetries: number;
	timeout: number;
	includeSession: boolean;
	singleOutput: boolean;
	/** Tries of Retry On Fail, the first included. */
	tries: number;
	waitBetweenTriesMs: number;
	/** The Retry button is pressed so long after each failure. */
	retriesAfterMs: number[];
	reversesRowsAtRetry: boolean;
	/** After its start. */
	cancelledAfterMs?: number;
}

export interface PlannedDesk {
	/** Of the contact requests of each user, in order; a user without one is healthy. */
	fates: Fate[][];
	sessionFates: Fate[][];
	closesAfterMs: number[];
	/** Between these times the second administrator may not sign. */
	refusesSecondAdmin: [from: number, until: number];
	/** Whether the third account's users talk with an agent already. */
	talks: boolean;
	/** When the system's clock is set, and by how much. */
	clockSteps: Array<{ atMs: number; byMs: number }>;
	timersFireEarlyMs: number;
}

export interface Plan {
	executions: PlannedExecution[];
	desk: PlannedDesk;
}

export const USERS = ['mia', 'Mia', ' mia ', 'noah'];
export const ACCOUNTS = ['@first', '@second', '@third'];
export const ADMINS = ['administrator', 'second'];
export const GROUPS = [undefined, 1001, 1002];

const TIMES = [0, 10, 200, 1000, 3400, 3600, 10_000, 20_000, 45_000, 59_000, 61_000, 100_000];
const someTime = fc.oneof(fc.constantFrom(...TIMES), fc.integer({ min: 0, max: 150_000 }));
const upTo = (max: number) => fc.integer({ min: 0, max });
const below = (count: number) => upTo(count - 1);

const fate: fc.Arbitrary<Fate> = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			does: fc.constant('loses' as const),
			arrives: fc.boolean(),
			worksMs: upTo(3000),
			failsMs: fc.oneof(
				{ weight: 5, arbitrary: upTo(10_000) },
				{ weight: 1, arbitrary: upTo(200_000) },
			),
		}),
	},
	{
		weight: 3,
		arbitrary: fc.record({ does: fc.constant('works' as const), worksMs: upTo(3000) }),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			does: fc.constant('refuses' as const),
			code: fc.constantFrom(141002, 141012, 60008, 80003, 141009),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			does: fc.constant('limits' as const),
			retryAfterMs: fc.constantFrom(undefined, 1000, 30_000, 3_600_000),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ does: fc.constant('noConnection' as const) }) },
);
const sessionFate: fc.Arbitrary<Fate> = fc.oneof(
	{ weight: 3, arbitrary: fc.constant(HEALTHY) },
	{ weight: 2, arbitrary: fate },
);

const row: fc.Arbitrary<PlannedRow> = fc.record({
	user: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: below(4) }),
	account: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: below(3) }),
	group: below(GROUPS.length),
	admin: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: below(2) }),
	app: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: below(2) }),
});

const execution: fc.Arbitrary<PlannedExecution> = fc.record({
	startsAtMs: someTime,
	mode: fc.constantFrom<Mode>(
		...(['stopWorkflow', 'stopWorkflow', 'tool'] as const),
		...(['continueRegularOutput', 'continueErrorOutput', 'continueErrorOutput'] as const),
	),
	rows: fc.array(row, { minLength: 1, maxLength: 6 }),
	concurrency: fc.constantFrom(1, 2, 50),
	maxRetries: upTo(3),
	timeout: fc.constantFrom(1000, 3000, 10_000, 70_000, 300_000),
	includeSession: fc.boolean(),
	singleOutput: fc.boolean(),
	tries: fc.constantFrom(1, 2, 3, 5),
	waitBetweenTriesMs: fc.constantFrom(0, 1000, 5000),
	retriesAfterMs: fc.array(someTime, { maxLength: 2 }),
	reversesRowsAtRetry: fc.boolean(),
	cancelledAfterMs: fc.option(someTime, { nil: undefined, freq: 8 }),
});

const desk: fc.Arbitrary<PlannedDesk> = fc.record({
	fates: fc.array(fc.array(fate, { maxLength: 5 }), { minLength: 4, maxLength: 4 }),
	sessionFates: fc.array(fc.array(sessionFate, { maxLength: 8 }), { minLength: 4, maxLength: 4 }),
	closesAfterMs: fc.array(fc.integer({ min: 60_001, max: 200_000 }), {
		minLength: 4,
		maxLength: 4,
	}),
	refusesSecondAdmin: fc.tuple(someTime, someTime),
	talks: fc.boolean(),
	clockSteps: fc.array(
		fc.record({ atMs: someTime, byMs: fc.constantFrom(-3_600_000, -30_000, 30_000, 3_600_000) }),
		{ maxLength: 2 },
	),
	timersFireEarlyMs: fc.constantFrom(0, 0.4, 2),
});

export const anyPlan: fc.Arbitrary<Plan> = fc.record({
	executions: fc.array(execution, { minLength: 1, maxLength: 5 }),
	desk,
});
