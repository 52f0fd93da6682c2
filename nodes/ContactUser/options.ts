import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Problem } from '../../credentials/deskAccount';
import type { RunSettings } from '../shared/delivery/run';
import { cutText } from '../shared/desk/values';
import { quoted, numberIn, switchOf } from '../shared/n8n/text';
import { outputModeOf } from '../shared/n8n/runItems';
import { readCollection, type ParameterReading } from '../shared/n8n/parameters';

/** For options of no use to a tool, which is run for one user at a time, and whose answer a model reads. */
const NOT_FOR_TOOLS: INodeProperties['displayOptions'] = { hide: { '@tool': [true] } };

/** What reads the options takes their labels, defaults and ranges from here. */
export const RUN_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Concurrent Requests',
		name: 'concurrency',
		type: 'number',
		default: 200,
		displayOptions: NOT_FOR_TOOLS,
		typeOptions: { minValue: 1, maxValue: 200 },
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
		typeOptions: { minValue: 0, maxValue: 10_000 },
		description:
			'The number of requests that may start per second, including retries. Tencent allows 200 for most commands of one application. If empty: 190. If 0: no limit.',
	},
	{
		displayName: 'Retries',
		name: 'maxRetries',
		type: 'number',
		default: 3,
		typeOptions: { minValue: 0, maxValue: 10 },
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
		// Desk itself gives up after 3 s, so less than 1 s makes no sense. n8n's own limit is 300 s.
		typeOptions: { minValue: 1000, maxValue: 300_000 },
		description:
			'The time to wait for an answer, in milliseconds. Desk itself may need 3000. After a timeout, the node looks up the session to find out what happened. If empty: 10000.',
	},
];

/** Which spelling of two keys the request uses; the vendor's page has one in its sample, the other in its table. */
export type FieldNames = 'both' | 'sample' | 'table';

/** The options of a run, brought into range. */
export interface RunOptions extends RunSettings {
	includeInputFields: boolean;
	includeSession: boolean;
	fieldNames: FieldNames;
	/** Nobody is contacted. */
	simulateOnly: boolean;
	/** What concerns the whole application follows On Error. */
	stopWhenNothingCanBeSent: boolean;
}

/** `problem`: what is wrong with the first option that could not be read; its default stands in `options`. */
export interface OptionsReading {
	options: RunOptions;
	problem?: Problem;
}

/** One request in ten seconds. */
const SLOWEST_PACE = 0.1;

/**
 * The options are the run's: read once, with the first item. What cannot be read is a problem of every item. A tool
 * keeps no input fields: they are what n8n hands to the agent, not an answer.
 */
export function readRunOptions(context: IExecuteFunctions): OptionsReading {
	const { options, problem } = readOptions(readCollection(context, 'options', 0));
	const includeInputFields = options.includeInputFields && outputModeOf(context) !== 'tool';
	return { options: { ...options, includeInputFields }, problem };
}

/**
 * Reads the options. What is empty counts as not given, numbers are brought into range, and `"true"`, `"false"`, 1 and
 * 0 count as booleans, as expressions often give them. Anything else odd is told, rather than replaced in silence.
 */
export function readOptions(given: Partial<Record<string, ParameterReading>>): OptionsReading {
	const problems: Problem[] = [];
	/** Of the type that the option has in the editor. */
	const read = (name: string): unknown => {
		const option = RUN_OPTIONS.find((one) => one.name === name) as INodeProperties;
		const reading = given[name] ?? { value: undefined };
		if ('unreadable' in reading) {
			problems.push(failingExpression(option.displayName, reading.unreadable));
			return option.default;
		}
		if (isEmpty(reading.value)) return option.default;
		const value = valueOf(option, reading.value);
		if (value === undefined) problems.push(notOfKind(option, reading.value));
		return value ?? option.default;
	};
	const number = (name: string) => read(name) as number;
	const isOn = (name: string) => read(name) as boolean;
	const options: RunOptions = {
		concurrency: Math.floor(number('concurrency')),
		includeInputFields: isOn('includeInputFields'),
		includeSession: isOn('includeSession'),
		fieldNames: read('fieldNames') as FieldNames,
		simulateOnly: isOn('simulateOnly'),
		stopWhenNothingCanBeSent: isOn('stopWhenNothingCanBeSent'),
		requestsPerSecond: number('requestsPerSecond'),
		maxRetries: Math.floor(number('maxRetries')),
		timeoutMs: number('timeout'),
	};
	return { options, problem: problems[0] };
}

/** What may be entered, as it stands in a sentence. */
const WANTED: Partial<Record<INodeProperties['type'], string>> = {
	number: 'a number',
	boolean: 'true or false',
	options: 'both, sample or table',
};

/** What an option holds; undefined when it is nothing of its kind. */
function valueOf({ name, type, typeOptions, options, ...option }: INodeProperties, value: unknown) {
	if (type === 'boolean') return switchOf(value);
	if (type === 'options')
		return options?.find((one) => 'value' in one && one.value === value) && value;
	const { minValue = 0, maxValue = Infinity } = typeOptions ?? {};
	const number = numberIn(value, { min: minValue, max: maxValue });
	if (name !== 'requestsPerSecond' || number === undefined) return number;
	// 0 means no pace, so the nearest allowed value of a negative number would be the fastest one.
	if (Number(value) < 0) return option.default;
	return number === 0 ? number : Math.max(number, SLOWEST_PACE);
}

function failingExpression(label: string, reason: string): Problem {
	return {
		message: `The option ${label} could not be read (${cutText(reason, 200)}), so nothing was sent.`,
		advice: `Correct the expression of ${label}: options are read once, for the first item.`,
	};
}

function notOfKind({ displayName, type }: INodeProperties, value: unknown): Problem {
	const wanted = WANTED[type];
	return {
		message: `The option ${displayName} is ${quoted(value)}, but must be ${wanted}, so nothing was sent.`,
		advice: `Enter ${wanted} in ${displayName}, or remove this option.`,
	};
}

function isEmpty(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}
