import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Simulator } from '../contract';
import { mergeRecords } from '../records';
import { readBody } from './read';

const MAX_RECORDS = 20_000;
/** Room for as many records with all their fields. */
const BODY_LIMIT = 16 * 1024 * 1024;

const seconds = z.number().int().min(0);

const fields = z
	.object({
		SessionId: z.string().min(1),
		AgentGroupId: z.string(),
		AgentGroupName: z.string(),
		AgentId: z.string(),
		ChannelType: z.string(),
		ClientUserId: z.string(),
		ClientUserNickName: z.string(),
		Duration: seconds,
		EndStatus: z.string(),
		SatisfactionSelected: z.number().int().min(1).max(5).nullable(),
		Timestamp: seconds,
	})
	.partial()
	.strict();

const added = z.union([
	z.object({ records: z.array(fields.required({ SessionId: true })).max(MAX_RECORDS) }).strict(),
	z.object({ count: z.number().int().min(1).max(MAX_RECORDS), like: fields.default({}) }).strict(),
]);

export const addRecords = (
	server: FastifyInstance,
	{ world }: Simulator,
	now: () => number,
): void => {
	server.get('/simulator/records', async () => world.records);
	server.post('/simulator/records', { bodyLimit: BODY_LIMIT }, async (request, reply) => {
		const body = await readBody(added, request.body, reply);
		if (body === undefined) return reply;
		const numbered = (index: number) => `record-${world.records.length + index + 1}`;
		const said =
			'records' in body
				? body.records
				: Array.from({ length: body.count }, (_, index) => ({
						...body.like,
						SessionId: numbered(index),
					}));
		mergeRecords(world.records, said, Math.floor(now() / 1000));
		return { done: true, records: world.records.length };
	});
};
