import { CLOCK } from '../../nodes/shared/delivery/process';
import type { Clock } from '../../nodes/shared/sending/waiting';

/** From now on the node's process lives by this clock, and what it keeps between runs with it. */
export function liveBy({ now, sleep }: Clock): void {
	Object.assign(CLOCK, { now, sleep });
}
