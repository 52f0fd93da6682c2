/** One release of n8n, and the packages of its engine: `npm view n8n@<version> dependencies`. */
export interface Release {
	n8n: string;
	packages: EnginePackages;
	/** What this engine is known to do in another way; empty where it does all that the tests say. */
	differences: KnownDifference[];
	/** Set where npm has no such engine: `packages` are those of an older one, changed by `emulatedN8n3.ts`. */
	emulated?: true;
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

/** These tests, told apart by how their names begin, and what the engine does instead. */
const differs = (reason: string, ...tests: string[]): KnownDifference[] =>
	tests.map((testsBeginWith) => ({ testsBeginWith, reason }));

const MISSING_PARAMETER_UNNAMED = differs(
	'n8n refuses to start a workflow with an empty User ID too, but does not name the field',
	'a User ID left empty in the editor is named',
);
const NULL_IS_AN_ERROR = differs(
	'Retry On Fail also runs a node again whose first item has null or false for an error, which no item of these nodes has',
	'Retry On Fail does not come back for an error of',
);
const CALLS_LAST_FIRST = differs(
	'when an AI Agent calls the tool several times in one turn, the last call runs first',
	'an AI agent that asksTheEngine contacts a user again',
);
const NO_SCHEDULER = [
	...differs(
		'n8n keeps what the trigger remembers with the workflow only, not in a cursor of its own; with the workflow, it is tested',
		'with the memory kept as durableCursor',
	),
	...differs(
		'n8n has no durable scheduler; with its other one, the same is tested',
		'with the memory kept as scheduler',
	),
	...differs(
		'n8n does not say how long a poll may take, and waits for it',
		'a poll ends in the time that n8n allows',
		'a Desk that answers nothing in that time',
	),
];
const RESET_IN_HANDSHAKE = differs(
	'n8n drops the error of the connection, so a reset before TLS came about is reported as unconfirmed, not as failed',
	'a reset in the middle of the handshake',
);
const CONNECT_ANSWERS = differs(
	'what a proxy answers looks like an answer of Tencent: 5xx is reported as unconfirmed, and advice does not name the proxy',
	'a proxy that answers CONNECT with',
);

/** Of n8n 1.123.81 to 2.20.0. */
const SINCE_ENGINES_RUN_TOOLS = [
	...[MISSING_PARAMETER_UNNAMED, CALLS_LAST_FIRST, RESET_IN_HANDSHAKE],
	...[CONNECT_ANSWERS, NO_SCHEDULER, NULL_IS_AN_ERROR],
].flat();

/** Of n8n 1.85.3. */
const BEFORE_ENGINES_RUN_TOOLS = [
	...[MISSING_PARAMETER_UNNAMED, CONNECT_ANSWERS, NO_SCHEDULER, NULL_IS_AN_ERROR].flat(),
	...differs(
		'n8n asks proxies for the whole request instead of a tunnel (CONNECT)',
		'a proxy that closes the connection is named',
		'behind a proxy that lets the connection through HTTP status',
	),
	...differs(
		'once the first item of a run carries an error, n8n goes on with all tries and hands on what the first one gave',
		...[2, 5].map((tries) => `over Retry On Fail (${tries} tries), with On Error = continue`),
	),
	...differs(
		'AI Agents of its time call tools themselves and cannot ask the engine to run them',
		'an AI agent that asksTheEngine',
		'an agent that asksTheEngine',
		'of a model that asksTheEngine',
		'a number as User ID is sent as text',
		'a group of ',
		'fields that the model leaves out are empty',
	),
	...differs(
		'n8n knows no parameters that only tools have, so the model reads the description of the node, with resource and operation',
		'the model is told what',
	),
	...differs(
		'n8n knows no parameters that tools lack, so a tool has all options of the node, and they count',
		'of a model that callsTheTool an option that a tool does not offer cannot be wrong',
	),
];

/** The engine that all other tests run on, as package.json has it. */
const NEWEST: EnginePackages = { 'n8n-core': '2.41.1', 'n8n-workflow': '2.41.0' };

const pinned = (n8n: string, core: string, workflow: string, differences: KnownDifference[]) => ({
	n8n,
	packages: { 'n8n-core': core, 'n8n-workflow': workflow },
	differences,
});

/** From the oldest n8n that the node works with to the one that all other tests run on, and the next one. */
export const RELEASES: Release[] = [
	pinned('1.85.3', '1.84.0', '1.83.0', BEFORE_ENGINES_RUN_TOOLS),
	pinned('1.123.81', '1.122.48', '1.120.31', SINCE_ENGINES_RUN_TOOLS),
	pinned('2.0.0', '2.0.0', '2.0.0', SINCE_ENGINES_RUN_TOOLS),
	pinned('2.20.0', '2.20.0', '2.20.0', SINCE_ENGINES_RUN_TOOLS),
	{ n8n: '2.41.1', packages: NEWEST, differences: [] },
	// As far as its changes are known; once npm has its engine, the run takes that.
	{
		n8n: '3.0.0',
		packages: NEWEST,
		emulated: true,
		differences: differs(
			'Always Output Data adds an item only when nothing leaves by any output',
			'Always Output Data up to n8n 2',
		),
	},
];
