import { z } from 'zod';
import { readFields, refuse, succeed } from '../answers';
import { ROLE_NUMBER } from '../chats';
import type { Command } from './command';
import { total, windowFields, windowOf } from './paging';
import { sessionKnown } from './sessionStates';

/** Order 1 is from old to new, 2 the other way round (1229/68824). */
const schema = z.object({
	SessionId: z.string().min(1),
	Order: z.union([z.literal(1), z.literal(2)]).default(2),
	...windowFields,
});

/** describe_chat_messages, 1229/68824; 141005 for a session that never was is our choice, the code list is cut off. */
export const describeChatMessages: Command = (body, { world }) => {
	const read = readFields(schema, body);
	if ('refusal' in read) return read.refusal;
	const { SessionId, Order, ...window } = read.fields;
	if (!sessionKnown(world, SessionId)) return refuse(141005);
	const oldestFirst = world.chats.get(SessionId) ?? [];
	const messages = Order === 1 ? oldestFirst : [...oldestFirst].reverse();
	return succeed({
		...total('TotalCount', messages.length, world.dialect),
		Messages: windowOf(messages, window, world.dialect).map(
			({ from, role, body: MsgBody, at }) => ({
				FromAccount: from,
				FromAccountRole: ROLE_NUMBER[role],
				MsgBody,
				Timestamp: at,
			}),
		),
	});
};
