const LOOK_EVERY_MS = 1_000;

/**
 * Calls back, once, when the process that started us is gone: nobody tells us when it is killed, and
 * Windows does not even show it. Keeps no process alive.
 *
 * @param {() => void} callback
 * @returns {() => void} stops looking
 */
export function whenParentIsGone(callback) {
	const startedBy = process.ppid;
	const look = setInterval(() => {
		if (process.ppid === startedBy) return;
		clearInterval(look);
		callback();
	}, LOOK_EVERY_MS);
	look.unref();
	return () => clearInterval(look);
}
