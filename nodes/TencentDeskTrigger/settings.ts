/** What the builder chose, read once a poll. */
export interface Settings {
	filters: Filters;
	/** Seconds that a record may appear after its own time. */
	lookBackS: number;
	/** Seconds that a record waits for a rating. */
	holdBackS: number;
	/** Milliseconds for one answer. */
	timeoutMs: number;
}

/** Empty, null and false let every record pass. */
export interface Filters {
	userId: string;
	agent: string;
	agentGroup: number | null;
	onlyRated: boolean;
}
