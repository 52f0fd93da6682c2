const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 10_000;

/**
 * How long to wait before the next try: what the server asked for, else exponentially longer, with jitter.
 * @param tries how many were made, at least 1
 * @param random gives a number from 0 up to 1
 * @returns milliseconds
 */
export function backoffMs(
	tries: number,
	retryAfterMs: number | undefined,
	random: () => number,
): number {
	const longest = Math.min(FIRST_BACKOFF_MS * 2 ** (tries - 1), LONGEST_BACKOFF_MS);
	return retryAfterMs || longest * (0.5 + random() / 2);
}
