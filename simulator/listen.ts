import type { FastifyInstance } from 'fastify';
import { createServer, isIPv6, type AddressInfo, type Server, type Socket } from 'node:net';

export const BOTH_LOOPBACKS = 'localhost';
const IPV4 = '127.0.0.1';
const IPV6 = '::1';
/** What says that this machine has no IPv6 loopback. */
const NO_IPV6 = ['EAFNOSUPPORT', 'EADDRNOTAVAIL'];
const TRIES = 10;

export interface Listening {
	/** The addresses it listens on. */
	hosts: string[];
	port: number;
	close: () => Promise<void>;
}

const bind = async (server: Server, port: number, host: string): Promise<void> =>
	await new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => resolve());
	});

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** Takes connections at ::1 and hands them to `server`, whatever that speaks. Rejects as `listen` does. */
const openDoor = async (server: Server, port: number): Promise<Listening> => {
	const sockets = new Set<Socket>();
	const door = createServer((socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
		server.emit('connection', socket);
	});
	await bind(door, port, IPV6);
	const close = async (): Promise<void> =>
		await new Promise((resolve) => {
			door.close(() => resolve());
			sockets.forEach((socket) => socket.destroy());
		});
	return { hosts: [IPV6], port: portOf(door), close };
};

const isFreeAtIPv4 = async (port: number): Promise<boolean> => {
	const probe = createServer();
	const free = await bind(probe, port, IPV4).then(
		() => true,
		() => false,
	);
	await new Promise((resolve) => probe.close(resolve));
	return free;
};

/** A door at ::1; where any port will do, one that is free at 127.0.0.1 too. Null without IPv6. */
const openFittingDoor = async (server: Server, port: number): Promise<Listening | null> => {
	for (let tries = 1; ; tries += 1) {
		try {
			const door = await openDoor(server, port);
			if (port !== 0 || tries === TRIES || (await isFreeAtIPv4(door.port))) return door;
			await door.close();
		} catch (error) {
			if (NO_IPV6.includes((error as NodeJS.ErrnoException).code ?? '')) return null;
			throw error;
		}
	}
};

const listenAt = async (
	server: FastifyInstance,
	port: number,
	host: string,
	door: Listening | null,
): Promise<Listening> => {
	try {
		await server.listen({ port: door?.port ?? port, host });
	} catch (error) {
		await door?.close();
		throw error;
	}
	const close = async (): Promise<void> => {
		await door?.close();
		await server.close();
	};
	return { hosts: [host, ...(door?.hosts ?? [])], port: portOf(server.server), close };
};

/**
 * Listens on one address, or with `localhost` on both loopbacks at the same port; without IPv6 on 127.0.0.1 alone.
 * Rejects when the port is taken.
 */
export const listen = async (
	server: FastifyInstance,
	port: number,
	host: string,
): Promise<Listening> => {
	await server.ready();
	if (host !== BOTH_LOOPBACKS) return await listenAt(server, port, host, null);
	return await listenAt(server, port, IPV4, await openFittingDoor(server.server, port));
};

/** The host of an address that this machine reaches the simulator at: "any address" means loopback too. */
export const hostForUrl = ([host]: string[]): string => {
	if (host === '0.0.0.0') return IPV4;
	if (host === '::') return `[${IPV6}]`;
	return isIPv6(host) ? `[${host}]` : host;
};
