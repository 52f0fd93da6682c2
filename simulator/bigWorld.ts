import { demoWorld } from './demoWorld';
import type { World } from './world';

/**
 * The demo world with `groups` further agent groups and `agents` further agents, for tests of paging.
 * Names are `Group 001` (id 2001) and `agent-001@example.com`, so order is known.
 */
export const bigWorld = ({ groups = 130, agents = 130 } = {}): World => {
	const world = demoWorld();
	const numbered = (index: number) => String(index + 1).padStart(3, '0');
	const addedGroups = Array.from({ length: groups }, (_, index) => ({
		id: 2001 + index,
		name: `Group ${numbered(index)}`,
	}));
	const addedAgents = Array.from({ length: agents }, (_, index) => ({
		mail: `agent-${numbered(index)}@example.com`,
		nick: `Agent ${numbered(index)}`,
		groups: groups > 0 ? [2001 + (index % groups)] : [],
		status: 'free' as const,
		capacity: 10,
		load: 0,
	}));
	const ids = addedGroups.map((group) => group.id);
	return {
		...world,
		groups: [...world.groups, ...addedGroups],
		agents: [...world.agents, ...addedAgents],
		accounts: world.accounts.map((account) =>
			account.isDefault
				? { ...account, allowedGroups: [...account.allowedGroups, ...ids] }
				: account,
		),
	};
};
