import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { refuse } from './answers';
import type { SimulatorOptions } from './contract';
import type { Desk } from './desk';
import { FAULTS } from './faults';
import { commandOf } from './gate';
import { logged, type Journal } from './journal';
import type { Delivery } from './play';
import type { Timers } from './timers';

export interface DeskServerParts {
	desk: Desk;
	journal: Journal;
	timers: Timers;
	latencyMs: number;
	now: () => number;
	https: SimulatorOptions['https'];
}

const JSON_TYPE = 'application/json';

const bare = (https: SimulatorOptions['https']): FastifyInstance => {
	const server = fastify({
		https: https ?? null,
		// No logger: its lines would carry the URL, and the URL carries the UserSig.
		logger: false,
		forceCloseConnections: true,
		frameworkErrors: (_error, _request, reply) => {
			reply.hijack();
			reply.raw.writeHead(200, { 'content-type': JSON_TYPE }).end(JSON.stringify(refuse(60002)));
		},
	});
	server.removeAllContentTypeParsers();
	// Whatever the Content-Type header says: the documents only speak of `contenttype` in the query.
	server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
		done(null, body),
	);
	return server as unknown as FastifyInstance;
};

/** What the log may say of a delivery: a code only when the caller can read one. */
const visible = ({ fault, answer }: Delivery) => {
	if (fault === null) return { fault, status: 200, errorCode: answer.ErrorCode };
	const { status, readable } = FAULTS[fault];
	return { fault, status, errorCode: readable ? answer.ErrorCode : null };
};

/** A request fastify would not read, or a mistake of the simulator's own, which no answer may hide. */
const codeOf = (error: unknown): number => {
	const { code, statusCode = 500 } = error as { code?: string; statusCode?: number };
	if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 93000;
	return statusCode < 500 ? 60002 : 70500;
};

/** Serves Desk over HTTP: every path that is not the control surface's is Desk's to answer. */
export const createDeskServer = (parts: DeskServerParts): FastifyInstance => {
	const { desk, journal, timers, latencyMs, now } = parts;
	const server = bare(parts.https);

	const deliver = async (reply: FastifyReply, delivery: Delivery): Promise<unknown> => {
		const { answer, fault, delayMs, late, retryAfter } = delivery;
		if (late !== undefined) timers.schedule(late, delayMs);
		await timers.pause(delayMs + latencyMs);
		if (fault === null) return await reply.type(JSON_TYPE).send(JSON.stringify(answer));
		reply.hijack();
		FAULTS[fault].send(reply.raw, { answer, retryAfter });
		return undefined;
	};

	const serve = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
		const at = now();
		const body = typeof request.body === 'string' ? request.body : '';
		const { command, userId, delivery } = desk({ method: request.method, url: request.url, body });
		journal.log({ at, command, userId, ...visible(delivery) });
		return await deliver(reply, delivery);
	};

	server.addHook('onRequest', async (request, reply) => {
		if (request.method !== 'POST' || commandOf(request.url) !== 'contact_user') return;
		journal.enter();
		reply.raw.once('close', journal.leave);
	});
	server.all('/*', serve);
	server.setNotFoundHandler(serve);
	server.setErrorHandler(async (error, _request, reply) => {
		const answer = refuse(codeOf(error));
		journal.log(logged(now(), 'unknown', answer));
		return await reply.code(200).type(JSON_TYPE).send(JSON.stringify(answer));
	});
	return server;
};
