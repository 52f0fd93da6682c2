import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

const parse = (text: unknown): unknown => {
	try {
		return JSON.parse(String(text));
	} catch {
		return undefined;
	}
};

/** Reads a body of the control surface, or answers 400 with what is wrong and gives undefined. */
export const readBody = async <Body>(
	schema: z.ZodType<Body, z.ZodTypeDef, unknown>,
	body: unknown,
	reply: FastifyReply,
): Promise<Body | undefined> => {
	const value = parse(body);
	if (value === undefined) {
		await reply.code(400).send({ done: false, reason: 'the body is not JSON' });
		return undefined;
	}
	const read = schema.safeParse(value);
	if (read.success) return read.data;
	await reply.code(400).send({ done: false, issues: read.error.issues });
	return undefined;
};
