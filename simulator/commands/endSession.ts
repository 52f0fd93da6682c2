import { z } from 'zod';
import { readFields, refuse, succeed } from '../answers';
import { bySessionId } from '../sessions';
import type { Command } from './command';

const schema = z.object({ SessionId: z.string().min(1) });

/** end_session, 1229/68948: only sessions that are with a live agent. The record says as if the agent had ended it. */
export const endSession: Command = (body, { world, sessions }) => {
	const read = readFields(schema, body);
	if ('refusal' in read) return read.refusal;
	const session = bySessionId(world, read.fields.SessionId);
	if (session?.state !== 'Agent') return refuse(141005);
	sessions.end(session, 'agent');
	return succeed();
};
