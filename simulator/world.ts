import type { ChatMessage } from './chats';
import type { Dialect } from './dialect';
import type { SessionRecord } from './records';

/** One SDKAppID of the Tencent console. All apps of a world share its accounts, groups and agents. */
export interface App {
	sdkAppId: number;
	secretKey: string;
	admins: string[];
	/** False: an app without Desk, 141000. */
	desk: boolean;
	/** `elsewhere`: the app lives in another data center than this address, 60026. */
	dataCenter: 'here' | 'elsewhere';
	/**
	 * The console's switch that lets agents contact users; off answers contact_user with 141014. That the
	 * switch is one for the whole app is how we read 269/102564; no page links it to 141014.
	 */
	contactUser: boolean;
}

export interface Account {
	id: string;
	nick: string;
	isDefault: boolean;
	/** Agent groups that may contact users through this account; others answer 141018. */
	allowedGroups: number[];
	/** True: Desk's own service behind this account is down, 141002. */
	backendDown: boolean;
}

export interface Group {
	id: number;
	name: string;
}

export type AgentStatus = 'free' | 'notReady' | 'rest' | 'offline';

export interface StatusChange {
	/** Epoch milliseconds. */
	at: number;
	before: AgentStatus;
	after: AgentStatus;
}

export interface Agent {
	mail: string;
	nick: string;
	groups: number[];
	/** `notReady` is present but busy, `rest` a short break; contact_user answers 141011 to both `notReady` and `offline`. */
	status: AgentStatus;
	/** Every change of status that a command or the control surface made, oldest first. */
	changes?: StatusChange[];
	/** Receptions at once; `Infinity` never fills up. */
	capacity: number;
	load: number;
}

export type SessionState =
	'NotInSession' | 'Chatbot' | 'WaitingForAgentAnswering' | 'Queueing' | 'Agent';

/** What mark_session sets, in its own field names. */
export interface SessionMark {
	Mark: string;
	StarStatus: 0 | 1;
	UserTimeoutSwitch: 0 | 1;
}

export interface Session {
	sessionId: string;
	userId: string;
	account: string;
	state: SessionState;
	agent: string | null;
	/** False: this conversation can never reach a live agent, 141003. */
	transferable: boolean;
	/** The group it was asked for, or whose queue it waits in. */
	agentGroup?: number | null;
	/** Epoch milliseconds; a session of the start has none and lasted no time. */
	startedAt?: number;
	/** True when contact_user opened it: IsContactUser of the webhook. */
	contacted?: boolean;
	/** 1 to 5, once the user rated it. */
	rating?: number;
	mark?: SessionMark;
	/** Of transfer_to_human, while it waits in the queue: 0 is served first, 9 last. */
	priority?: number;
	/** Of transfer_to_human; queues do not move by themselves. */
	queueTimeout?: number;
}

export interface World {
	/** Which spelling of the two ambiguous contact_user keys this Desk reads. */
	fieldSpelling: 'either' | 'sample' | 'table';
	apps: App[];
	accounts: Account[];
	groups: Group[];
	agents: Agent[];
	/** Reasons for a break that set_member_status takes. */
	restReasons: string[];
	/** False: it is outside of the working hours set up in Desk. */
	isWorkingTime: boolean;
	/** User ids that exist; ids starting with `unknown` never do. */
	users: 'any' | string[];
	/** By `sessionKey(userId, account)`. */
	sessions: Map<string, Session>;
	/** What describe_im_cdr_list lists, in the order of their making. */
	records: SessionRecord[];
	/** By session id, oldest message first. */
	chats: Map<string, ChatMessage[]>;
	dialect: Dialect;
}

export const DEFAULT_ACCOUNT = '@customer_service_account';

/** Sessions belong to a pair: one user may talk with several customer service accounts. */
export const sessionKey = (userId: string, account: string): string =>
	JSON.stringify([userId, account]);
