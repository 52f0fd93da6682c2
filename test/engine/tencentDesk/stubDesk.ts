import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

export interface StubCall {
	command: string;
	/** Path and query as they arrived. */
	url: string;
	body: IDataObject;
	/** How many requests of this command came before this one. */
	before: number;
}

/** Gives the answer to a request: a body, a code, or what to do with the connection. */
export type Script = (call: StubCall, response: ServerResponse) => object | number | 'cut' | void;

export interface StubDesk {
	credential: ICredentialDataDecryptedObject;
	/** In the order of their arrival. */
	calls: StubCall[];
	/** From now on. */
	script: Script;
	close(): void;
}

export const OK = { ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '' };

const toAnswer = (answer: object | number) =>
	typeof answer === 'number'
		? answer === 0
			? OK
			: { ActionStatus: 'FAIL', ErrorCode: answer, ErrorInfo: `text of ${answer}` }
		: { ...OK, ...answer };

/** A Desk that says what a test lets it say, also what no document allows. */
export async function startStubDesk(): Promise<StubDesk> {
	const stub: StubDesk = {
		credential: {},
		calls: [],
		script: () => 0,
		close() {
			server.close();
			server.closeAllConnections();
		},
	};
	const server = createServer((incoming, response) => {
		response.on('error', () => {});
		void json(incoming).then((body) => {
			const { url = '' } = incoming;
			const command = new URL(url, 'http://stub').pathname.split('/').at(-1) ?? '';
			const before = stub.calls.filter((call) => call.command === command).length;
			const call = { command, url, body: body as IDataObject, before };
			stub.calls.push(call);
			const answer = stub.script(call, response);
			if (answer === 'cut') incoming.socket.destroy();
			else if (answer !== undefined) {
				response.writeHead(200, { 'content-type': 'application/json' });
				response.end(JSON.stringify(toAnswer(answer)));
			}
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	stub.credential = {
		dataCenter: 'custom',
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		sdkAppId: '1400000000',
		adminUserId: 'administrator',
		secretKey: 'a-key-for-tests-only',
	};
	return stub;
}

/** One such Desk for all tests of a file, as new before each of them. */
export function useStubDesk(): () => StubDesk {
	let stub: StubDesk | undefined;
	const current = (): StubDesk => {
		if (!stub) throw new Error('The stub runs during tests only');
		return stub;
	};
	beforeAll(async () => {
		stub = await startStubDesk();
	});
	beforeEach(() => {
		current().calls.length = 0;
		current().script = () => 0;
	});
	afterAll(() => stub?.close());
	return current;
}
