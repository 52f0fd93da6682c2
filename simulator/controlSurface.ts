import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { succeed } from './answers';
import { FAULT_NAMES, type Simulator } from './contract';
import { REDIRECT_PATH } from './faults';

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

const planned = z
	.object({
		userId: z.string().min(1),
		steps: z.array(step).optional(),
		sessionSteps: z.array(step).optional(),
	})
	.strict();

const parse = (text: unknown): unknown => {
	try {
		return JSON.parse(String(text));
	} catch {
		return undefined;
	}
};

/** JSON has no Infinity and no Map, and a secret key is nobody's business but the credential's. */
const readable = ({ world: { records, chats, ...world } }: Simulator) => ({
	...world,
	apps: world.apps.map(({ secretKey, ...app }) => app),
	agents: world.agents.map((agent) => ({
		...agent,
		capacity: Number.isFinite(agent.capacity) ? agent.capacity : 'unlimited',
	})),
	sessions: [...world.sessions.values()],
});

/** What other processes (the demo, end-to-end tests) use: the Simulator object over loopback HTTP. */
export const addControlSurface = (
	server: FastifyInstance,
	simulator: Simulator,
	onRedirected: () => void,
): void => {
	server.get('/simulator/ledger', async () => simulator.ledger);
	server.get('/simulator/messages', async () => simulator.messages);
	server.get('/simulator/requests', async () => simulator.requests);
	server.get('/simulator/world', async () => readable(simulator));
	server.get('/simulator/status', async () => ({
		contacts: simulator.ledger.length,
		requests: simulator.requests.length,
		maxInFlight: simulator.maxInFlight,
	}));
	server.post('/simulator/reset', async () => {
		simulator.reset();
		return { done: true };
	});
	server.post('/simulator/plan', async (request, reply) => {
		const read = planned.safeParse(parse(request.body));
		if (!read.success)
			return await reply.code(400).send({ done: false, issues: read.error.issues });
		const { userId, steps = [], sessionSteps = [] } = read.data;
		simulator.plan(userId, ...steps);
		simulator.planSession(userId, ...sessionSteps);
		return { done: true };
	});
	// The bait of `http302`: whoever follows the redirect reads a success that never happened.
	server.all(REDIRECT_PATH, async () => {
		onRedirected();
		return succeed({ MemberId: 'nobody@example.com' });
	});
};
