import type { FastifyInstance } from 'fastify';
import { succeed } from '../answers';
import type { Simulator } from '../contract';
import { REDIRECT_PATH } from '../faults';
import { isLoopbackAddress } from '../loopback';
import { addDialect } from './dialect';
import { addPlans } from './plans';
import { addRecords } from './records';
import { addSessions } from './sessions';

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

/** With `--host` the port may be reached from elsewhere; what happens here is this machine's business only. */
const refuseStrangers = (control: FastifyInstance): void => {
	control.addHook('onRequest', async (request, reply) => {
		if (isLoopbackAddress(request.socket.remoteAddress ?? '')) return undefined;
		return await reply.code(403).send({ done: false, reason: 'only this machine may ask' });
	});
};

export interface ControlSurfaceParts {
	simulator: Simulator;
	now: () => number;
	/** Told when somebody follows the redirect of `http302`. */
	onRedirected: () => void;
}

/** What other processes (the demo, end-to-end tests) use: the Simulator object over loopback HTTP. */
export const addControlSurface = (server: FastifyInstance, parts: ControlSurfaceParts): void => {
	const { simulator, now, onRedirected } = parts;
	void server.register(async (control) => {
		refuseStrangers(control);
		control.get('/simulator/ledger', async () => simulator.ledger);
		control.get('/simulator/messages', async () => simulator.messages);
		control.get('/simulator/requests', async () => simulator.requests);
		control.get('/simulator/world', async () => readable(simulator));
		control.get('/simulator/status', async () => ({
			contacts: simulator.ledger.length,
			requests: simulator.requests.length,
			maxInFlight: simulator.maxInFlight,
		}));
		control.post('/simulator/reset', async () => {
			simulator.reset();
			return { done: true };
		});
		addPlans(control, simulator);
		addSessions(control, simulator);
		addRecords(control, simulator, now);
		addDialect(control, simulator);
	});
	// The bait of `http302`: whoever follows the redirect reads a success that never happened.
	server.all(REDIRECT_PATH, async () => {
		onRedirected();
		return succeed({ MemberId: 'nobody@example.com' });
	});
};
