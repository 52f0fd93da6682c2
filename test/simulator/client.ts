import { Agent } from 'node:http';

import axios, { type AxiosResponse } from 'axios';
import { Api } from 'tls-sig-api-v2';

import type { Simulator, SimulatorOptions } from '../../simulator/contract';
import { startSimulator } from '../../simulator/server';
import { DEFAULT_ACCOUNT } from '../../simulator/world';

/** Query parameters by name; undefined leaves one out. */
export type Query = Record<string, string | undefined>;

export interface Call {
	command?: string;
	body?: unknown;
	query?: Query;
	method?: string;
	path?: string;
	timeoutMs?: number;
	signal?: AbortSignal;
}

/** One simulator for the tests of a file, as new before each of them. */
export function useSimulator(options: SimulatorOptions = {}): () => Simulator {
	let simulator: Simulator;
	beforeAll(async () => {
		simulator = await startSimulator(options);
	});
	beforeEach(() => simulator.reset());
	afterAll(async () => await simulator.close());
	return () => simulator;
}

export const signWith = (
	sdkAppId: number | string,
	secretKey: string,
	userId = 'administrator',
	expireSeconds = 86_400,
): string => new Api(Number(sdkAppId), secretKey).genUserSig(userId, expireSeconds);

/** The query of a caller who does everything right. */
export function goodQuery({ credential }: Simulator): Query {
	return {
		sdkappid: credential.sdkAppId,
		identifier: credential.adminUserId,
		usersig: signWith(credential.sdkAppId, credential.secretKey),
		random: '4294967295',
		contenttype: 'json',
	};
}

/** The signed address of a command, for a test that sends by its own means. */
export const signedUrl = (simulator: Simulator, command = 'contact_user'): string =>
	`${simulator.url}/v4/desk_http_svc/${command}?` +
	new URLSearchParams(goodQuery(simulator) as Record<string, string>).toString();

/** Sends one request as it is told, and gives whatever HTTP answer comes back. */
export async function send(simulator: Simulator, call: Call = {}): Promise<AxiosResponse> {
	const { command = 'contact_user', path = `/v4/desk_http_svc/${command}` } = call;
	const query = Object.entries({ ...goodQuery(simulator), ...call.query }).filter(
		(entry): entry is [string, string] => entry[1] !== undefined,
	);
	return await axios.request({
		url: `${simulator.url}${path}?${new URLSearchParams(query).toString()}`,
		method: call.method ?? 'POST',
		// A text is sent as it is.
		data: typeof call.body === 'string' ? call.body : JSON.stringify(call.body ?? {}),
		transformRequest: (body: string) => body,
		headers: { 'content-type': 'application/json' },
		timeout: call.timeoutMs ?? 10_000,
		signal: call.signal,
		maxRedirects: 0,
		validateStatus: () => true,
		proxy: false,
		// A connection of its own for every request, as n8n makes them.
		httpAgent: new Agent({ keepAlive: false }),
	});
}

/** The answer of Desk; every one of them, good or bad, is HTTP 200. */
export async function ask(simulator: Simulator, call: Call = {}) {
	const { status, data } = await send(simulator, call);
	expect(status).toBe(200);
	return data as { ActionStatus: string; ErrorCode: number; ErrorInfo: string } & Record<
		string,
		unknown
	>;
}

export const codeOf = async (simulator: Simulator, call: Call = {}): Promise<number> =>
	(await ask(simulator, call)).ErrorCode;

/** A contact_user body in the spelling of the documents' sample. */
export const contact = (userId: string, more: Record<string, unknown> = {}): Call => ({
	command: 'contact_user',
	body: { IMAgentUserID: DEFAULT_ACCOUNT, ClientUserID: userId, ...more },
});

export const sessionOf = (userId: string, account = DEFAULT_ACCOUNT): Call => ({
	command: 'get_session_state',
	body: { ClientUserId: userId, CustomerServiceId: account },
});

/** What another process reads from and writes to the control surface. */
export const controlSurface = (simulator: () => Simulator) => {
	const http = axios.create({ validateStatus: () => true, proxy: false });
	const at = (what: string) => `${simulator().url}/simulator/${what}`;
	return {
		read: async (what: string) => (await http.get(at(what))).data,
		write: async (what: string, body?: unknown) => await http.post(at(what), body),
	};
};

/** The code of a request that gets no readable answer, for example ECONNRESET. */
export async function failureOf(request: Promise<unknown>): Promise<string | undefined> {
	return await request.then(
		() => undefined,
		(error: { code?: string }) => error.code,
	);
}

/** Waits for something that happens soon, however busy the machine is; gives up after ten seconds. */
export async function until(happened: () => boolean): Promise<void> {
	for (let tries = 0; tries < 1000 && !happened(); tries += 1) {
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
	expect(happened()).toBe(true);
}

/** Sends a request and leaves as soon as the simulator has taken it, as a caller who times out does. */
export async function sendAndLeave(simulator: Simulator, call: Call): Promise<void> {
	const taken = simulator.requests.length;
	const caller = new AbortController();
	const failure = failureOf(send(simulator, { ...call, signal: caller.signal }));
	await until(() => simulator.requests.length > taken);
	caller.abort();
	await failure;
}
