import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A request to the stub, unchecked: the simulator does not answer what no Desk would. */
export interface StubRequest {
	command: string;
	userId: string;
	/** Path and query as they arrived. */
	url: string;
	/** As a value, decoded. */
	userSig: string;
}

export type Answer = (request: StubRequest, response: ServerResponse) => void;

/** Answers with status 200 and this text. */
export const sayText =
	(text: string): Answer =>
	(_request, response) =>
		void response.writeHead(200, { 'content-type': 'application/json' }).end(text);

export const sayJson = (body: object): Answer => sayText(JSON.stringify(body));

export const CONTACTED_ANSWER = {
	ActionStatus: 'OK',
	ErrorCode: 0,
	ErrorInfo: '',
	MemberId: 'anna',
};

async function readRequest(incoming: IncomingMessage): Promise<StubRequest> {
	const { pathname, searchParams } = new URL(incoming.url ?? '', 'http://stub');
	const { ClientUserID, ClientUserId } = (await json(incoming)) as Record<string, unknown>;
	return {
		command: pathname.split('/').at(-1) ?? '',
		userId: String(ClientUserID ?? ClientUserId),
		url: incoming.url ?? '',
		userSig: searchParams.get('usersig') ?? '',
	};
}

/** Serves `answer` on a free port of 127.0.0.1 while `use` runs, then destroys what is still open. */
export async function withServer<T>(
	answer: Answer,
	use: (baseUrl: string) => Promise<T>,
): Promise<T> {
	const server = createServer((incoming, response) => {
		response.on('error', () => {});
		void readRequest(incoming).then((request) => answer(request, response));
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	try {
		return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
	} finally {
		server.close();
		server.closeAllConnections();
	}
}
