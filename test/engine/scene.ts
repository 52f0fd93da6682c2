import type { INodeParameters } from 'n8n-workflow';

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
	};
}
