import fc from 'fast-check';

import { FAULT_NAMES, type FaultName, type Step } from '../../simulator/contract';
import { ON_ERROR_MODES, type OnError } from '../engine/desk';

/** What the simulator does to one user: to the contact requests, and to the looks at the session. */
export interface Schedule {
	steps: Step[];
	sessionSteps: Step[];
}

export interface RandomUser extends Schedule {
	/** Which of two applications the user belongs to. */
	app: 0 | 1;
}

export interface RandomBatch {
	users: RandomUser[];
	onError: OnError;
	concurrency: number;
	maxRetries: number;
	requestsPerSecond: number;
	includeSession: boolean;
	retryOnFail: boolean;
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

const anyCommit = fc.constantFrom(undefined, true, false);
const delayMs = fc.integer({ min: 0, max: DESK_GIVES_UP_MS });

const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 5, arbitrary: fc.record({ answer: fc.constantFrom(...CODES) }) },
	{
		weight: 8,
		arbitrary: fc
			.tuple(fc.constantFrom(...UNTIMED), anyCommit)
			.map(([fault, commit]) =>
				NEVER_COMMIT.includes(fault)
					? { fault }
					: { fault, ...(commit !== undefined && { commit }) },
			),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			fault: fc.constant('http429' as const),
			retryAfter: fc.constantFrom('0', '1', 'soon'),
		}),
	},
	{
		weight: 3,
		arbitrary: fc.record({ fault: fc.constantFrom(...TIMED), delayMs }),
	},
	{ weight: 1, arbitrary: fc.record({ delayMs: fc.integer({ min: 0, max: 1500 }) }) },
);

const sessionStep: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 3, arbitrary: fc.record({ fault: fc.constantFrom(...UNTIMED) }) },
	{ weight: 1, arbitrary: fc.record({ answer: fc.constantFrom(0, ...CODES) }) },
	{ weight: 1, arbitrary: fc.record({ delayMs: fc.integer({ min: 0, max: 1500 }) }) },
);

const schedule: fc.Arbitrary<Schedule> = fc.oneof(
	{ weight: 60, arbitrary: fc.constant<Schedule>({ steps: [], sessionSteps: [] }) },
	{
		weight: 40,
		arbitrary: fc.record({
			steps: fc.array(step, { minLength: 1, maxLength: 4 }),
			sessionSteps: fc.array(sessionStep, { maxLength: 3 }),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			steps: fc.tuple(fc.record({ answer: fc.constantFrom(...APP_REFUSALS) })),
			sessionSteps: fc.constant<Step[]>([]),
		}),
	},
);

const user: fc.Arbitrary<RandomUser> = fc
	.tuple(schedule, fc.constantFrom(0 as const, 0 as const, 0 as const, 1 as const))
	.map(([planned, app]) => ({ ...planned, app }));

/** Any batch; as long as a worker has about four users, a run ends within a minute. */
export const randomBatch: fc.Arbitrary<RandomBatch> = fc
	.integer({ min: 1, max: 12 })
	.chain((concurrency) =>
		fc.record({
			users: fc.array(user, {
				minLength: 6,
				maxLength: Math.min(40, 6 + 4 * concurrency),
				size: 'max',
			}),
			onError: fc.constantFrom(...ON_ERROR_MODES),
			concurrency: fc.constant(concurrency),
			maxRetries: fc.integer({ min: 0, max: 3 }),
			requestsPerSecond: fc.constantFrom(0, 50, 190),
			includeSession: fc.boolean(),
			retryOnFail: fc.boolean(),
		}),
	);
