import type { Answer, JsonObject } from '../answers';
import type { LeftMessage } from '../contract';
import type { World } from '../world';

/** Leaves a message with its user. */
export type Deliver = (message: Omit<LeftMessage, 'at'>) => void;

/**
 * A command that only depends on its body and the world. Ending a session may change the world, and a message is
 * delivered.
 */
export type Command = (body: JsonObject, world: World, deliver: Deliver) => Answer;
