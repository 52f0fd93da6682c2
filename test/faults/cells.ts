import type { Simulator, Step } from '../../simulator/contract';
import { ON_ERROR_MODES, type OnError } from '../engine/desk';
import type { FaultKind } from './faultKinds';
import type { FaultyServer } from './faultyServers';
import type { StartedServer } from './rawServers';

/*
 * What the matrix assumes: users are told apart by their UserID, and each is contacted through one account; a fault is
 * one of ./faultKinds or ./faultyServers and strikes a user, not a moment; one n8n process. What it varies: the fault,
 * On Error, Single Output, Retry On Fail, concurrency, who meets the fault and how often, users in several rows (the same contact, and another group),
 * and what else goes on in the process: nothing, the same batch at once, the same batch afterwards, tool calls at once.
 * What is not varied here is in test/unit/contactUser/executions: accounts, administrators, applications, UserIDs that
 * differ in case and blanks, the time between tries, the order of the rows at a retry, cancelling, clocks that are set.
 */

/** How a user of a batch fares: never meets the fault, meets it once, with every request, or unseen. */
export type Lot = 'clean' | 'once' | 'always' | 'blind' | 'elsewhere';

/** What else goes on in the process while the batch of a cell runs, about the same users. */
export type Company = 'alone' | 'batchAtOnce' | 'batchAfterwards' | 'toolCallsAtOnce';

export interface CellUser {
	userId: string;
	lot: Lot;
	/** Another one makes it another contact of the same user. */
	group?: number;
	/** Another request, which somebody may rightly wish, would be another contact: its fault makes one in any case. */
	onlyOnce?: boolean;
}

export interface Cell {
	fault: string;
	onError: OnError;
	singleOutput: boolean;
	/** Tries of Retry On Fail; 1 where that is off. */
	maxTries: number;
	concurrency: number;
	/** Milliseconds. Short only where a time-out is waited for: a busy machine may be late by a second. */
	timeout: number;
	users: CellUser[];
	company: Company;
	/** What is to become of each lot when every item is reported. */
	expected: Partial<Record<Lot, string>>;
	/** A contact may be made after the run has ended. */
	commitsLate: boolean;
	/** Starts whatever the cell needs, and gives the address of the users of the lot `elsewhere`. */
	prepare(simulator: Simulator): Promise<StartedServer | undefined>;
}

/** Per user, in every cell. */
export const MAX_RETRIES = 1;

const CONCURRENCIES = [1, 10];
const WAYS = ON_ERROR_MODES.length * CONCURRENCIES.length;
const LOTS: Record<number, Lot[]> = {
	1: 'clean clean once clean clean clean blind clean always clean clean clean'.split(' ') as Lot[],
	10: (
		'clean clean once clean once clean always clean once blind ' +
		'clean always clean clean once clean blind clean clean clean'
	).split(' ') as Lot[],
};
const COMPANIES: Company[] = ['alone', 'batchAtOnce', 'batchAfterwards', 'toolCallsAtOnce'];
const OTHER_GROUP = 1002;

/** Every other batch runs alone, since only there it is told what a fault calls for. */
const companyOf = (number: number, turn: number): Company =>
	(number + turn) % 2 === 0 ? 'alone' : COMPANIES[1 + (((number + turn) >> 1) % 3)];

/**
 * Some users come again: the same contact in another row, and the same user with another group. Not in half of the
 * batches that run alone: there, what the error of a stopped run counts is known to the user.
 */
function withRepeats(users: CellUser[], turn: number): CellUser[] {
	if (turn % 4 === 0) return users;
	const again = users.filter(({ lot }) => lot !== 'clean');
	const twins = again.filter((_user, i) => (i + turn) % 2 === 0);
	const others = again.filter(({ onlyOnce }, i) => !onlyOnce && (i + turn) % 3 === 0);
	return [...users, ...twins, ...others.map((user) => ({ ...user, group: OTHER_GROUP })), users[0]];
}

const UNREADABLE_SESSIONS: Step[] = [
	{ fault: 'html' },
	{ fault: 'reset' },
	{ fault: 'http502' },
	{ answer: 70500 },
	{ fault: 'empty' },
];

const timeoutOf = ({ timesOut }: { timesOut?: true }): number => (timesOut ? 2000 : 10_000);

/** Each On Error meets each of the four, also where only one cell of each fault is run. */
function outputsAndTries(number: number, turn: number): Pick<Cell, 'singleOutput' | 'maxTries'> {
	const [round, mode] = [Math.floor(number / WAYS), turn >> 1];
	return { singleOutput: (round + turn) % 2 === 1, maxTries: 1 + (((round >> 1) + mode) % 2) };
}

/** Retry On Fail comes back for the first item only, so that one then meets the fault. */
function lotsOf(concurrency: number, by: number, { maxTries }: Pick<Cell, 'maxTries'>): Lot[] {
	const lots = rotate(LOTS[concurrency], by);
	return maxTries === 1
		? lots
		: rotate(
				lots,
				lots.findIndex((lot) => lot !== 'clean'),
			);
}

function rotate<T>(list: T[], by: number): T[] {
	return list.map((_entry, index) => list[(index + by) % list.length]);
}

type OfFault = Pick<Cell, 'commitsLate' | 'expected' | 'prepare'>;

/** The cells of a fault: all modes and concurrencies. `turn` makes them differ in who comes first. */
function everyWay(
	fault: { name: string; timesOut?: true },
	number: number,
	userOf: (lot: Lot) => Omit<CellUser, 'userId'>,
	ofFault: (users: CellUser[], turn: number) => OfFault,
): Cell[] {
	const ways = ON_ERROR_MODES.flatMap((onError, mode) =>
		CONCURRENCIES.map((concurrency, way) => ({ onError, concurrency, turn: mode * 2 + way })),
	);
	return ways.map(({ onError, concurrency, turn }) => {
		const more = outputsAndTries(number, turn);
		const users = lotsOf(concurrency, number + turn, more).map((planned, i): CellUser => {
			const user = userOf(planned);
			return { ...user, userId: `${user.lot}-${i}` };
		});
		return {
			fault: fault.name,
			...{ onError, concurrency, ...more },
			timeout: timeoutOf(fault),
			users: withRepeats(users, number + turn),
			company: companyOf(number, turn),
			...ofFault(users, turn),
		};
	});
}

export function cellsOf(kind: FaultKind, number: number): Cell[] {
	const userOf = (lot: Lot) => ({ lot, onlyOnce: kind.commits && lot === 'always' });
	return everyWay(kind, number, userOf, (users, turn) => {
		const unreadable: Step = kind.timesOut
			? { fault: 'hang' }
			: UNREADABLE_SESSIONS[(number + turn) % UNREADABLE_SESSIONS.length];
		const { clean = 'contacted', once, always, blind } = kind;
		return {
			commitsLate: 'fault' in kind.step && kind.step.fault === 'lateCommit',
			expected: { clean, once, always, blind },
			async prepare(simulator) {
				for (const { userId, lot } of users) {
					const times = { clean: 0, once: 1, blind: 1, always: MAX_RETRIES + 1, elsewhere: 0 }[lot];
					simulator.plan(userId, ...Array<Step>(times).fill(kind.step));
					if (lot === 'blind') simulator.planSession(userId, ...Array<Step>(16).fill(unreadable));
				}
				return undefined;
			},
		};
	});
}

export function cellsOfServer(server: FaultyServer, number: number): Cell[] {
	const userOf = (lot: Lot): Pick<CellUser, 'lot'> =>
		lot === 'clean' ? { lot } : { lot: 'elsewhere' };
	return everyWay(server, number, userOf, () => ({
		commitsLate: false,
		expected: { clean: 'contacted', elsewhere: server.outcome },
		prepare: server.start,
	}));
}
