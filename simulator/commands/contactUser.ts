import { z } from 'zod';
import { readFields, refuse, succeed, type JsonObject, type Read } from '../answers';
import type { ContactWish, Contacting } from '../contacting';
import type { Doing } from '../play';
import type { App, World } from '../world';

/** Tencent's page spells two keys differently in its sample and in its table (1229/68947). */
const SPELLINGS = {
	sample: { account: ['IMAgentUserID'], userId: ['ClientUserID'] },
	table: { account: ['IMAgentUserId'], userId: ['ClientUserId'] },
	either: {
		account: ['IMAgentUserID', 'IMAgentUserId'],
		userId: ['ClientUserID', 'ClientUserId'],
	},
} satisfies Record<World['fieldSpelling'], Record<'account' | 'userId', string[]>>;

const required = z.string().min(1);

const schema = z.object({
	account: required,
	userId: required,
	GroupId: z.number().int().optional(),
	MemberId: z.string().optional(),
});

const disagreement = (body: JsonObject): string | undefined =>
	Object.values(SPELLINGS.either).find(
		([sample, table]) => sample in body && table in body && body[sample] !== body[table],
	)?.[0];

/** The user id of a contact_user body in either spelling, for the log; null when there is none. */
export const contactedUser = (body: JsonObject): string | null => {
	const value = body.ClientUserID ?? body.ClientUserId;
	return typeof value === 'string' ? value : null;
};

/** Reads a body, or says with 141004 what is wrong with it. An empty MemberId means "any agent". */
export const readWish = (body: JsonObject, world: World): Read<ContactWish> => {
	const twice = disagreement(body);
	if (twice !== undefined) return { refusal: refuse(141004, `two values for ${twice}`) };
	const { account, userId } = SPELLINGS[world.fieldSpelling];
	const valueOf = (names: string[]) =>
		names.map((name) => body[name]).find((value) => value !== undefined);
	const read = readFields(schema, { ...body, account: valueOf(account), userId: valueOf(userId) });
	if ('refusal' in read) return read;
	const { GroupId, MemberId } = read.fields;
	return {
		fields: {
			account: read.fields.account,
			userId: read.fields.userId,
			agentGroup: GroupId ?? null,
			agent: MemberId || null,
		},
	};
};

export const contactUserDoing = (app: App, wish: ContactWish, contacting: Contacting): Doing => ({
	decide: () => (app.contactUser ? contacting.decide(wish) : refuse(141014)),
	force: (agent) => contacting.force(wish, agent),
	pretend: () => succeed({ MemberId: wish.agent ?? 'anna@example.com' }),
});
