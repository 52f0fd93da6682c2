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

const MISSING_PARAMETER_UNNAMED: KnownDifference = {
	testsBeginWith: 'a User ID left empty in the editor is named',
	reason: 'n8n refuses to start a workflow with an empty User ID too, but does not name the field',
};

const NULL_IS_AN_ERROR: KnownDifference = {
	testsBeginWith: 'Retry On Fail does not come back for an error of',
	reason:
		'Retry On Fail also runs a node again whose first item has null or false for an error, which no item of these nodes has',
};

const CALLS_LAST_FIRST: KnownDifference = {
	testsBeginWith: 'an AI agent that asksTheEngine contacts a user again',
	reason: 'when an AI Agent calls the tool several times in one turn, the last call runs first',
};

const NO_SCHEDULER: KnownDifference[] = [
	{
		testsBeginWith: 'with the memory kept as durableCursor',
		reason:
			'n8n keeps what the trigger remembers with the workflow only, not in a cursor of its own; with the workflow, it is tested',
	},
	{
		testsBeginWith: 'with the memory kept as scheduler',
		reason: 'n8n has no durable scheduler; with its other one, the same is tested',
	},
	...['a poll ends in the time that n8n allows', 'a Desk that answers nothing in that time'].map(
		(testsBeginWith) => ({
			testsBeginWith,
			reason: 'n8n does not say how long a poll may take, and waits for it',
		}),
	),
];

const RESET_IN_HANDSHAKE: KnownDifference = {
	testsBeginWith: 'a reset in the middle of the handshake',
	reason:
		'n8n drops the error of the connection, so a reset before TLS came about is reported as unconfirmed, not as failed',
};

const CONNECT_ANSWERS: KnownDifference = {
	testsBeginWith: 'a proxy that answers CONNECT with',
	reason:
		'what a proxy answers looks like an answer of Tencent: 5xx is reported as unconfirmed, and advice does not name the proxy',
};

/** Of n8n 1.123.81 to 2.20.0. */
const SINCE_ENGINES_RUN_TOOLS = [
	...[MISSING_PARAMETER_UNNAMED, CALLS_LAST_FIRST, RESET_IN_HANDSHAKE],
	...[CONNECT_ANSWERS, ...NO_SCHEDULER, NULL_IS_AN_ERROR],
];

/** The engine that all other tests run on, as package.json has it. */
const NEWEST: EnginePackages = { 'n8n-core': '2.41.1', 'n8n-workflow': '2.41.0' };

/** n8n 3.0 as far as its changes are known; once npm has its engine, the run takes that. */
const N8N_3: Release = {
	n8n: '3.0.0',
	packages: NEWEST,
	emulated: true,
	differences: [
		{
			testsBeginWith: 'Always Output Data up to n8n 2',
			reason: 'Always Output Data adds an item only when nothing leaves by any output',
		},
	],
};

/** From the oldest n8n that the node works with to the one that all other tests run on, and the next one. */
export const RELEASES: Release[] = [
	{
		n8n: '1.85.3',
		packages: { 'n8n-core': '1.84.0', 'n8n-workflow': '1.83.0' },
		differences: [
			MISSING_PARAMETER_UNNAMED,
			CONNECT_ANSWERS,
			...NO_SCHEDULER,
			NULL_IS_AN_ERROR,
			...[
				'a proxy that closes the connection is named',
				'behind a proxy that lets the connection through HTTP status',
			].map((testsBeginWith) => ({
				testsBeginWith,
				reason: 'n8n asks proxies for the whole request instead of a tunnel (CONNECT)',
			})),
			...[2, 5].map((tries) => ({
				testsBeginWith: `over Retry On Fail (${tries} tries), with On Error = continue`,
				reason:
					'once the first item of a run carries an error, n8n goes on with all tries and hands on what the first one gave',
			})),
			...[
				'an AI agent that asksTheEngine',
				'an agent that asksTheEngine',
				'of a model that asksTheEngine',
				'a number as User ID is sent as text',
				'a group of ',
				'fields that the model leaves out are empty',
			].map((testsBeginWith) => ({
				testsBeginWith,
				reason: 'AI Agents of its time call tools themselves and cannot ask the engine to run them',
			})),
			...[
				{
					testsBeginWith: 'the model is told what',
					reason:
						'n8n knows no parameters that only tools have, so the model reads the description of the node, with resource and operation',
				},
				{
					testsBeginWith:
						'of a model that callsTheTool an option that a tool does not offer cannot be wrong',
					reason:
						'n8n knows no parameters that tools lack, so a tool has all options of the node, and they count',
				},
			],
		],
	},
	{
		n8n: '1.123.81',
		packages: { 'n8n-core': '1.122.48', 'n8n-workflow': '1.120.31' },
		differences: SINCE_ENGINES_RUN_TOOLS,
	},
	{
		n8n: '2.0.0',
		packages: { 'n8n-core': '2.0.0', 'n8n-workflow': '2.0.0' },
		differences: SINCE_ENGINES_RUN_TOOLS,
	},
	{
		n8n: '2.20.0',
		packages: { 'n8n-core': '2.20.0', 'n8n-workflow': '2.20.0' },
		differences: SINCE_ENGINES_RUN_TOOLS,
	},
	{
		n8n: '2.41.1',
		packages: NEWEST,
		differences: [],
	},
	N8N_3,
];
