import { textBody } from './chats';
import { DEFAULT_DIALECT } from './dialect';
import {
	DEFAULT_ACCOUNT,
	sessionKey,
	type Account,
	type Agent,
	type App,
	type Session,
	type SessionState,
	type World,
} from './world';

/** Fixed, so that every run of the demo tells the same story. */
const CHAT_BEGAN = Date.UTC(2026, 0, 5, 9);

const everyGroup = [1001, 1002, 1003, 1004];

const app = (sdkAppId: number, secretKey: string, different: Partial<App> = {}): App => ({
	sdkAppId,
	secretKey,
	admins: ['administrator'],
	desk: true,
	dataCenter: 'here',
	contactUser: true,
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
		app(1400000003, 'simulator-demo-key-contacting-is-off', { contactUser: false }),
	],
	accounts: [
		account('', 'Customer Care'),
		account('_01', 'Sales Desk', { allowedGroups: [1001] }),
		account('_02', 'Under Repair', { backendDown: true }),
		account('_03', 'Night Desk', { allowedGroups: [1003] }),
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
		agent('Dana', [1003], { status: 'offline' }),
		agent('Eli', [1004], { capacity: 3, load: 3 }),
		agent('Fay', [1005]),
	],
	restReasons: ['Lunch', 'Training'],
	isWorkingTime: true,
	users: 'any',
	sessions: new Map(
		[
			seeded('in-conversation', 'Agent', { agent: 'anna@example.com' }),
			seeded('in-queue', 'Queueing', { agentGroup: 1004 }),
			seeded('with-chatbot', 'Chatbot'),
			seeded('chatbot-only', 'Chatbot', { transferable: false }),
		].map((session) => [sessionKey(session.userId, session.account), session]),
	),
	records: [],
	chats: new Map([
		[
			'session-of-in-conversation',
			[
				{
					at: CHAT_BEGAN,
					role: 'user',
					from: 'in-conversation',
					body: textBody('Is it in stock?'),
				},
				{
					at: CHAT_BEGAN + 1_000,
					role: 'system',
					from: DEFAULT_ACCOUNT,
					body: textBody('Anna takes over.'),
				},
				{
					at: CHAT_BEGAN + 9_000,
					role: 'agent',
					from: 'anna@example.com',
					body: textBody('Yes, two are left.'),
				},
			],
		],
	]),
	dialect: { ...DEFAULT_DIALECT },
});
