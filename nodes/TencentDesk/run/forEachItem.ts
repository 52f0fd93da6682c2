/** Most look-ups under way at once. */
const MOST_READS = 10;

export interface Items {
	count: number;
	/** What changes something goes one after the other, so that messages to one user keep their order. */
	isChange: boolean;
	isStopped: () => boolean;
}

/**
 * Works through 0 .. count - 1. The first goes alone: what Desk refuses whatever is asked is then asked once.
 * @param isEnough whether no further item is begun after this one
 * @returns what came out, by index; undefined for items that were not begun
 */
export async function forEachItem<Result>(
	{ count, isChange, isStopped }: Items,
	work: (index: number) => Promise<Result>,
	isEnough: (result: Result) => boolean,
): Promise<Array<Result | undefined>> {
	const results = new Array<Result | undefined>(count).fill(undefined);
	let next = 0;
	let enough = false;
	const workOnNext = async () => {
		const index = next++;
		const result = await work(index);
		results[index] = result;
		enough ||= isEnough(result);
	};
	const mayGoOn = () => next < count && !enough && !isStopped();

	if (mayGoOn()) await workOnNext();
	const worker = async () => {
		while (mayGoOn()) await workOnNext();
	};
	await Promise.all(Array.from({ length: isChange ? 1 : MOST_READS }, worker));
	return results;
}
