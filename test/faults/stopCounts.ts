export interface Counts {
	contacted: number;
	items: number;
	notContacted: number;
	unconfirmed: number;
	notTried: number;
}

/** The counts in the error that ends a run under On Error = Stop Workflow. */
export function countsOf(error: unknown): Counts | undefined {
	const { message, description } = { message: '', description: '', ...(error as object) };
	const count = (pattern: RegExp) => pattern.exec(description)?.[1];
	const items = / of (\d+)\]$/.exec(message)?.[1];
	const contacted = count(/Contacted: (nobody|\d+)/)?.replace('nobody', '0');
	const notContacted = count(/Not contacted: (\d+)/);
	const notTried = count(/Not tried: (\d+)/);
	if ([items, contacted, notContacted, notTried].includes(undefined)) return undefined;
	return {
		contacted: Number(contacted),
		items: Number(items),
		notContacted: Number(notContacted),
		unconfirmed: Number(count(/Unclear, perhaps contacted: (\d+)/) ?? 0),
		notTried: Number(notTried),
	};
}
