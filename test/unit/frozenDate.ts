const ALL_BUT_DATE = [
	'hrtime',
	'nextTick',
	'performance',
	'queueMicrotask',
	'setImmediate',
	'clearImmediate',
	'setInterval',
	'clearInterval',
	'setTimeout',
	'clearTimeout',
] as const;

/** Stops Date at `nowMs`; timers go on, since streams need them. */
export function freezeDate(nowMs: number): void {
	jest.useFakeTimers({ now: nowMs, doNotFake: [...ALL_BUT_DATE] });
}

export function thawDate(): void {
	jest.useRealTimers();
}
