/** Timers that a test can be sure are gone: nothing of a closed simulator runs on. */
export const createTimers = () => {
	const pauses = new Map<NodeJS.Timeout, () => void>();
	const scheduled = new Set<NodeJS.Timeout>();

	const cancelScheduled = (): void => {
		scheduled.forEach((timer) => clearTimeout(timer));
		scheduled.clear();
	};

	return {
		/** Waits; ends early when everything is cancelled. */
		pause: async (ms: number): Promise<void> => {
			if (ms <= 0) return;
			await new Promise<void>((resolve) => {
				const timer = setTimeout(() => {
					pauses.delete(timer);
					resolve();
				}, ms);
				pauses.set(timer, resolve);
			});
		},
		schedule: (task: () => void, ms: number): void => {
			const timer = setTimeout(() => {
				scheduled.delete(timer);
				task();
			}, ms);
			scheduled.add(timer);
		},
		cancelScheduled,
		cancelAll: (): void => {
			cancelScheduled();
			pauses.forEach((resolve, timer) => {
				clearTimeout(timer);
				resolve();
			});
			pauses.clear();
		},
	};
};

export type Timers = ReturnType<typeof createTimers>;
