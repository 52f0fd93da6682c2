export function gapsOf(starts: number[]): number[] {
	return starts.slice(1).map((start, i) => start - starts[i]);
}

/** The most starts in any second that begins with a start, both ends counted. */
export function mostInASecond(starts: number[]): number {
	let most = 0;
	let from = 0;
	starts.forEach((start, i) => {
		while (starts[from] < start - 1000) from++;
		most = Math.max(most, i - from + 1);
	});
	return most;
}

/** How many starts fall into each second from `from` on. */
export function perSecond(starts: number[], from: number, seconds: number): number[] {
	return Array.from(
		{ length: seconds },
		(_, s) =>
			starts.filter((start) => start >= from + s * 1000 && start < from + (s + 1) * 1000).length,
	);
}
