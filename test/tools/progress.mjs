const TERMINAL_TICK_MS = 1_000;
const LOG_TICK_MS = 15_000;

/** "0.4 s", "12 s", "3 min 5 s" */
export function duration(ms) {
	if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
	const seconds = Math.round(ms / 1000);
	return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Awaits `work()` and meanwhile says that it is still going: one line that counts the seconds
 * on a terminal, one more line every 15 s in a log. Gives back what `work` gives.
 */
export async function withProgress(what, work) {
	const start = Date.now();
	const elapsed = () => duration(Date.now() - start);
	const terminal = process.stdout.isTTY;
	console.log(`  ${what} ...`);
	const tick = () =>
		terminal
			? process.stdout.write(`\r  ... ${elapsed()} `)
			: console.log(`  ... still at it after ${elapsed()}`);
	const timer = setInterval(tick, terminal ? TERMINAL_TICK_MS : LOG_TICK_MS);
	try {
		const result = await work();
		console.log(`${terminal ? '\r' : ''}  done in ${elapsed()}`);
		return result;
	} finally {
		clearInterval(timer);
	}
}
