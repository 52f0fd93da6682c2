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
 *
 * @template Result
 * @param {string} what
 * @param {() => Promise<Result>} work
 * @param {() => string} howFar added to the time: how much is done
 * @returns {Promise<Result>}
 */
export async function withProgress(what, work, howFar = () => '') {
	const start = Date.now();
	const soFar = () => `${duration(Date.now() - start)}${howFar()}`;
	console.log(`  ${what} ...`);
	const timer = process.stdout.isTTY
		? setInterval(() => redraw(`  ... ${soFar()} `), TERMINAL_TICK_MS)
		: tickIntoLog(soFar);
	try {
		return await work();
	} finally {
		clearInterval(timer);
		if (process.stdout.isTTY) redraw('');
		console.log(`  That took ${soFar()}.`);
	}
}

/**
 * Like `withProgress` for work that prints by itself: a terminal is left to it (jest draws what
 * it runs), and only a log, where minutes may pass between two lines of it, gets the ticks.
 */
export async function withLogTicks(work) {
	const start = Date.now();
	const timer = process.stdout.isTTY ? undefined : tickIntoLog(() => duration(Date.now() - start));
	try {
		return await work();
	} finally {
		clearInterval(timer);
	}
}

function redraw(line) {
	process.stdout.cursorTo(0);
	process.stdout.clearLine(1);
	process.stdout.write(line);
}

function tickIntoLog(soFar) {
	return setInterval(() => console.log(`  ... still at it after ${soFar()}`), LOG_TICK_MS);
}
