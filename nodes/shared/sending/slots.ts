/** As many as there are may hold one at once; who asked first gets the next one. */
export interface Slots {
	acquire(): Promise<void>;
	release(): void;
}

export function createSlots(count: number): Slots {
	let free = count;
	const waiting: Array<() => void> = [];
	return {
		async acquire() {
			if (free > 0) free--;
			else await new Promise<void>((resolve) => waiting.push(resolve));
		},
		release() {
			const next = waiting.shift();
			if (next === undefined) free++;
			else next();
		},
	};
}
