/** One release of n8n, and the packages of its engine: `npm view n8n@<version> dependencies`. */
export interface Release {
	n8n: string;
	packages: EnginePackages;
	/** What this engine is known to do in another way; empty where it does all that the tests say. */
	differences: KnownDifference[];
}

export interface EnginePackages {
	'n8n-core': string;
	'n8n-workflow': string;
}

/** Tests that this engine cannot pass, whatever the node does. */
export interface KnownDifference {
	/** How the full names of these tests begin. All of them must fail, else the entry is out of date. */
	testsBeginWith: string;
	/** What the engine does, in a sentence for builders. */
	reason: string;
}

/** From the oldest n8n that the node works with to the one that all other tests run on. */
export const RELEASES: Release[] = [
	{
		n8n: '2.41.1',
		packages: { 'n8n-core': '2.41.1', 'n8n-workflow': '2.41.0' },
		differences: [],
	},
];
