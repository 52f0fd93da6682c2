import fc from 'fast-check';

import { FAULT_NAMES, type FaultName, type Step } from '../../simulator/contract';
import { ON_ERROR_MODES, type OnError } from '../engine/desk';

/*
 * What these batches assume: one n8n process, one customer service account, no more than a minute of time between tries
 * (longer times are in test/unit/contactUser/executions, on a virtual clock), and a Desk that makes no second contact
 * of a user whom it has told to be in a session. What they vary: what becomes of each request and of each look at a
 * session, users in several rows with the same and other groups, two applications, up to three executions of any mode
 * and as a tool that overlap or follow each other, one output and four, Retry On Fail, the Retry button, limits that lift and one that does
 * not, and the options.
 */

/** What the simulator does to one user: to the contact requests, and to the looks at the session. */
export interface Schedule {
	steps: Step[];
	sessionSteps: Step[];
}

export interface RandomUser extends Schedule {
	/** Which of two applications the user belongs to. */
	app: 0 | 1;
}

export interface RandomRow {
	/** A place in `users`. */
	user: number;
	group: number | '';
}

export interface RandomExecution {
	rows: RandomRow[];
	how: OnError | 'tool';
	startsAfterMs: number;
	retryOnFail: boolean;
	singleOutput: boolean;
}

export interface RandomBatch {
	users: RandomUser[];
	executions: RandomExecution[];
	concurrency: number;
	maxRetries: number;
	requestsPerSecond: number;
	includeSession: boolean;
}

/** Desk stops working on a request after 3 s, so nothing of it happens later. */
const DESK_GIVES_UP_MS = 2900;

const TIMED: FaultName[] = ['slowHeaders', 'lateCommit'];
const UNTIMED = FAULT_NAMES.filter((fault) => !TIMED.includes(fault) && fault !== 'http429');
/** Refusals that a server cannot answer after a contact: they are its word that nothing was done. */
const NEVER_COMMIT: FaultName[] = ['http302', 'http401', 'http403'];

/** Not 141016, which is true only when the state of the simulator says so. */
const CODES = [60007, 60011, 141002, 141009, 60008, 70500, 91000, 141001, 141012, 141015, 80003];
const APP_REFUSALS = [70009, 141014];

/** One of these, the more often the higher its weight. */
const oneOf = <T>(...choices: Array<[weight: number, fc.Arbitrary<T>]>): fc.Arbitrary<T> =>
	fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));
const untimed = fc.constantFrom(...UNTIMED);
const delayMs = fc.integer({ min: 0, max: DESK_GIVES_UP_MS });
const slowAnswer = fc.record({ delayMs: fc.integer({ min: 0, max: 1500 }) });

const step = oneOf<Step>(
	[5, fc.record({ answer: fc.constantFrom(...CODES) })],
	[
		8,
		fc
			.tuple(untimed, fc.constantFrom(undefined, true, false))
			.map(([fault, commit]) =>
				commit === undefined || NEVER_COMMIT.includes(fault) ? { fault } : { fault, commit },
			),
	],
	[
		1,
		fc.record({
			fault: fc.constant('http429' as const),
			retryAfter: fc.constantFrom('0', '1', 'soon'),
		}),
	],
	[3, fc.record({ fault: fc.constantFrom(...TIMED), delayMs })],
	[1, slowAnswer],
);

const sessionStep = oneOf<Step>(
	[3, fc.record({ fault: untimed })],
	[1, fc.record({ answer: fc.constantFrom(0, ...CODES) })],
	[1, slowAnswer],
);

const firstStep = (planned: fc.Arbitrary<Step>): fc.Arbitrary<Schedule> =>
	planned.map((first) => ({ steps: [first], sessionSteps: [] }));
const schedule = oneOf<Schedule>(
	[60, fc.constant({ steps: [], sessionSteps: [] })],
	[
		40,
		fc.record({
			steps: fc.array(step, { minLength: 1, maxLength: 4 }),
			sessionSteps: fc.array(sessionStep, { maxLength: 3 }),
		}),
	],
	[1, firstStep(fc.record({ answer: fc.constantFrom(...APP_REFUSALS) }))],
	[1, firstStep(fc.constant({ fault: 'http429', retryAfter: '3600' }))],
);

const user: fc.Arbitrary<RandomUser> = fc
	.tuple(schedule, fc.constantFrom(0 as const, 0 as const, 0 as const, 1 as const))
	.map(([planned, app]) => ({ ...planned, app }));

/** Somebody may rightly wish a second contact of a user, and then only the state may decide about it. */
function leftToTheState(steps: Step[]): Step[] {
	return steps.map((planned, place) => {
		if (place === 0 || !('fault' in planned)) return planned;
		const { commit: _forced, ...fault } = planned;
		return fault.fault === 'lateCommit' ? { ...fault, fault: 'slowHeaders' } : fault;
	});
}

const group = fc.constantFrom<number | ''>('', '', 1001, 1002);
const rowOf = (users: number): fc.Arbitrary<RandomRow> =>
	fc.record({ user: fc.integer({ min: 0, max: users - 1 }), group });
const executionOf = (users: number): fc.Arbitrary<RandomExecution> =>
	fc.record({
		rows: fc.array(rowOf(users), { minLength: 1, maxLength: 6 }),
		how: fc.constantFrom('tool' as const, ...ON_ERROR_MODES),
		startsAfterMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 6000 })),
		retryOnFail: fc.boolean(),
		singleOutput: fc.boolean(),
	});

function withRepeats(
	users: RandomUser[],
	first: RandomExecution,
	others: RandomExecution[],
): Pick<RandomBatch, 'users' | 'executions'> {
	const everybody = users.map((_user, place): RandomRow => ({ user: place, group: '' }));
	const executions = [
		{ ...first, rows: [...everybody, ...first.rows], startsAfterMs: 0 },
		...others,
	];
	const requested = executions.flatMap(({ rows }) => rows.map((row) => row.user));
	const isRepeated = (place: number) => requested.filter((other) => other === place).length > 1;
	return {
		users: users.map((one, place) =>
			isRepeated(place) ? { ...one, steps: leftToTheState(one.steps) } : one,
		),
		executions,
	};
}

/** Any batch; as long as a worker has about four users, a run ends within a minute. */
export const randomBatch: fc.Arbitrary<RandomBatch> = fc
	.integer({ min: 1, max: 12 })
	.chain((concurrency) =>
		fc
			.array(user, { minLength: 6, maxLength: Math.min(40, 6 + 4 * concurrency), size: 'max' })
			.chain((users) =>
				fc
					.record({
						first: executionOf(users.length),
						others: fc.array(executionOf(users.length), { maxLength: 2 }),
						options: fc.record({
							concurrency: fc.constant(concurrency),
							maxRetries: fc.integer({ min: 0, max: 3 }),
							requestsPerSecond: fc.constantFrom(0, 50, 190),
							includeSession: fc.boolean(),
						}),
					})
					.map(({ first, others, options }) => ({
						...withRepeats(users, first, others),
						...options,
					})),
			),
	);
