import { refuse, type Answer, type JsonObject } from './answers';
import type { RateLimit, SignatureLock } from './limits';
import { userSigFault } from './signature';
import type { App, World } from './world';

export interface IncomingRequest {
	method: string;
	/** Path and query as sent; the query holds the UserSig, so this never leaves the gate. */
	url: string;
	body: string;
}

export interface Guards {
	world: World;
	lock: SignatureLock;
	rate: RateLimit;
	now: () => number;
}

export interface Admitted {
	app: App;
	body: JsonObject;
}

export type Admission = Admitted | { refusal: Answer };

const COMMAND_PATH = /^\/v4\/([^/]+)\/([^/]+)$/;
const QUERY_NAMES = ['sdkappid', 'identifier', 'usersig', 'random', 'contenttype'];

/** The command of a request, or null when the path is none of desk_http_svc. */
export const commandOf = (url: string): string | null => {
	const match = COMMAND_PATH.exec(url.split('?', 1)[0]);
	return match?.[1] === 'desk_http_svc' ? match[2] : null;
};

const readBody = (text: string): JsonObject | null => {
	try {
		const value: unknown = JSON.parse(text);
		const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
		return isObject ? (value as JsonObject) : null;
	} catch {
		return null;
	}
};

const urlFault = ({ method, url }: IncomingRequest): Answer | null => {
	// No page says what a GET answers. 60002 ("HTTP parsing error") is the documented code that
	// speaks of the HTTP request itself; 60009 speaks of the resource only.
	if (method !== 'POST') return refuse(60002, 'only POST is served');
	const path = url.split('?', 1)[0];
	if (!COMMAND_PATH.test(path)) return refuse(60002);
	return commandOf(url) === null ? refuse(60009) : null;
};

const isUint32 = (text: string | null): boolean =>
	text !== null && /^\d{1,10}$/.test(text) && Number(text) <= 0xffffffff;

const queryFault = (query: URLSearchParams): Answer | null => {
	const repeated = QUERY_NAMES.find((name) => query.getAll(name).length > 1);
	if (repeated !== undefined) return refuse(60025, `${repeated} is given twice`);
	if (!query.get('identifier')) return refuse(60025, 'identifier is missing');
	if (!isUint32(query.get('random'))) return refuse(60025, 'random is not a uint32');
	if (query.get('contenttype') !== 'json') return refuse(60025, 'contenttype is not json');
	return null;
};

const findApp = (query: URLSearchParams, world: World): App | Answer => {
	const sdkAppId = query.get('sdkappid');
	if (!sdkAppId) return refuse(60012);
	if (!/^[1-9]\d{0,9}$/.test(sdkAppId)) return refuse(60006);
	const app = world.apps.find((candidate) => candidate.sdkAppId === Number(sdkAppId));
	if (app === undefined) return refuse(70020);
	return app.dataCenter === 'here' ? app : refuse(60026);
};

const identityFault = (query: URLSearchParams, app: App, guards: Guards): Answer | null => {
	const now = guards.now();
	if (guards.lock.locked(app.sdkAppId, now)) return refuse(70050);
	const identifier = query.get('identifier') ?? '';
	const code = userSigFault(query.get('usersig') ?? '', app, identifier, now);
	if (code !== null) {
		guards.lock.fail(app.sdkAppId, now);
		return refuse(code);
	}
	return app.admins.includes(identifier) ? null : refuse(60010);
};

/**
 * Lets a request in as Tencent's REST gateway does: URL, query, UserSig, administrator, rate, Desk,
 * body, in this order. The order is ours where the pages give none.
 */
export const admit = (request: IncomingRequest, guards: Guards): Admission => {
	const wrongUrl = urlFault(request);
	if (wrongUrl !== null) return { refusal: wrongUrl };
	const query = new URLSearchParams(request.url.split('?').slice(1).join('?'));
	const app = findApp(query, guards.world);
	if ('ErrorCode' in app) return { refusal: app };
	const wrongCaller = queryFault(query) ?? identityFault(query, app, guards);
	if (wrongCaller !== null) return { refusal: wrongCaller };
	if (guards.rate.exceeded(app.sdkAppId, guards.now())) return { refusal: refuse(60007) };
	if (!app.desk) return { refusal: refuse(141000) };
	const body = readBody(request.body);
	return body === null ? { refusal: refuse(60003) } : { app, body };
};
