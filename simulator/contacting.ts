import { refuse, succeed, type Answer } from './answers';
import type { Journal } from './journal';
import type { Sessions } from './sessions';
import {
	sessionKey,
	type Account,
	type Agent,
	type Session,
	type SessionState,
	type World,
} from './world';

export interface ContactWish {
	userId: string;
	account: string;
	agentGroup: number | null;
	agent: string | null;
}

const LIVE: SessionState[] = ['Agent', 'WaitingForAgentAnswering', 'Queueing'];

/** Ids starting with `unknown` never exist, so that a builder can try 141015 without a user list. */
export const userExists = (world: World, userId: string): boolean =>
	!userId.startsWith('unknown') && (world.users === 'any' || world.users.includes(userId));

const mayUse = (account: Account, agent: Agent): boolean =>
	agent.groups.some((group) => account.allowedGroups.includes(group));

/** Free or on a short break; who is not ready cannot be reached, as little as who is offline. */
export const isOnline = ({ status }: Agent): boolean => status === 'free' || status === 'rest';

export const isFree = (agent: Agent): boolean =>
	agent.status === 'free' && agent.load < agent.capacity;

const namedAgent = (world: World, account: Account, wish: ContactWish): Agent | Answer => {
	const agent = world.agents.find((candidate) => candidate.mail === wish.agent);
	if (agent === undefined) return refuse(141004, 'MemberId is no agent');
	if (wish.agentGroup !== null && !agent.groups.includes(wish.agentGroup)) {
		return refuse(141004, 'MemberId is not in the group GroupId');
	}
	if (!mayUse(account, agent)) return refuse(141018);
	if (!isOnline(agent)) return refuse(141011);
	if (agent.status === 'rest') return refuse(141013);
	return isFree(agent) ? agent : refuse(141012);
};

export const leastBusy = (agents: Agent[]): Agent | undefined =>
	agents.reduce<Agent | undefined>(
		(best, agent) => (best === undefined || agent.load < best.load ? agent : best),
		undefined,
	);

const anyAgent = (world: World, account: Account, wish: ContactWish): Agent | Answer => {
	const { agentGroup } = wish;
	const online = world.agents.filter(
		(agent) =>
			isOnline(agent) &&
			(agentGroup === null ? mayUse(account, agent) : agent.groups.includes(agentGroup)),
	);
	if (online.length === 0) return refuse(141001);
	return leastBusy(online.filter(isFree)) ?? refuse(141017);
};

const groupFault = (world: World, account: Account, group: number | null): Answer | null => {
	if (group === null) return null;
	if (!world.groups.some((candidate) => candidate.id === group)) return refuse(141019);
	return account.allowedGroups.includes(group) ? null : refuse(141018);
};

/** Who would take this contact, or the answer that refuses it. Changes nothing. */
const choose = (world: World, wish: ContactWish): Agent | Answer => {
	const account = world.accounts.find((candidate) => candidate.id === wish.account);
	if (account === undefined) return refuse(141004, 'no such customer service account');
	if (!userExists(world, wish.userId)) return refuse(141015);
	if (account.backendDown) return refuse(141002);
	const session = world.sessions.get(sessionKey(wish.userId, wish.account));
	if (session !== undefined && LIVE.includes(session.state)) return refuse(141016);
	if (session?.state === 'Chatbot' && !session.transferable) return refuse(141003);
	const wrongGroup = groupFault(world, account, wish.agentGroup);
	if (wrongGroup !== null) return wrongGroup;
	return wish.agent === null ? anyAgent(world, account, wish) : namedAgent(world, account, wish);
};

const isRefusal = (chosen: Agent | Answer): chosen is Answer => 'ErrorCode' in chosen;

export interface ContactingParts {
	world: World;
	journal: Journal;
	sessions: Sessions;
	/** Told of every session that a contact opened. */
	onContact: (session: Session) => void;
	now: () => number;
}

/** The rules of contact_user on a world: who gets a contact, and what a contact changes. */
export const createContacting = ({ world, journal, sessions, onContact, now }: ContactingParts) => {
	const make = (wish: ContactWish, mail: string): Answer => {
		const { userId, account, agentGroup } = wish;
		const session = sessions.open({
			...{ userId, account, agentGroup },
			state: 'Agent',
			agent: mail,
			contacted: true,
		});
		const { sessionId } = session;
		journal.commit({ at: now(), userId, account, agentGroup, agent: mail, sessionId });
		onContact(session);
		return succeed({ MemberId: mail });
	};

	return {
		/** Makes the contact when the state allows it. */
		decide: (wish: ContactWish): Answer => {
			const chosen = choose(world, wish);
			return isRefusal(chosen) ? chosen : make(wish, chosen.mail);
		},
		/**
		 * Makes the contact whatever the state says, for scripted answers: a second forced contact of
		 * one user is a second line in the ledger, so that a double send cannot hide behind 141016.
		 */
		force: (wish: ContactWish, agent?: string): Answer => {
			const chosen = choose(world, wish);
			const fallback = isRefusal(chosen) ? world.agents[0]?.mail : chosen.mail;
			return make(wish, agent ?? wish.agent ?? fallback ?? 'nobody@example.com');
		},
	};
};

export type Contacting = ReturnType<typeof createContacting>;
