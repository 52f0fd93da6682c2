import type { Clock } from '../../shared/sending/clock';

/** Waits are cut into slices, so that a cancelled run ends soon. */
const SLICE_MS = 50;

/** Resolves at that time, or at most 50 ms after the run was stopped. */
export async function sleepUntil(
	time: number,
	clock: Clock,
	isStopped: () => boolean,
): Promise<void> {
	for (let left = time - clock.now(); left > 0 && !isStopped(); left = time - clock.now()) {
		await clock.sleep(Math.min(left, SLICE_MS));
	}
}
