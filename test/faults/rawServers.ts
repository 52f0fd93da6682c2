import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface StartedServer {
	baseUrl: string;
	close(): Promise<void>;
}

/** Lets a server listen on a free port; closing it destroys what is still open. */
export async function serve(server: Server, scheme: 'http' | 'https'): Promise<StartedServer> {
	const sockets = new Set<Socket>();
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('error', () => {}).on('close', () => sockets.delete(socket));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		baseUrl: `${scheme}://127.0.0.1:${port}`,
		close: async () => {
			sockets.forEach((socket) => socket.destroy());
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** A bare TCP server, for what no HTTP library does by itself. */
export const listen = async (onSocket: (socket: Socket) => void): Promise<StartedServer> =>
	await serve(createServer(onSocket), 'http');

/** Bodies in which a hasty reader finds the ErrorCode 0 of a success. */
const FALSE_SUCCESSES = [
	'{"ActionStatus":"OK","ErrorCode":141001,"ErrorInfo":"","ErrorCode":0}',
	'{"ActionStatus":"OK","Error\\u0043ode":141001,"ErrorCode":0}',
	'{"ActionStatus":"FAIL","ErrorCode":0,"ActionStatus":"OK"}',
	'{"ActionStatus":"OK","ErrorCode":1e-400}',
	'{"ActionStatus":"OK","ErrorCode":null}',
	'{"ActionStatus":"OK","ErrorCode":""}',
	'{"ActionStatus":"OK","ErrorCode":false}',
	'{"ActionStatus":"OK","ErrorCode":[0]}',
	'[{"ActionStatus":"OK","ErrorCode":0}]',
	'{"ActionStatus":"OK","ErrorCode":0} trailing',
	'"{\\"ActionStatus\\":\\"OK\\",\\"ErrorCode\\":0}"',
];

/** Answers with a body of its own each time, none of which says that a contact was made. */
export async function falseSuccesses(): Promise<StartedServer> {
	let answers = 0;
	return await listen((socket) => {
		socket.once('data', () => {
			const body = FALSE_SUCCESSES[answers++ % FALSE_SUCCESSES.length];
			const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`;
			socket.end(`${head}\r\nConnection: close\r\n\r\n${body}`);
		});
	});
}
