import { z } from 'zod';
import { readFields, refuse, succeed } from '../answers';
import type { Dialect } from '../dialect';
import type { SessionRecord } from '../records';
import type { Command } from './command';
import { total, windowFields, windowOf } from './paging';

const seconds = z.number().int().min(0);

const schema = z.object({
	StartTimestamp: seconds,
	EndTimestamp: seconds,
	ClientUserId: z.string().optional(),
	...windowFields,
});

const sorted = (records: SessionRecord[], { recordOrder }: Dialect): SessionRecord[] => {
	const sign = recordOrder === 'newestFirst' ? -1 : 1;
	return [...records].sort((one, other) => sign * (one.Timestamp - other.Timestamp));
};

const shown = ({ SatisfactionSelected, ...record }: SessionRecord, { unrated }: Dialect) => {
	if (SatisfactionSelected === null && unrated === 'absent') return record;
	return { ...record, SatisfactionSelected: SatisfactionSelected ?? 0 };
};

/** describe_im_cdr_list, 1229/68823: records of a time, both its ends included. An empty ClientUserId means "any user". */
export const describeSessionRecords: Command = (body, { world }) => {
	const read = readFields(schema, body);
	if ('refusal' in read) return read.refusal;
	const { StartTimestamp, EndTimestamp, ClientUserId, ...window } = read.fields;
	if (StartTimestamp > EndTimestamp) return refuse(141004, 'StartTimestamp is after EndTimestamp');
	const { dialect } = world;
	const wanted = world.records.filter(
		(record) =>
			record.Timestamp >= StartTimestamp &&
			record.Timestamp <= EndTimestamp &&
			(!ClientUserId || record.ClientUserId === ClientUserId),
	);
	return succeed({
		...total('TotalCount', wanted.length, dialect),
		IMCdrList: windowOf(sorted(wanted, dialect), window, dialect).map((record) =>
			shown(record, dialect),
		),
	});
};
