import { z } from 'zod';
import { readFields, refuse, succeed } from '../answers';
import { bySessionId } from '../sessions';
import type { Command } from './command';

/** Spelled with a capital ID here, and nowhere else. */
const schema = z.object({ SessionID: z.string().min(1) }).strict();

/** end_queuing, 269/125900: "ends a session that waits in the queue". That its record says the user ended it is ours. */
export const endQueuing: Command = (body, { world, sessions }) => {
	const read = readFields(schema, body);
	if ('refusal' in read) return read.refusal;
	const session = bySessionId(world, read.fields.SessionID);
	if (session === undefined || session.state === 'NotInSession') return refuse(141005);
	if (session.state !== 'Queueing') return refuse(141027);
	sessions.end(session, 'user');
	return succeed();
};
