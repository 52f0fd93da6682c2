import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Simulator } from '../contract';
import { moveSchema } from '../moves';
import { eventSchema } from '../webhook';
import { readBody } from './read';

const whose = z.object({ userId: z.string().min(1), account: z.string().min(1).optional() });

const moved = z
	.object({})
	.passthrough()
	.transform((body, context) => {
		const { userId, account, ...move } = body;
		const read = z.tuple([whose.strict(), moveSchema]).safeParse([{ userId, account }, move]);
		if (read.success) return read.data;
		read.error.issues.forEach((issue) => context.addIssue(issue));
		return z.NEVER;
	});

export const addSessions = (server: FastifyInstance, simulator: Simulator): void => {
	server.post('/simulator/session', async (request, reply) => {
		const body = await readBody(moved, request.body, reply);
		if (body === undefined) return reply;
		const [{ userId, account }, move] = body;
		const result = simulator.move(userId, move, account);
		return await reply.code(result.done ? 200 : 409).send(result);
	});
	server.post('/simulator/notify', async (request, reply) => {
		const event = await readBody(eventSchema, request.body, reply);
		if (event === undefined) return reply;
		const result = await simulator.notify(event);
		return await reply.code('refused' in result ? 400 : 200).send(result);
	});
};
