import { recordsOf } from '../../shared/desk/values';
import { readSessionRecord, rowKey } from '../../shared/desk/session';
import { codesOf } from '../../shared/asking/codes';
import { optionalUserId } from '../fields/sessions';
import { from, limit, returnAll, to, type Moment } from '../fields/lists';
import { defineOperation, type Scene } from './operation';

const A_DAY_MS = 24 * 60 * 60 * 1000;

/** describe_im_cdr_list, https://www.tencentcloud.com/document/product/1229/68823; its times are seconds. */
export const getSessions = defineOperation({
	resource: 'session',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get many sessions',
	description: 'List the records of sessions that took place in a time: agent, duration, rating',
	toolDescription:
		'Lists the records of sessions with customer service in a time: user, agent, duration in seconds, how it ended, rating. A session appears here when Desk has written its record, which may be later than its end.',
	fields: { from, to, userId: optionalUserId, returnAll, limit },
	codes: codesOf({}),
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
		body(values, scene) {
			const { start, end } = timeOf(values, scene);
			return {
				StartTimestamp: Math.floor(start / 1000),
				EndTimestamp: Math.floor(end / 1000),
				...(values.userId === '' ? {} : { ClientUserId: values.userId }),
			};
		},
		pages: 'offset',
		rows: ({ IMCdrList }) => recordsOf(IMCdrList),
		key: (record) => rowKey(readSessionRecord(record)),
		row: (record) => ({ ...readSessionRecord(record) }),
		words: ['session', 'sessions'],
	},
});

function timeOf(values: { from: Moment | null; to: Moment | null }, scene: Scene) {
	const end = values.to === null ? scene.nowMs : scene.unixMs(values.to);
	const start = values.from === null ? end - A_DAY_MS : scene.unixMs(values.from);
	return { start, end };
}
