/** Runs work of one key after the other, in the order it came; work of other keys does not wait. */
export type OneAtATime = <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;

export function createOneAtATime(): OneAtATime {
	/** By key: settles when the last work that came has ended. */
	const ends = new Map<string, Promise<unknown>>();

	return async (key, work) => {
		const before = ends.get(key);
		const result = before === undefined ? work() : before.then(work);
		// The next one runs however this one ends.
		const end = result.catch(() => undefined);
		ends.set(key, end);
		try {
			return await result;
		} finally {
			if (ends.get(key) === end) ends.delete(key);
		}
	};
}
