const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 10_000;

/**
 * How long to wait before something is sent again: what the server asks for; without that (or with 0, which would use
 * up all retries at once) a time that doubles with each try. A random half keeps many from coming back at once.
 * @param tries how often it was sent already, at least 1
 * @param random from 0 up to 1
 */
export function backoffMs(
	tries: number,
	random: () => number,
	retryAfterMs: number | undefined,
): number {
	const longest = Math.min(FIRST_BACKOFF_MS * 2 ** (tries - 1), LONGEST_BACKOFF_MS);
	return retryAfterMs || longest * (0.5 + random() / 2);
}
