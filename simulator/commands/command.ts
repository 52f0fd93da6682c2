import type { Answer, JsonObject } from '../answers';
import type { World } from '../world';

/** A command that only depends on its body and the world. Ending a session may change the world. */
export type Command = (body: JsonObject, world: World) => Answer;
