const TERMINAL_TICK_MS = 1_000;
const LOG_TICK_MS = 15_000;

/** "0.4 s", "12 s", "3 min 5 s" */
export function duration(ms) {
	if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
	const seconds = Math.round(ms / 1000);
	return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Awaits `work()`, which prints nothing, and meanwhile says that it is still going: one line that
 * counts the seconds on a terminal, one more line every 15 s in a log. Gives back what `work` gives.
 */
export async function withProgress(what, work) {
	const start = Date.now();
	console.log(`  ${what} ...`);
	const timer = process.stdout.isTTY
		? setInterval(
				() => process.stdout.write(`\r  ... ${duration(Date.now() - start)} `),
				TERMINAL_TICK_MS,
			)
		: tickIntoLog(start);
	try {
		return await work();
	} finally {
		clearInterval(timer);
		const line = `  That took ${duration(Date.now() - start)}.`;
		console.log(process.stdout.isTTY ? `\r${line}` : line);
	}
}

/**
 * Like `withProgress` for work that prints by itself: a terminal is left to it (jest draws what
 * it runs), and only a log, where minutes may pass between two lines of it, gets the ticks.
 */
export async function withLogTicks(work) {
	const timer = process.stdout.isTTY ? undefined : tickIntoLog(Date.now());
	try {
		return await work();
	} finally {
		clearInterval(timer);
	}
}

function tickIntoLog(start) {
	return setInterval(
		() => console.log(`  ... still at it after ${duration(Date.now() - start)}`),
		LOG_TICK_MS,
	);
}
