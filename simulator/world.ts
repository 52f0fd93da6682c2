/** One SDKAppID of the Tencent console. All apps of a world share its accounts, groups and agents. */
export interface App {
	sdkAppId: number;
	secretKey: string;
	admins: string[];
	/** False: an app without Desk, 141000. */
	desk: boolean;
	/** `elsewhere`: the app lives in another data centre than this address, 60026. */
	dataCenter: 'here' | 'elsewhere';
}

export interface Account {
	id: string;
	nick: string;
	isDefault: boolean;
	/** Agent groups that may contact users through this account; others answer 141018. */
	allowedGroups: number[];
	/** The "contact user" switch of the account; off answers 141014. */
	contactUser: boolean;
	/** True: Desk's own service behind this account is down, 141002. */
	backendDown: boolean;
}

export interface Group {
	id: number;
	name: string;
}

export interface Agent {
	mail: string;
	nick: string;
	groups: number[];
	/** `notReady` is what Desk calls offline, `rest` a short break. */
	status: 'free' | 'notReady' | 'rest';
	/** Receptions at once; `Infinity` never fills up. */
	capacity: number;
	load: number;
}

export type SessionState =
	'NotInSession' | 'Chatbot' | 'WaitingForAgentAnswering' | 'Queueing' | 'Agent';

export interface Session {
	sessionId: string;
	userId: string;
	account: string;
	state: SessionState;
	agent: string | null;
	/** False: this conversation can never reach a live agent, 141003. */
	transferable: boolean;
}

export interface World {
	/** Which spelling of the two ambiguous contact_user keys this Desk reads. */
	fieldSpelling: 'either' | 'sample' | 'table';
	apps: App[];
	accounts: Account[];
	groups: Group[];
	agents: Agent[];
	/** User ids that exist; ids starting with `unknown` never do. */
	users: 'any' | string[];
	/** By `sessionKey(userId, account)`. */
	sessions: Map<string, Session>;
}

export const DEFAULT_ACCOUNT = '@customer_service_account';

/** Sessions belong to a pair: one user may talk with several customer service accounts. */
export const sessionKey = (userId: string, account: string): string =>
	JSON.stringify([userId, account]);

const everyGroup = [1001, 1002, 1003, 1004];

const app = (sdkAppId: number, secretKey: string, different: Partial<App> = {}): App => ({
	sdkAppId,
	secretKey,
	admins: ['administrator'],
	desk: true,
	dataCenter: 'here',
	...different,
});

const agent = (nick: string, groups: number[], different: Partial<Agent> = {}): Agent => ({
	mail: `${nick.toLowerCase()}@example.com`,
	nick,
	groups,
	status: 'free',
	capacity: 5,
	load: 0,
	...different,
});

const account = (suffix: string, nick: string, different: Partial<Account> = {}): Account => ({
	id: DEFAULT_ACCOUNT + suffix,
	nick,
	isDefault: suffix === '',
	allowedGroups: everyGroup,
	contactUser: true,
	backendDown: false,
	...different,
});

const seeded = (
	userId: string,
	state: SessionState,
	different: Partial<Session> = {},
): Session => ({
	sessionId: `session-of-${userId}`,
	userId,
	account: DEFAULT_ACCOUNT,
	state,
	agent: null,
	transferable: true,
	...different,
});

/**
 * A small company in which every answer of contact_user can be had, and an agent without a limit so
 * that a batch of any size finds somebody. The secret keys are demo values and open nothing.
 */
export const demoWorld = (): World => ({
	fieldSpelling: 'either',
	apps: [
		app(1400000000, 'simulator-demo-key-not-a-secret'),
		app(1400000001, 'simulator-demo-key-app-without-desk', { desk: false }),
		app(1400000002, 'simulator-demo-key-other-data-centre', { dataCenter: 'elsewhere' }),
	],
	accounts: [
		account('', 'Customer Care'),
		account('_01', 'Sales Desk', { allowedGroups: [1001] }),
		account('_02', 'Archive (contacting users is off)', { contactUser: false }),
		account('_03', 'Under Repair', { backendDown: true }),
		account('_04', 'Night Desk', { allowedGroups: [1003] }),
	],
	groups: [
		{ id: 1001, name: 'Sales' },
		{ id: 1002, name: 'Support' },
		{ id: 1003, name: 'Night Shift (everybody offline)' },
		{ id: 1004, name: 'Back Office (nobody free)' },
		{ id: 1005, name: 'Trainees (may not contact users)' },
	],
	agents: [
		agent('Anna', [1001, 1002], { capacity: Infinity }),
		agent('Ben', [1002]),
		agent('Chen', [1002, 1004], { status: 'rest' }),
		agent('Dana', [1003], { status: 'notReady' }),
		agent('Eli', [1004], { capacity: 3, load: 3 }),
		agent('Fay', [1005]),
	],
	users: 'any',
	sessions: new Map(
		[
			seeded('in-conversation', 'Agent', { agent: 'anna@example.com' }),
			seeded('in-queue', 'Queueing'),
			seeded('with-chatbot', 'Chatbot'),
			seeded('chatbot-only', 'Chatbot', { transferable: false }),
		].map((session) => [sessionKey(session.userId, session.account), session]),
	),
});
