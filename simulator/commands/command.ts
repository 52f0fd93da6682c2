import type { Answer, JsonObject } from '../answers';
import type { LeftMessage } from '../contract';
import type { Sessions } from '../sessions';
import type { World } from '../world';

/** What a command works with. */
export interface Office {
	world: World;
	sessions: Sessions;
	/** Epoch milliseconds. */
	now: () => number;
	/** Leaves a message with its user; false for a repeat, which leaves nothing. */
	deliver: (message: Omit<LeftMessage, 'at'>) => boolean;
}

/** A command that depends on its body and the office, and may change it. */
export type Command = (body: JsonObject, office: Office) => Answer;
