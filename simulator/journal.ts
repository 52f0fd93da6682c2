import type { Change, Commit, LeftMessage, LoggedRequest } from './contract';
import type { Answer } from './answers';

const MAX_LOGGED_USER_ID = 200;

type Seen = Omit<LoggedRequest, 'attempt'>;

/** A log entry of a request that names no user and meets no fault. */
export const logged = (at: number, command: string, answer: Answer): Seen => ({
	at,
	command,
	userId: null,
	status: 200,
	errorCode: answer.ErrorCode,
	fault: null,
});

/** What happened: the ledger of contacts, other changes, the messages left, the request log, and how many contact_user ran at once. */
export const createJournal = (onRequest: (request: LoggedRequest) => void = () => {}) => {
	const ledger: Commit[] = [];
	const changes: Change[] = [];
	const messages: LeftMessage[] = [];
	const requests: LoggedRequest[] = [];
	const delivered = new Set<string>();
	const attempts = new Map<string, number>();
	let inFlight = 0;
	let maxInFlight = 0;

	return {
		ledger,
		changes,
		messages,
		requests,
		maxInFlight: () => maxInFlight,
		commit: (commit: Commit): void => {
			ledger.push(commit);
		},
		change: (change: Change): void => {
			changes.push(change);
		},
		/**
		 * MsgRandom is there "for de-duplication" (1229/68821); for how long Desk remembers it is not said.
		 * False for a repeat, which leaves nothing.
		 */
		deliver: (message: LeftMessage): boolean => {
			const { account, userId, random } = message;
			const key = JSON.stringify([account, userId, random]);
			if (delivered.has(key)) return false;
			delivered.add(key);
			messages.push(message);
			return true;
		},
		log: (seen: Seen): void => {
			const key = `${seen.command}\n${seen.userId}`;
			const attempt = (attempts.get(key) ?? 0) + 1;
			attempts.set(key, attempt);
			const userId = seen.userId?.slice(0, MAX_LOGGED_USER_ID) ?? null;
			const request = { ...seen, userId, attempt };
			requests.push(request);
			onRequest(request);
		},
		enter: (): void => {
			inFlight += 1;
			maxInFlight = Math.max(maxInFlight, inFlight);
		},
		leave: (): void => {
			inFlight -= 1;
		},
		/** The arrays stay the same objects, so a caller may hold on to them. */
		reset: (): void => {
			ledger.length = 0;
			changes.length = 0;
			messages.length = 0;
			delivered.clear();
			requests.length = 0;
			attempts.clear();
			maxInFlight = inFlight;
		},
	};
};

export type Journal = ReturnType<typeof createJournal>;
