import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { LONGEST_USER_ID, USER_ID_FORM } from '../../../credentials/deskAccount';
import { recordsOf } from '../../shared/desk/values';
import { AGENT, AGENT_GROUP } from '../../shared/n8n/locators';
import { isWith, readSessionRecord, rowKey, type SessionRecord } from '../../shared/desk/session';
import {
	readFilters,
	readName,
	SESSION_FILTERS,
	type FilterReaders,
	type Reading,
} from '../../shared/n8n/text';
import { limit, returnAll } from '../fields/common';
import { NO_RESULT, readLimit, type Field } from '../fields/field';
import { from, HOW_TIMES_ARE_READ, isoInZone, to } from '../fields/time';
import { defineOperation, filled, type Scene } from './operation';

const optionalUserId: Field<string> = {
	property: {
		displayName: 'User ID',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.userId }}',
		description: 'Only sessions of this user. If empty: sessions of all users.',
	},
	isFilter: true,
	hidden: '',
	read: (value) => readName(value, LONGEST_USER_ID),
	advice: `Enter the UserID of a user of your Desk application: ${USER_ID_FORM}, or leave it empty.`,
};

/** What a session record must be like. Empty, null and false let every record pass. */
interface RecordFilters {
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

const filters: Field<RecordFilters> = {
	property: {
		displayName: 'Filters',
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
	read: (value, _timeZone, stored) => readRecordFilters(value, stored),
	advice: 'Correct the filter, or remove it.',
};

const READERS: FilterReaders<RecordFilters> = {
	...SESSION_FILTERS,
	lowestRating: ['Lowest Rating', readRating],
	highestRating: ['Highest Rating', readRating],
};

function readRecordFilters(value: unknown, stored: unknown): Reading<RecordFilters> {
	const reading = readFilters(READERS, value, stored, NO_RESULT);
	if ('fault' in reading) {
		const { label, fault, advice } = reading;
		return { fault: `> ${label} ${fault}`, advice };
	}
	const filters = { ...NONE, ...reading.filters };
	return (filters.lowestRating ?? 1) <= (filters.highestRating ?? HIGHEST)
		? { value: filters }
		: { fault: '> Lowest Rating is higher than Highest Rating' };
}

function passes(record: SessionRecord, filters: RecordFilters): boolean {
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

const A_DAY_S = 24 * 60 * 60;
/** No page limits the time of this command; that of a sibling has three months, of which the shortest have 89 days. */
const LONGEST_PART_S = 89 * A_DAY_S;

/** describe_im_cdr_list, https://www.tencentcloud.com/document/product/1229/68823; its times are seconds. */
export const getSessions = defineOperation({
	resource: 'session',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get many sessions',
	description:
		'List the records of sessions in a time range, the newest first: agent, duration, rating',
	toolDescription: `Lists the records of sessions with customer service in a time range, the newest first. A record has user, agent, duration in seconds, how the session ended, and rating. Without a start, the range begins 24 hours before the end. Without an end, it ends now. ${HOW_TIMES_ARE_READ} A date without a time is the whole day. A session appears here when Desk has written its record, which may be later than its end.`,
	fields: { from, to, userId: optionalUserId, filters, returnAll, limit },
	work: {
		kind: 'list',
		command: () => 'describe_im_cdr_list',
		problem(values, scene) {
			const { start, end } = timeOf(values, scene);
			return start <= end
				? undefined
				: {
						message: 'From is after To, so nothing was sent.',
						advice: 'Enter a start that is before the end.',
					};
		},
		body: ({ userId }) => filled({ ClientUserId: userId }),
		pages: 'offset',
		rows: ({ IMCdrList }) => recordsOf(IMCdrList),
		key: (record) => rowKey(readSessionRecord(record)),
		row: (record) => ({ ...readSessionRecord(record) }),
		words: ['session', 'sessions'],
		newestFirst: {
			parts: (values, scene) => partsOf(timeOf(values, scene), values.returnAll),
			time: ({ timestampSeconds }) => Number(timestampSeconds ?? 0),
			passes: (record, values) => passes(readSessionRecord(record), values.filters),
			where(values, scene) {
				const { start, end } = timeOf(values, scene);
				const [first, last] = [start, end].map((at) => isoInZone(at * 1000, scene.timeZone));
				return `from ${first} to ${last}`;
			},
		},
	},
});

/** Epoch seconds, both included. */
interface Time {
	start: number;
	end: number;
}

function timeOf(values: { from: number | null; to: number | null }, scene: Scene): Time {
	const end = Math.floor((values.to ?? scene.nowMs) / 1000);
	return { start: values.from === null ? end - A_DAY_S : Math.floor(values.from / 1000), end };
}

/** The newest part first; each is twice as long as the one before, unless all of them are asked for anyway. */
function partsOf({ start, end }: Time, areAllAsked: boolean): IDataObject[] {
	const parts: IDataObject[] = [];
	let length = areAllAsked ? LONGEST_PART_S : A_DAY_S;
	let to = end;
	while (to >= start) {
		const first = Math.max(start, to - length);
		parts.push({ StartTimestamp: first, EndTimestamp: to });
		to = first - 1;
		length = Math.min(2 * length, LONGEST_PART_S);
	}
	return parts;
}
