import type { INodeProperties } from 'n8n-workflow';

import { isRecord } from '../../shared/desk/reply';
import { isWith, type SessionRecord } from '../../shared/desk/session';
import { readAgent, readAgentGroup, readSwitch, type Reading } from '../../shared/n8n/text';
import { AGENT, AGENT_GROUP, chosenIn } from '../../shared/n8n/locators';
import { NO_RESULT, readLimit, type Field } from './field';

/** What a session record must be like. Empty, null and false let every record pass. */
export interface RecordFilters {
	agent: string;
	agentGroup: number | null;
	onlyRated: boolean;
	/** 1 to 5. */
	lowestRating: number | null;
	highestRating: number | null;
}

const NONE: RecordFilters = {
	agent: '',
	agentGroup: null,
	onlyRated: false,
	lowestRating: null,
	highestRating: null,
};

const HIGHEST = 5;

const RATING: INodeProperties = {
	displayName: 'Rating',
	name: 'rating',
	type: 'number',
	default: 1,
	typeOptions: { minValue: 1, maxValue: HIGHEST },
};

export const filters: Field<RecordFilters> = {
	property: {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		description:
			'Only sessions that pass all of these filters. Desk does not filter, so the node reads all sessions of the time range.',
		options: [
			{ ...AGENT, description: 'Only sessions whose last agent is this one' },
			{ ...AGENT_GROUP, description: 'Only sessions of this group (skill group)' },
			{
				...RATING,
				displayName: 'Highest Rating',
				name: 'highestRating',
				default: HIGHEST,
				description: 'Only sessions with this rating or a lower one, 1 to 5. Must not be empty.',
			},
			{
				...RATING,
				displayName: 'Lowest Rating',
				name: 'lowestRating',
				description: 'Only sessions with this rating or a higher one, 1 to 5. Must not be empty.',
			},
			{
				displayName: 'Only Rated',
				name: 'onlyRated',
				type: 'boolean',
				default: false,
				description: 'Whether to list only sessions that the user has rated',
			},
		],
	},
	hidden: NONE,
	read: readFilters,
	advice: 'Correct the filter, or remove it.',
};

const READERS: {
	[Name in keyof RecordFilters]: [
		label: string,
		read: (value: unknown) => Reading<RecordFilters[Name]>,
	];
} = {
	agent: ['Agent', readAgent],
	agentGroup: ['Agent Group', readAgentGroup],
	onlyRated: ['Only Rated', readSwitch],
	lowestRating: ['Lowest Rating', readRating],
	highestRating: ['Highest Rating', readRating],
};

/** What is broken is refused: left out, a filter would let every session pass. */
export function readFilters(value: unknown): Reading<RecordFilters> {
	const chosen = isRecord(value) ? value : {};
	const read: Record<string, unknown> = { ...NONE };
	for (const [name, [label, readOne]] of Object.entries(READERS)) {
		if (!(name in chosen)) continue;
		const one = chosenIn(chosen[name]);
		// A filter that was added has a value, unless an expression has none.
		const reading = one === undefined || one === null ? NO_RESULT : readOne(one);
		if ('fault' in reading) return { ...reading, fault: `> ${label} ${reading.fault}` };
		read[name] = reading.value;
	}
	const filters = read as unknown as RecordFilters;
	return (filters.lowestRating ?? 1) <= (filters.highestRating ?? HIGHEST)
		? { value: filters }
		: { fault: '> Lowest Rating is higher than Highest Rating' };
}

export function passes(record: SessionRecord, filters: RecordFilters): boolean {
	const { onlyRated, lowestRating, highestRating } = filters;
	const { rating } = record;
	const isRatingAsked = onlyRated || lowestRating !== null || highestRating !== null;
	return (
		isWith(record, filters) &&
		(rating === null
			? !isRatingAsked
			: rating >= (lowestRating ?? 1) && rating <= (highestRating ?? HIGHEST))
	);
}

function readRating(value: unknown): Reading<number> {
	const rating = readLimit(value, 0);
	const isRating = 'value' in rating && rating.value >= 1 && rating.value <= HIGHEST;
	return isRating ? rating : { fault: `must be a whole number, 1 to ${HIGHEST}` };
}
