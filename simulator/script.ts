import type { Step } from './contract';
import { readDirective } from './userIdDirectives';

/** Commands whose answers can be scripted. */
export type ScriptedCommand = 'contact_user' | 'get_session_state';

/** The code a `-blind` user's session reads answer: Desk's "internal server error". */
const BLIND: Step = { answer: 70500 };

/** Decides what a request is to meet: planned steps first, then the user id, then the state. */
export const createScript = () => {
	const plans = {
		contact_user: new Map<string, Step[]>(),
		get_session_state: new Map<string, Step[]>(),
	};
	const contacted = new Set<string>();

	const fromUserId = (command: ScriptedCommand, userId: string): Step | undefined => {
		const directive = readDirective(userId);
		if (directive === null) return undefined;
		if (command === 'get_session_state') return directive.blind ? BLIND : undefined;
		const first = !contacted.has(userId);
		contacted.add(userId);
		return first || !directive.once ? directive.step : undefined;
	};

	return {
		plan: (command: ScriptedCommand, userId: string, steps: Step[]): void => {
			const planned = plans[command].get(userId) ?? [];
			plans[command].set(userId, [...planned, ...steps]);
		},
		/** Uses up one planned step; undefined leaves the answer to the state. */
		next: (command: ScriptedCommand, userId: string): Step | undefined =>
			plans[command].get(userId)?.shift() ?? fromUserId(command, userId),
		reset: (): void => {
			plans.contact_user.clear();
			plans.get_session_state.clear();
			contacted.clear();
		},
	};
};

export type Script = ReturnType<typeof createScript>;
