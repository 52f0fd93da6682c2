import { z } from 'zod';
import { readFields, refuse, succeed } from '../answers';
import { bySessionId } from '../sessions';
import type { Session, SessionMark, World } from '../world';
import type { Command } from './command';

const flag = z.union([z.literal(0), z.literal(1)]);
const LONGEST_MARK_BYTES = 200;

const askedFor = z.object({ SessionId: z.string().min(1) }).strict();
const schema = askedFor
	.extend({
		Mark: z.string().refine((mark) => Buffer.byteLength(mark) <= LONGEST_MARK_BYTES, 'too long'),
		StarStatus: flag,
		UserTimeoutSwitch: flag,
	})
	.partial({ Mark: true, StarStatus: true, UserTimeoutSwitch: true });

/** What a session has that nobody marked; the pages do not say. */
const UNMARKED: SessionMark = { Mark: '', StarStatus: 0, UserTimeoutSwitch: 1 };

const openSession = (world: World, sessionId: string): Session | undefined => {
	const session = bySessionId(world, sessionId);
	return session?.state === 'NotInSession' ? undefined : session;
};

/** mark_session, 269/118017: what is absent stays as it is. Its codes are cut off; those of get_session_mark are answered. */
export const markSession: Command = (body, { world }) => {
	const read = readFields(schema, body);
	if ('refusal' in read) return read.refusal;
	const { SessionId, ...mark } = read.fields;
	const session = openSession(world, SessionId);
	if (session === undefined) return refuse(141005);
	session.mark = { ...UNMARKED, ...session.mark, ...mark };
	return succeed();
};

/** get_session_mark, 269/121931. */
export const getSessionMark: Command = (body, { world }) => {
	const read = readFields(askedFor, body);
	if ('refusal' in read) return read.refusal;
	const session = openSession(world, read.fields.SessionId);
	return session === undefined ? refuse(141005) : succeed({ ...UNMARKED, ...session.mark });
};
