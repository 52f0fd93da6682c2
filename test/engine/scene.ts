import type { IContextObject, INodeParameters, IRun } from 'n8n-workflow';

import type { Simulator } from '../../simulator/contract';
import { DEFAULT_ACCOUNT, sessionKey } from '../../simulator/world';
import { parameters, reportsOf, users } from './desk';
import type { ContactUserRun, ContactUserSetup } from './harness';

/** Users of one case, so that cases can run at the same time in one Desk: `ann` of the case `x` is `ann.x`. */
export interface Scene {
	id(user: string): string;
	/** One user after the other. `overrides` are parameters of the node. */
	setup(names: string[], overrides?: INodeParameters): ContactUserSetup;
	/** Contacts the user with the next request, but loses the answer and two looks at the session. */
	loseAnswerTo(user: string): void;
	/** The user talked with the agent, and the conversation was closed. */
	endSessions(): void;
	/** Who was contacted, as often as it happened. */
	contacted(): string[];
	outcomes(run: ContactUserRun): Record<string, unknown>;
	requestsFor(user: string, command: 'contact_user' | 'get_session_state'): number;
}

export function createScene(simulator: Simulator, name: string): Scene {
	const id = (user: string) => `${user}.${name}`;
	const nameOf = (userId: unknown) => String(userId).slice(0, -name.length - 1);
	const isOurs = ({ userId }: { userId: string | null }) => userId?.endsWith(`.${name}`) ?? false;
	return {
		id,
		setup: (names, overrides) => ({
			items: users(...names.map(id)),
			parameters: parameters(overrides, { concurrency: 1 }),
			credential: simulator.credential,
		}),
		loseAnswerTo(user) {
			simulator.plan(id(user), { fault: 'reset', commit: true });
			simulator.planSession(id(user), { fault: 'html' }, { fault: 'html' });
		},
		endSessions() {
			for (const { userId } of simulator.ledger.filter(isOurs)) {
				simulator.world.sessions.delete(sessionKey(userId, DEFAULT_ACCOUNT));
			}
		},
		contacted: () => simulator.ledger.filter(isOurs).map(({ userId }) => nameOf(userId)),
		outcomes: ({ outputs }) =>
			Object.fromEntries(
				reportsOf(outputs.flat()).map(({ userId, outcome }) => [nameOf(userId), outcome]),
			),
		requestsFor: (user, command) =>
			simulator.requests.filter(
				(request) => request.userId === id(user) && request.command === command,
			).length,
	};
}

/** Lets `ms` pass between the try and its retry; a negative number is a worker whose clock is ahead. */
export function ageMemory(failed: IRun, ms: number): void {
	const context = failed.data.executionData?.contextData['node:Contact User'] as IContextObject;
	const runs = context.contactUserEarlierTries as Record<string, Record<string, Kept[]>>;
	const tries = Object.values(runs).flatMap((users) => Object.values(users).flat());
	if (tries.length === 0) throw new Error('The run left no memory');
	for (const kept of tries) {
		kept.triedAt -= ms;
		if (kept.sentAt) kept.sentAt.unixMs -= ms;
	}
}

interface Kept {
	triedAt: number;
	sentAt?: { unixMs: number };
}

/** What `work` gives, or undefined when it is not done after `ms` milliseconds. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<undefined>((resolve) => {
		timer = setTimeout(() => resolve(undefined), ms);
	});
	try {
		return await Promise.race([work, late]);
	} finally {
		clearTimeout(timer);
	}
}
