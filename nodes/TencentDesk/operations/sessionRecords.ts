import type { IDataObject } from 'n8n-workflow';

import { recordsOf } from '../../shared/desk/values';
import { readSessionRecord, rowKey } from '../../shared/desk/session';
import { describeCode } from '../../shared/desk/codes';
import { optionalUserId } from '../fields/sessions';
import { limit, returnAll } from '../fields/lists';
import { filters, passes } from '../fields/recordFilters';
import { from, HOW_TIMES_ARE_READ, isoInZone, to } from '../fields/time';
import { defineOperation, type Scene } from './operation';

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
	codes: describeCode,
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
		body: ({ userId }) => (userId === '' ? {} : { ClientUserId: userId }),
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
