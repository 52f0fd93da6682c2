export interface Counts {
	contacted: number;
	items: number;
	notContacted: number;
	unconfirmed: number;
	notTried: number;
}

/** The counts in the description of the error that ends a run under On Error = Stop Workflow. */
export function countsOf(error: unknown): Counts | undefined {
	const description = String((error as { description?: unknown } | undefined)?.description);
	const [, contacted, items, notContacted, , unconfirmed, notTried] =
		/(\d+) of (\d+) users w(?:as|ere) contacted, (\d+) not contacted(, (\d+) unconfirmed)?, (\d+) not tried/.exec(
			description,
		) ?? [];
	if (contacted === undefined) return undefined;
	return {
		contacted: Number(contacted),
		items: Number(items),
		notContacted: Number(notContacted),
		unconfirmed: Number(unconfirmed ?? 0),
		notTried: Number(notTried),
	};
}
