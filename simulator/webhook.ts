import { request } from 'node:http';
import { z } from 'zod';
import { textBody } from './chats';
import { isLoopbackHost } from './loopback';
import type { Session } from './world';

const COMMAND = 'Desk.SessionEventNotify';
const MAX_ANSWER = 64 * 1024;
const MAX_WAIT_MS = 60_000;

/** What to send where. The names of most events are not documented, so any name is taken. */
export const eventSchema = z
	.object({
		/** http, and a host of this machine's loopback. Its own query is kept. */
		url: z.string().url(),
		/** For example `ChatBot.UserSendMsg` or `SessionBegin`. */
		event: z.string().min(1),
		userId: z.string().min(1),
		account: z.string().min(1).optional(),
		/** Makes MsgKey and a MsgBody of one text element. */
		text: z.string().optional(),
		/** RequestID of the query; the international page has none (1229/68989), so none unless given. */
		requestId: z.string().min(1).optional(),
		/** Default: the app of the credential. */
		sdkAppId: z.string().min(1).optional(),
		clientIp: z.string().default('127.0.0.1'),
		optPlatform: z.string().default('RESTAPI'),
		/** Added to the body, or put in the place of its fields of the same name. */
		fields: z.record(z.unknown()).default({}),
		/** Chat's webhooks wait 2 s (trtc.io/34354). */
		timeoutMs: z.number().int().min(1).max(MAX_WAIT_MS).default(2_000),
	})
	.strict();

export type SessionEvent = z.infer<typeof eventSchema>;

/** What the receiver answered. */
export type Receipt =
	| { delivered: true; status: number; contentType: string; body: string; ms: number }
	| { delivered: false; reason: string; ms: number };

/** The body of an event, 269/111212; which fields which event has is not documented. */
export const eventBody = (event: SessionEvent, session: Session, now: number) => ({
	CallbackCommand: COMMAND,
	SessionId: session.sessionId,
	Event: event.event,
	EventTime: now,
	ChannelType: 'SDK',
	ClientUserId: session.userId,
	CustomerServiceId: session.account,
	AgentId: session.agent ?? '',
	...(event.text === undefined
		? {}
		: {
				MsgKey: `${now % 1000}_${Math.floor(now / 1000)}_simulator`,
				MsgBody: textBody(event.text),
			}),
	CloudCustomData: '',
	IsContactUser: session.contacted ?? false,
	...(session.rating === undefined ? {} : { SatisfactionSelected: session.rating }),
	...event.fields,
});

/** The address with the documented query behind it, in the documented order. */
export const eventUrl = (event: SessionEvent, sdkAppId: string): URL => {
	const url = new URL(event.url);
	const query = {
		SdkAppid: event.sdkAppId ?? sdkAppId,
		CallbackCommand: COMMAND,
		contenttype: 'json',
		ClientIP: event.clientIp,
		OptPlatform: event.optPlatform,
		...(event.requestId === undefined ? {} : { RequestID: event.requestId }),
	};
	Object.entries(query).forEach(([name, value]) => url.searchParams.append(name, value));
	return url;
};

/** Why an address may not be called, or null. A simulator must never reach out of this machine. */
export const addressFault = async (address: string): Promise<string | null> => {
	const { protocol, hostname } = new URL(address);
	if (protocol !== 'http:') return 'only http is sent';
	return (await isLoopbackHost(hostname)) ? null : 'only 127.0.0.1, ::1 and localhost are called';
};

/** Sends it once; follows no redirect. The answer is cut at 64 KB. */
export const post = async (url: URL, body: object, timeoutMs: number): Promise<Receipt> => {
	const start = performance.now();
	const ms = () => Math.round(performance.now() - start);
	return await new Promise((resolve) => {
		const outgoing = request(
			url,
			{ method: 'POST', agent: false, headers: { 'content-type': 'application/json' } },
			(answer) => {
				const status = answer.statusCode ?? 0;
				const contentType = answer.headers['content-type'] ?? '';
				let text = '';
				answer.setEncoding('utf8');
				answer.on('data', (chunk: string) => (text = (text + chunk).slice(0, MAX_ANSWER)));
				answer.on('end', () => {
					clearTimeout(timer);
					resolve({ delivered: true, status, contentType, body: text, ms: ms() });
				});
				answer.on('error', fail);
			},
		);
		const fail = (error: NodeJS.ErrnoException): void => {
			clearTimeout(timer);
			resolve({ delivered: false, reason: error.code ?? error.message, ms: ms() });
		};
		const timer = setTimeout(() => {
			fail(new Error('timed out'));
			outgoing.destroy();
		}, timeoutMs);
		outgoing.on('error', fail);
		outgoing.end(JSON.stringify(body));
	});
};
