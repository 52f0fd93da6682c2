import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Simulator } from '../contract';
import type { Dialect } from '../dialect';
import { readBody } from './read';

const dialect = z
	.object({
		stateWords: z.enum(['zh', 'en']),
		groupPagesFrom: z.union([z.literal(0), z.literal(1)]),
		pageCeiling: z.number().int().min(1).nullable(),
		totals: z.boolean(),
		recordTime: z.enum(['start', 'end']),
		recordOrder: z.enum(['newestFirst', 'oldestFirst']),
		unrated: z.enum(['zero', 'absent']),
	} satisfies Record<keyof Dialect, z.ZodTypeAny>)
	.partial()
	.strict();

export const addDialect = (server: FastifyInstance, { world }: Simulator): void => {
	server.post('/simulator/dialect', async (request, reply) => {
		const body = await readBody(dialect, request.body, reply);
		if (body === undefined) return reply;
		Object.assign(world.dialect, body);
		return world.dialect;
	});
};
