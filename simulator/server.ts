import { succeed } from './answers';
import type { Simulator, SimulatorOptions } from './contract';
import { addControlSurface } from './control/controlSurface';
import { demoWorld } from './demoWorld';
import { createDesk } from './desk';
import { createDeskServer } from './deskServer';
import { createJournal, logged } from './journal';
import { createRateLimit, createSignatureLock } from './limits';
import { BOTH_LOOPBACKS, hostForUrl, listen } from './listen';
import { createMoves } from './moves';
import { createNotify } from './notify';
import { createScript } from './script';
import { createSessions } from './sessions';
import { createTimers } from './timers';
import type { World } from './world';

const credentialOf = (world: World): Simulator['credential'] => {
	const [app] = world.apps;
	return {
		dataCenter: 'custom',
		baseUrl: '',
		sdkAppId: String(app.sdkAppId),
		adminUserId: app.admins[0],
		secretKey: app.secretKey,
	};
};

/**
 * Starts a local Desk API on both loopback addresses, or where it is told. Everything a request says is checked as the documents
 * say; answers arise from `world`, from planned steps or from the user id. The caller closes it.
 * Rejects when the port is taken.
 */
export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
	const { latencyMs = 0, now = Date.now, world = demoWorld() } = options;
	const initialWorld = structuredClone(world);
	const journal = createJournal(options.onRequest);
	const script = createScript();
	const timers = createTimers();
	const lock = createSignatureLock();
	const rate = createRateLimit(options.requestsPerSecond);
	const sessions = createSessions(world, now);
	const guards = { world, lock, rate, now };
	const desk = createDesk({ guards, journal, script, sessions, timers });
	const server = createDeskServer({ desk, journal, timers, latencyMs, now, https: options.https });

	let closeServer = async (): Promise<void> => {};

	const simulator: Simulator = {
		url: '',
		hosts: [],
		credential: credentialOf(world),
		world,
		ledger: journal.ledger,
		changes: journal.changes,
		messages: journal.messages,
		requests: journal.requests,
		get maxInFlight() {
			return journal.maxInFlight();
		},
		plan: (userId, ...steps) => script.plan('contact_user', userId, steps),
		planSession: (userId, ...steps) => script.plan('get_session_state', userId, steps),
		planCommand: (command, ...steps) => script.plan(command, null, steps),
		move: createMoves(world, sessions),
		notify: createNotify({ world, sessions, now }),
		reset: () => {
			timers.cancelScheduled();
			[script, lock, rate, journal].forEach((part) => part.reset());
			Object.assign(world, structuredClone(initialWorld));
		},
		close: async () => {
			timers.cancelAll();
			await closeServer();
		},
	};
	const onRedirected = () => journal.log(logged(now(), 'redirected', succeed()));
	addControlSurface(server, { simulator, now, onRedirected });

	const { hosts, port, close } = await listen(
		server,
		options.port ?? 0,
		options.host ?? BOTH_LOOPBACKS,
	);
	closeServer = close;
	simulator.hosts = hosts;
	simulator.url = `${options.https ? 'https' : 'http'}://${hostForUrl(hosts)}:${port}`;
	simulator.credential.baseUrl = simulator.url;
	return simulator;
};
