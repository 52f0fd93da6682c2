import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_TIMEOUT_MS } from '../shared/desk/callDesk';
import { AGENT, AGENT_GROUP } from '../shared/n8n/locators';

/** Least and most of the number options, and what they are when not set. Hours and minutes, as the builder sees them. */
export const OPTION_RANGES = {
	lookBack: { min: 1, max: 72, default: 24 },
	holdBack: { min: 0, max: 4320, default: 10 },
	timeout: { min: 1000, max: 300_000, default: DEFAULT_TIMEOUT_MS },
};

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
	{
		displayName: 'Hold Back (Minutes)',
		name: 'holdBack',
		type: 'number',
		default: 10,
		typeOptions: {
			minValue: OPTION_RANGES.holdBack.min,
			maxValue: OPTION_RANGES.holdBack.max,
		},
		description:
			'How many minutes after its end a session waits for a rating. It starts the workflow once: when it is rated, or when the time is over. If empty: 10. If 0: it does not wait.',
	},
	{
		displayName: 'Look Back (Hours)',
		name: 'lookBack',
		type: 'number',
		default: 24,
		typeOptions: {
			minValue: OPTION_RANGES.lookBack.min,
			maxValue: OPTION_RANGES.lookBack.max,
		},
		description:
			'How many hours back the trigger looks for sessions that Desk lists late. Raise it if your sessions last longer: Desk may list a session with the time of its start. If empty: 24.',
	},
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
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		default: 10000,
		typeOptions: { minValue: OPTION_RANGES.timeout.min, maxValue: OPTION_RANGES.timeout.max },
		description:
			'The time to wait for an answer before the trigger asks again, in milliseconds. If empty: 10000.',
	},
];

/** What the builder sees, from top to bottom. Names are stored in workflows and never change. */
export const PROPERTIES: INodeProperties[] = [
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
