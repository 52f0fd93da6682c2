const WINDOW_MS = 60_000;
const BAD_SIGNATURES_ALLOWED = 10;

/**
 * Locks an app for a minute once it has sent ten bad UserSigs within a minute. Tencent documents the
 * lock (70050) but not how many failures it takes; ten is our number.
 */
export const createSignatureLock = () => {
	const failures = new Map<number, number[]>();
	const lockedUntil = new Map<number, number>();
	return {
		locked: (sdkAppId: number, nowMs: number): boolean => (lockedUntil.get(sdkAppId) ?? 0) > nowMs,
		fail: (sdkAppId: number, nowMs: number): void => {
			const recent = [...(failures.get(sdkAppId) ?? []), nowMs].filter(
				(at) => at > nowMs - WINDOW_MS,
			);
			failures.set(sdkAppId, recent);
			if (recent.length < BAD_SIGNATURES_ALLOWED) return;
			lockedUntil.set(sdkAppId, nowMs + WINDOW_MS);
			failures.delete(sdkAppId);
		},
		reset: (): void => {
			failures.clear();
			lockedUntil.clear();
		},
	};
};

/** Counts requests of each app in fixed windows of one second, refused ones included. */
export const createRateLimit = (requestsPerSecond: number | undefined) => {
	const windows = new Map<number, { second: number; count: number }>();
	return {
		exceeded: (sdkAppId: number, nowMs: number): boolean => {
			if (requestsPerSecond === undefined) return false;
			const second = Math.floor(nowMs / 1000);
			const open = windows.get(sdkAppId);
			const count = open?.second === second ? open.count + 1 : 1;
			windows.set(sdkAppId, { second, count });
			return count > requestsPerSecond;
		},
		reset: (): void => windows.clear(),
	};
};

export type SignatureLock = ReturnType<typeof createSignatureLock>;
export type RateLimit = ReturnType<typeof createRateLimit>;
