import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_SETTINGS } from '../shared/delivery/run';

/**
 * Ranges and defaults. The editor repeats the defaults as literals, since n8n's lint rules want them; a test
 * compares the two.
 */
export const OPTION_RANGES = {
	concurrency: { min: 1, max: 200, default: DEFAULT_SETTINGS.concurrency },
	requestsPerSecond: { min: 0, max: 10_000, default: DEFAULT_SETTINGS.requestsPerSecond },
	maxRetries: { min: 0, max: 10, default: DEFAULT_SETTINGS.maxRetries },
	/** The server itself gives up after 3 s, so less than 1 s makes no sense. n8n's own limit is 300 s. */
	timeout: { min: 1000, max: 300_000, default: DEFAULT_SETTINGS.timeoutMs },
} as const;

/** As the editor shows them, from top to bottom; a test compares the two. */
export const OPTION_LABELS = {
	concurrency: 'Concurrent Requests',
	includeInputFields: 'Include Input Fields',
	includeSession: 'Include Session Details',
	fieldNames: 'Request Field Names',
	requestsPerSecond: 'Requests per Second',
	maxRetries: 'Retries',
	simulateOnly: 'Simulate Only',
	stopWhenNothingCanBeSent: 'Stop When Nothing Can Be Sent',
	timeout: 'Timeout',
} as const;

/** For options of no use to a tool, which is run for one user at a time, and whose answer a model reads. */
const NOT_FOR_TOOLS: INodeProperties['displayOptions'] = { hide: { '@tool': [true] } };

export const OPTIONS: INodeProperties[] = [
	{
		displayName: 'Concurrent Requests',
		name: 'concurrency',
		type: 'number',
		default: 200,
		displayOptions: NOT_FOR_TOOLS,
		typeOptions: {
			minValue: OPTION_RANGES.concurrency.min,
			maxValue: OPTION_RANGES.concurrency.max,
		},
		description:
			'The number of requests that may wait for an answer at the same time, 1 to 200. Requests per Second sets the pace; this is only an upper limit. If empty: 200.',
	},
	{
		displayName: 'Include Input Fields',
		name: 'includeInputFields',
		type: 'boolean',
		default: true,
		displayOptions: NOT_FOR_TOOLS,
		description:
			'Whether to keep the fields and files of the input item in the output. This is the default. Where names are the same, the fields of this node win.',
	},
	{
		displayName: 'Include Session Details',
		name: 'includeSession',
		type: 'boolean',
		default: false,
		description:
			'Whether to look up the session of the user after a contact, and add it to the output as session. It takes one more request for each contacted user.',
	},
	{
		displayName: 'Request Field Names',
		name: 'fieldNames',
		type: 'options',
		default: 'both',
		options: [
			{ name: 'Both Spellings', value: 'both' },
			{ name: 'IMAgentUserID and ClientUserID', value: 'sample' },
			{ name: 'IMAgentUserId and ClientUserId', value: 'table' },
		],
		description:
			"Leave this at Both Spellings. Tencent's page spells two fields of the request in two ways, and the node sends both. Choose one of them only if Desk answers 141004 although account, user, group and agent are right.",
	},
	{
		displayName: 'Requests per Second',
		name: 'requestsPerSecond',
		type: 'number',
		default: 190,
		displayOptions: NOT_FOR_TOOLS,
		typeOptions: {
			minValue: OPTION_RANGES.requestsPerSecond.min,
			maxValue: OPTION_RANGES.requestsPerSecond.max,
		},
		description:
			'The number of requests that may start per second, including retries. Tencent allows 200 for most commands of one application. If empty: 190. If 0: no limit.',
	},
	{
		displayName: 'Retries',
		name: 'maxRetries',
		type: 'number',
		default: 3,
		typeOptions: { minValue: OPTION_RANGES.maxRetries.min, maxValue: OPTION_RANGES.maxRetries.max },
		description:
			'The number of retries for a user after a failure that surely made no contact, such as a rate limit. The node contacts nobody twice. If empty: 3. If 0: no retries.',
	},
	{
		displayName: 'Simulate Only',
		name: 'simulateOnly',
		type: 'boolean',
		default: false,
		description:
			'Whether to contact nobody, so that you can try the workflow safely. The node reads and checks each item, and reports the Simulated Outcome. Desk only checks the credential.',
	},
	{
		displayName: 'Simulated Outcome',
		name: 'simulatedOutcome',
		type: 'options',
		default: 'contacted',
		options: [
			{ name: 'Agent Unavailable', value: 'agentUnavailable' },
			{ name: 'Configuration Error', value: 'configurationError' },
			{ name: 'Contacted', value: 'contacted' },
			{ name: 'Failed', value: 'failed' },
			{ name: 'Unconfirmed', value: 'unconfirmed' },
			{ name: 'User Unavailable', value: 'userUnavailable' },
		],
		description:
			'The outcome of each item while Simulate Only is on. Use an expression to take it from a field of the item.',
	},
	{
		displayName: 'Single Output',
		name: 'singleOutput',
		type: 'boolean',
		default: false,
		noDataExpression: true,
		displayOptions: NOT_FOR_TOOLS,
		description:
			'Whether all items leave by one output. Their field outcome says what happened. Turn it on before you connect the outputs, since n8n removes the connections of outputs that vanish. Use it where the workflow ends with this node. There, n8n returns only the first output to a sub-workflow, a tool or a webhook.',
	},
	{
		displayName: 'Stop When Nothing Can Be Sent',
		name: 'stopWhenNothingCanBeSent',
		type: 'boolean',
		default: false,
		displayOptions: NOT_FOR_TOOLS,
		description:
			'Whether items follow On Error when the fault lies with the credential or the whole application, such as a wrong key. Otherwise they leave by Config Error, and the execution counts as successful.',
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		default: 10000,
		typeOptions: { minValue: OPTION_RANGES.timeout.min, maxValue: OPTION_RANGES.timeout.max },
		description:
			'The time to wait for an answer, in milliseconds. Desk itself may need 3000. After a timeout, the node looks up the session to find out what happened. If empty: 10000.',
	},
];
