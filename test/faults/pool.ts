/** Starts all tasks, at most `atOnce` at a time, and gives their results at once as promises. */
export function runPooled<T>(tasks: Array<() => Promise<T>>, atOnce: number): Array<Promise<T>> {
	let running = 0;
	const waiting: Array<() => void> = [];
	const enter = async () => {
		if (running++ >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
	};
	const leave = () => {
		running--;
		waiting.shift()?.();
	};
	return tasks.map(async (task) => {
		await enter();
		try {
			return await task();
		} finally {
			leave();
		}
	});
}
