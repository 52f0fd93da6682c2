import { toCronExpression, type INodeProperties, type TriggerTime } from 'n8n-workflow';

import { LONGEST_USER_ID, type Problem } from '../../credentials/deskAccount';
import { DEFAULT_TIMEOUT_MS } from '../shared/desk/callDesk';
import { isRecord } from '../shared/desk/values';
import { AGENT, AGENT_GROUP } from '../shared/n8n/locators';
import {
	numberIn,
	readFilters,
	readName,
	SESSION_FILTERS,
	type FilterReaders,
} from '../shared/n8n/text';
import { HOUR_S } from './memory';

/** Least and most of the number options, and what they are when not set. Hours and minutes, as the builder sees them. */
export const OPTION_RANGES = {
	lookBack: { min: 1, max: 72, default: 24 },
	holdBack: { min: 0, max: 4320, default: 10 },
	timeout: { min: 1000, max: 300_000, default: DEFAULT_TIMEOUT_MS },
};
type NumberOption = keyof typeof OPTION_RANGES;

function numberOption(
	name: NumberOption,
	displayName: string,
	description: string,
): INodeProperties {
	const { min, max, default: byDefault } = OPTION_RANGES[name];
	const typeOptions = { minValue: min, maxValue: max };
	return { displayName, name, type: 'number', default: byDefault, typeOptions, description };
}

const FILTERS: INodeProperties[] = [
	{ ...AGENT, description: 'Only sessions whose last agent is this one' },
	{ ...AGENT_GROUP, description: 'Only sessions of this group (skill group)' },
	{
		displayName: 'Only Rated',
		name: 'onlyRated',
		type: 'boolean',
		default: false,
		description:
			'Whether to wait until the user has rated the session. Once an hour, the trigger looks for ratings of older sessions. It does not see a rating that comes later than Look Back.',
	},
	{
		displayName: 'User ID',
		name: 'userId',
		type: 'string',
		default: '',
		placeholder: 'e.g. customer-1',
		description: 'Only sessions of this user, by UserID. If empty: sessions of all users.',
	},
];

const OPTIONS: INodeProperties[] = [
	numberOption(
		'holdBack',
		'Hold Back (Minutes)',
		'How many minutes after its end a session waits for a rating. It starts the workflow once: when it is rated, or when the time is over. If empty: 10. If 0: it does not wait.',
	),
	numberOption(
		'lookBack',
		'Look Back (Hours)',
		'How many hours back the trigger looks for sessions that Desk lists late. Raise it if your sessions last longer: Desk may list a session with the time of its start. If empty: 24.',
	),
	{
		displayName: 'Sessions Ended While Off',
		name: 'endedWhileOff',
		type: 'options',
		default: 'give',
		options: [
			{
				name: 'Start the Workflow',
				value: 'give',
				description: 'All sessions of the last 30 days, the oldest first',
			},
			{ name: 'Skip', value: 'skip', description: 'Only sessions that end from now on' },
		],
		description:
			'What to do with sessions that ended while the workflow or n8n was off. It counts as off when a poll comes later than Poll Times says.',
	},
	numberOption(
		'timeout',
		'Timeout',
		'The time to wait for an answer before the trigger asks again, in milliseconds. If empty: 10000.',
	),
];

/** What the builder sees, from top to bottom. Names are stored in workflows and never change. */
export const TRIGGER_PROPERTIES: INodeProperties[] = [
	{
		displayName: 'Event',
		name: 'event',
		type: 'options',
		noDataExpression: true,
		default: 'sessionEnded',
		options: [
			{
				name: 'Session Ended',
				value: 'sessionEnded',
				description: 'A conversation is over and Desk lists it in its session records',
			},
		],
	},
	{
		displayName:
			'Users rate a session after its end. By default, a session starts the workflow when it is rated, or 10 minutes after its end. Change the time with Hold Back under Options.',
		name: 'ratingNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { event: ['sessionEnded'] } },
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: FILTERS,
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: OPTIONS,
	},
];

/** What the builder chose, read once a poll. */
export interface Settings {
	filters: Filters;
	/** Seconds that a record may appear after its own time. */
	lookBackS: number;
	/** Seconds that a record waits for a rating. */
	holdBackS: number;
	endedWhileOff: 'give' | 'skip';
	/** The longest time between two polls while the workflow is on. */
	longestGapS: number;
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

/** Parameters as n8n gives them: anything, since expressions may give anything. */
export interface Parameters {
	filters?: unknown;
	options?: unknown;
	pollTimes?: unknown;
	/** All of the node as they are stored, where one sees which values are expressions. */
	stored?: Record<string, unknown>;
}

/** Reads the parameters. Numbers out of range are brought into range. */
export function readSettings(
	parameters: Parameters,
): { settings: Settings } | { problem: Problem } {
	const chosen = readFilters(READERS, parameters.filters, parameters.stored?.filters, EMPTIED);
	if ('fault' in chosen) {
		const { label, fault, advice = 'Correct its value, or remove the filter.' } = chosen;
		return { problem: { message: `The filter ${label} ${fault}.`, advice } };
	}
	const options = recordOf(parameters.options);
	const wrong = (Object.keys(OPTION_RANGES) as NumberOption[]).find(
		(name) => readNumber(options, name) === undefined,
	);
	if (wrong !== undefined) {
		return {
			problem: {
				message: `The option ${SHOWN_AS[wrong]} is not a number.`,
				advice: 'Enter a number, or remove the option.',
			},
		};
	}
	const { endedWhileOff = 'give' } = options;
	if (endedWhileOff !== 'give' && endedWhileOff !== 'skip') {
		return {
			problem: {
				message: 'The option Sessions Ended While Off is neither "give" nor "skip".',
				advice: 'Choose one of them, or remove the option.',
			},
		};
	}
	const inRange = (name: NumberOption) => readNumber(options, name) as number;
	return {
		settings: {
			filters: { ...NONE, ...chosen.filters },
			lookBackS: inRange('lookBack') * HOUR_S,
			holdBackS: inRange('holdBack') * 60,
			endedWhileOff,
			longestGapS: longestGapOf(parameters.pollTimes),
			timeoutMs: inRange('timeout'),
		},
	};
}

const recordOf = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});

const DAY_S = 24 * HOUR_S;

/** The longest time that may pass between two polls, by the coarsest field that each Poll Time fixes; in seconds. */
function longestGapOf(pollTimes: unknown): number {
	const { item } = recordOf(pollTimes);
	const gaps = (Array.isArray(item) ? item : []).map((time) => {
		const fields = toCronExpression(time as TriggerTime)
			.split(/\s+/)
			.slice(-5);
		const [minute, hour, dayOfMonth, month, weekday] = fields.map((field) => field !== '*');
		if (dayOfMonth || month) return 31 * DAY_S;
		if (weekday) return 7 * DAY_S;
		if (hour) return DAY_S;
		return minute ? HOUR_S : 60;
	});
	return Math.min(...gaps, 31 * DAY_S);
}

const SHOWN_AS: Record<NumberOption, string> = {
	lookBack: 'Look Back',
	holdBack: 'Hold Back',
	timeout: 'Timeout',
};

const NONE: Filters = { userId: '', agent: '', agentGroup: null, onlyRated: false };

const READERS: FilterReaders<Filters> = {
	userId: ['User ID', (value) => readName(value, LONGEST_USER_ID)],
	...SESSION_FILTERS,
};

const EMPTIED = {
	fault: 'has an expression that returns nothing',
	advice: 'Correct the expression, or remove the filter to get every session.',
};

function readNumber(options: Record<string, unknown>, name: NumberOption): number | undefined {
	const range = OPTION_RANGES[name];
	const value = options[name] ?? '';
	return numberIn(value === '' ? range.default : value, range);
}
