import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { z } from 'zod';
import { textBody } from './chats';
import { isLoopbackHost } from './loopback';
import type { Session } from './world';

/** Which of its callbacks Desk sends, and the event that most of them name. */
const CALLS = {
	session: { command: 'Desk.SessionEventNotify', event: '' },
	agentStatus: { command: 'Member.EventNotify', event: 'Member.StatusChange' },
	taskFlow: { command: 'Chatbot.TaskFlowEventNotify', event: 'TaskBegin' },
	assign: { command: 'ChatBot.OnAssignHuman', event: '' },
	taskFlowCall: { command: 'Chatbot.InterfaceInvocation', event: '' },
};
const KINDS = ['session', 'agentStatus', 'taskFlow', 'assign', 'taskFlowCall'] as const;
const MAX_ANSWER = 64 * 1024;
const MAX_WAIT_MS = 60_000;

/** What to send where. The names of most events are not documented, so any name is taken. */
export const eventSchema = z
	.object({
		/** http, and a host of this machine's loopback. Its own query is kept. */
		url: z.string().url(),
		call: z.enum(KINDS).default('session'),
		/** For example `ChatBot.UserSendMsg` or `SessionBegin`; a session event must have one. */
		event: z.string().min(1).optional(),
		userId: z.string().min(1),
		account: z.string().min(1).optional(),
		/** Makes MsgKey and a MsgBody of one text element. */
		text: z.string().optional(),
		/** RequestID of the query; the international page has none (1229/68989), so none unless given. */
		requestId: z.string().min(1).optional(),
		/** Default: the app of the credential. */
		sdkAppId: z.string().min(1).optional(),
		/** The callback token of the app: adds RequestTime and Sign to the query. */
		token: z.string().min(1).optional(),
		/** Epoch seconds; now, unless given. */
		requestTime: z.number().int().optional(),
		/** In place of the right signature. */
		sign: z.string().optional(),
		clientIp: z.string().default('127.0.0.1'),
		optPlatform: z.string().default('RESTAPI'),
		/** Added to the body, or put in the place of its fields of the same name. */
		fields: z.record(z.unknown()).default({}),
		/** Chat's webhooks wait 2 s (trtc.io/34354). */
		timeoutMs: z.number().int().min(1).max(MAX_WAIT_MS).default(2_000),
	})
	.strict()
	.refine(({ call, event }) => call !== 'session' || event !== undefined, 'event is missing');

export type DeskEvent = z.infer<typeof eventSchema>;

/** What the receiver answered. */
export type Receipt =
	| { delivered: true; status: number; contentType: string; body: string; ms: number }
	| { delivered: false; reason: string; ms: number };

/** The body of a call; `fields` may add to it, or change it. */
export const eventBody = (event: DeskEvent, session: Session, now: number) => ({
	CallbackCommand: CALLS[event.call].command,
	EventTime: now,
	...BODIES[event.call](event, session, now),
	...event.fields,
});

const BODIES: Record<DeskEvent['call'], (e: DeskEvent, session: Session, now: number) => object> = {
	/** 269/111212; which fields which event has is not documented. */
	session: ({ event, text }, session, now) => ({
		...ofSession(session),
		Event: event,
		ChannelType: 'SDK',
		AgentId: session.agent ?? '',
		...(text === undefined
			? {}
			: {
					MsgKey: `${now % 1000}_${Math.floor(now / 1000)}_simulator`,
					MsgBody: textBody(text),
				}),
		CloudCustomData: '',
		IsContactUser: session.contacted ?? false,
		...(session.rating === undefined ? {} : { SatisfactionSelected: session.rating }),
	}),
	/** 269/133254 */
	agentStatus: ({ event }, { agent }) => ({
		Event: event ?? CALLS.agentStatus.event,
		MemberId: agent ?? 'anna@example.com',
		Status: 'free',
		ClientInfo: [{ ClientType: 'Web', IsConnected: true }],
	}),
	/** 269/137528, whose sample is of the start */
	taskFlow: ({ event }, session) => ({
		...ofSession(session),
		Event: event ?? CALLS.taskFlow.event,
		ChannelType: 'SDK',
		Seq: 1,
		ExecutionId: `execution-of-${session.sessionId}`,
		TaskId: 7,
		TaskName: 'Track a parcel',
		Env: 'production',
		RobotId: '@RBT#001',
		NodeId: 'node-1',
		NodeName: 'Start',
		NextNodeId: 'node-2',
	}),
	/** 679/116643 */
	assign: (_event, session) => ofSession(session),
	/** 269/113786 */
	taskFlowCall: (_event, { sessionId, userId }) => ({
		Body: { SystemSessionID: sessionId, SystemClientUserID: userId },
	}),
};

const ofSession = ({ sessionId, userId, account }: Session) => ({
	SessionId: sessionId,
	ClientUserId: userId,
	CustomerServiceId: account,
});

/** The address with the documented query behind it, in the documented order. */
export const eventUrl = (event: DeskEvent, sdkAppId: string, now: number): URL => {
	const url = new URL(event.url);
	const query = {
		SdkAppid: event.sdkAppId ?? sdkAppId,
		CallbackCommand: CALLS[event.call].command,
		contenttype: 'json',
		ClientIP: event.clientIp,
		OptPlatform: event.optPlatform,
		...(event.requestId === undefined ? {} : { RequestID: event.requestId }),
		...signatureOf(event, now),
	};
	Object.entries(query).forEach(([name, value]) => url.searchParams.append(name, value));
	return url;
};

/** 269/32431: the body is not signed. */
const signatureOf = ({ token, sign, requestTime }: DeskEvent, now: number) => {
	if (token === undefined) return {};
	const time = String(requestTime ?? Math.floor(now / 1000));
	const right = createHash('sha256')
		.update(token + time)
		.digest('hex');
	return { Sign: sign ?? right, RequestTime: time };
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
