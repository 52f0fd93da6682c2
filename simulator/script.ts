import type { Step } from './contract';
import { readDirective } from './userIdDirectives';

/** The code a `-blind` user's session reads answer: Desk's "internal server error". */
const BLIND: Step = { answer: 70500 };

/** Decides what a request is to meet: planned steps first, then the user id, then the state. */
export const createScript = () => {
	/** By command and user; the user is null for steps that any request of the command may use up. */
	const plans = new Map<string, Step[]>();
	const contacted = new Set<string>();

	const planned = (command: string, userId: string | null): Step | undefined =>
		plans.get(JSON.stringify([command, userId]))?.shift();

	const fromUserId = (command: string, userId: string): Step | undefined => {
		const directive = readDirective(userId);
		if (directive === null) return undefined;
		if (command === 'get_session_state') return directive.blind ? BLIND : undefined;
		if (command !== 'contact_user') return undefined;
		const first = !contacted.has(userId);
		contacted.add(userId);
		return first || !directive.once ? directive.step : undefined;
	};

	return {
		plan: (command: string, userId: string | null, steps: Step[]): void => {
			const key = JSON.stringify([command, userId]);
			plans.set(key, [...(plans.get(key) ?? []), ...steps]);
		},
		/** Uses up one planned step; undefined leaves the answer to the state. */
		next: (command: string, userId: string | null): Step | undefined =>
			(userId === null ? undefined : planned(command, userId)) ??
			planned(command, null) ??
			(userId === null ? undefined : fromUserId(command, userId)),
		reset: (): void => {
			plans.clear();
			contacted.clear();
		},
	};
};

export type Script = ReturnType<typeof createScript>;
