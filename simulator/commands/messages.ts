import { z } from 'zod';
import { readFields, refuse, succeed, type JsonObject, type Read } from '../answers';
import { userExists } from '../contacting';
import { bySessionId } from '../sessions';
import { sessionKey, type World } from '../world';
import type { Command } from './command';
import { MAX_BODY_BYTES, messageBody } from './messageBody';

const schema = z
	.object({
		SessionId: z.string().optional(),
		FromAccount: z.string().optional(),
		ToAccount: z.string().optional(),
		MsgRandom: z.unknown(),
		MsgBody: z.unknown(),
		CloudCustomData: z.string().optional(),
	})
	.strict();

const uint32 = z.number().int().min(0).max(0xffffffff);

type Fields = z.infer<typeof schema>;

/** The user a send_msg body names; null when it names none. */
export const receiverOf = ({ ToAccount }: JsonObject): string | null =>
	typeof ToAccount === 'string' ? ToAccount : null;

/** Both ends of a message: of its session, or the ones it names. */
const endsOf = (fields: Fields, world: World): Read<{ account: string; userId: string }> => {
	const { SessionId, FromAccount, ToAccount } = fields;
	if (SessionId) {
		const session = bySessionId(world, SessionId);
		if (session === undefined || session.state === 'NotInSession') return refused(141005);
		return { fields: session };
	}
	if (!FromAccount) return refused(141004, 'SessionId, or FromAccount with ToAccount, is needed');
	if (!world.accounts.some((account) => account.id === FromAccount)) return refused(90008);
	if (!ToAccount) return refused(90003);
	if (!userExists(world, ToAccount)) return refused(90012);
	return { fields: { account: FromAccount, userId: ToAccount } };
};

const refused = (code: number, detail?: string) => ({ refusal: refuse(code, detail) });

/**
 * send_msg, 1229/68821. Its own code list is cut off in the copy we have, so the public codes of the
 * same mistakes are answered. In the user's session it stands as a message of the system: no agent wrote it.
 */
export const sendMessage: Command = (body, { world, sessions, deliver }) => {
	const read = readFields(schema, body);
	if ('refusal' in read) return read.refusal;
	const random = uint32.safeParse(read.fields.MsgRandom);
	if (!random.success) return refuse(90005);
	const elements = messageBody.safeParse(read.fields.MsgBody);
	if (!elements.success) return refuse(90002);
	if (Buffer.byteLength(JSON.stringify(elements.data)) > MAX_BODY_BYTES) return refuse(80002);
	const ends = endsOf(read.fields, world);
	if ('refusal' in ends) return ends.refusal;
	const { account, userId } = ends.fields;
	const lines = elements.data.flatMap((element) =>
		element.MsgType === 'TIMTextElem' ? [element.MsgContent.Text] : [],
	);
	const text = lines.join('\n');
	const isNew = deliver({ account, userId, random: random.data, text, body: elements.data });
	const session = world.sessions.get(sessionKey(userId, account));
	if (isNew && session !== undefined && session.state !== 'NotInSession') {
		sessions.say(session.sessionId, 'system', account, elements.data);
	}
	return succeed();
};
