import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { COMMANDS } from '../commands/commands';
import { FAULT_NAMES, type Simulator } from '../contract';
import { readBody } from './read';

const delayMs = z.number().int().min(0).max(600_000);

const step = z.union([
	z
		.object({
			answer: z.number().int(),
			info: z.string().optional(),
			agent: z.string().optional(),
			fields: z.record(z.unknown()).optional(),
		})
		.strict(),
	z
		.object({
			fault: z.enum(FAULT_NAMES),
			commit: z.boolean().optional(),
			delayMs: delayMs.optional(),
			retryAfter: z.string().optional(),
		})
		.strict(),
	z.object({ delayMs }).strict(),
]);

const commandName = z
	.string()
	.refine((name) => name === 'contact_user' || COMMANDS.has(name), 'no such command');

const planned = z.union([
	z
		.object({
			userId: z.string().min(1),
			steps: z.array(step).optional(),
			sessionSteps: z.array(step).optional(),
		})
		.strict(),
	z.object({ command: commandName, steps: z.array(step) }).strict(),
]);

export const addPlans = (server: FastifyInstance, simulator: Simulator): void => {
	server.post('/simulator/plan', async (request, reply) => {
		const plan = await readBody(planned, request.body, reply);
		if (plan === undefined) return reply;
		if ('command' in plan) {
			simulator.planCommand(plan.command, ...plan.steps);
			return { done: true };
		}
		const { userId, steps = [], sessionSteps = [] } = plan;
		simulator.plan(userId, ...steps);
		simulator.planSession(userId, ...sessionSteps);
		return { done: true };
	});
};
