import type { Move, Moved } from './moves';
import type { Notified, EventWish } from './notify';
import type { World } from './world';

/*
 * Comments in this folder name Tencent's pages product/number: 1229 and 1047 stand for
 * https://www.tencentcloud.com/document/product/, 269 and 679 for https://cloud.tencent.com/document/product/,
 * each followed by product/number; trtc.io/<number> for https://trtc.io/document/<number>.
 */

/** Every transport fault the simulator can play; `simulator/README.md` describes each. */
export const FAULT_NAMES = [
	'reset',
	'hang',
	'slowHeaders',
	'halfBody',
	'stalledBody',
	'http502',
	'http503',
	'http504',
	'http500',
	'http429',
	'http302',
	'http401',
	'http403',
	'html',
	'empty',
	'gzip',
	'wrongType',
	'codeAsString',
	'codeMissing',
	'statusMissing',
	'contradiction',
	'big',
	'duplicateKeys',
	'lateCommit',
] as const;

export type FaultName = (typeof FAULT_NAMES)[number];

/** HTTP 200 with this ErrorCode. `0` makes the contact whatever the state says, and answers OK. */
export interface AnswerStep {
	answer: number;
	info?: string;
	agent?: string;
	/** Added to the answer, or put in the place of its fields of the same name. */
	fields?: Record<string, unknown>;
}

/** A transport fault; `commit` says whether the contact is made, whatever the state says. */
export interface FaultStep {
	fault: FaultName;
	commit?: boolean;
	delayMs?: number;
	/** Value of the Retry-After header of `http429`. */
	retryAfter?: string;
}

/** The state decides at once, the answer leaves `delayMs` later. */
export interface DelayStep {
	delayMs: number;
}

export type Step = AnswerStep | FaultStep | DelayStep;

/** One contact that really happened. `at` is in epoch milliseconds. */
export interface Commit {
	at: number;
	userId: string;
	account: string;
	agentGroup: number | null;
	agent: string;
	sessionId: string;
}

/** One change that any other command made, but for messages. `at` is in epoch milliseconds. */
export interface Change {
	at: number;
	command: string;
	/** The session ID or the agent of the request. */
	of: string;
}

/** One message that send_msg left with a user. `at` is in epoch milliseconds. */
export interface LeftMessage {
	at: number;
	/** The customer service account it comes from. */
	account: string;
	userId: string;
	/** MsgRandom. */
	random: number;
	/** Its text elements, one a line; other elements leave no line. */
	text: string;
	/** MsgBody. */
	body: unknown[];
}

/** One request as the simulator saw it. Never holds a UserSig, a query string or a body. */
export interface LoggedRequest {
	/** Arrival, epoch milliseconds. */
	at: number;
	/** The command, `redirected` for a followed `http302`, `unknown` for anything else. */
	command: string;
	userId: string | null;
	/** HTTP status, or null when no status line left the simulator. */
	status: number | null;
	/** ErrorCode of the answer, or null when the caller cannot read one. */
	errorCode: number | null;
	fault: FaultName | null;
	/** 1 for the first request of this command for this user, 2 for the second ... */
	attempt: number;
}

export interface SimulatorOptions {
	/** @default 0, a free one */
	port?: number;
	/** The address to listen on; `localhost` is 127.0.0.1 and, where there is IPv6, ::1. @default localhost */
	host?: string;
	https?: { key: string; cert: string };
	/** Added to every answer, milliseconds. @default 0 */
	latencyMs?: number;
	/** Limit per app over all commands, in fixed windows of one second; 60007 beyond it. @default none */
	requestsPerSecond?: number;
	/** @default demoWorld() */
	world?: World;
	/** Told of every request as it is logged. */
	onRequest?: (request: LoggedRequest) => void;
	/** The simulator's clock, epoch milliseconds. @default Date.now */
	now?: () => number;
}

export interface Simulator {
	/** `http(s)://127.0.0.1:PORT`, no trailing slash; with `host` that address, where it is one. */
	url: string;
	/** The addresses it listens on. */
	hosts: string[];
	/** What to type into the n8n credential: the first app of the world. */
	credential: {
		dataCenter: 'custom';
		baseUrl: string;
		sdkAppId: string;
		adminUserId: string;
		secretKey: string;
	};
	/** Mutable: a test may put an agent on break between two requests. */
	world: World;
	ledger: Commit[];
	/** In the order in which they were made, also where the caller was told nothing or something else. */
	changes: Change[];
	/** In the order of their arrival; a repeated MsgRandom leaves no second message. */
	messages: LeftMessage[];
	requests: LoggedRequest[];
	/** Highest number of contact_user requests being served at once since the last reset. */
	readonly maxInFlight: number;
	/** Scripted answers of the next contact_user requests for that user; then state decides again. */
	plan(userId: string, ...steps: Step[]): void;
	/** The same for get_session_state. */
	planSession(userId: string, ...steps: Step[]): void;
	/**
	 * The same for the next requests of a command, whoever they are about; a plan for the user goes first. With
	 * `answer: 0`, and with a fault's commit, commands other than contact_user do what the state allows.
	 */
	planCommand(command: string, ...steps: Step[]): void;
	/** Moves the user's session with an account, which is the default one unless another is named. */
	move(userId: string, move: Move, account?: string): Moved;
	/** Sends a session event to a webhook on this machine, and tells what it answered. */
	notify(event: EventWish): Promise<Notified>;
	/** Empties ledger, changes, messages, requests and plans, and restores the world as it was at the start. */
	reset(): void;
	/** Destroys open sockets too; resolves within one second. */
	close(): Promise<void>;
}
