import fc from 'fast-check';

import { readTransportFailure } from '../../../../nodes/shared/desk/transportFailure';

function readFailure(error: unknown) {
	const reply = readTransportFailure(error, 'https://console.tim.qq.com');
	// The text of an error may hold the signed URL.
	expect(JSON.stringify(reply)).not.toMatch(/usersig|console\.tim/);
	return reply;
}

const SIGNED_URL =
	'https://console.tim.qq.com/v4/desk_http_svc/contact_user?sdkappid=1&usersig=eJyrVgrxCdYrSy1SslIy0jNQ0gHz';

/** As n8n hands it over: its own error, around the one of axios, around the one of the socket. */
function wrapped(socketError: object): Error {
	const { code } = socketError as { code?: string };
	const axiosError = Object.assign(new Error(`connect ${code} ${SIGNED_URL}`), {
		name: 'AxiosError',
		code,
		config: { url: SIGNED_URL },
		cause: socketError,
	});
	return Object.assign(new Error('The service refused the connection'), {
		name: 'NodeApiError',
		description: SIGNED_URL,
		cause: axiosError,
	});
}

const socketError = (code: string, syscall?: string) =>
	Object.assign(new Error(`${syscall} ${code} ${SIGNED_URL}`), { code, syscall });

test.each([
	[200, { kind: 'ambiguous', reason: 'The answer of the server broke off' }],
	[429, { kind: 'tooManyRequests' }],
	[403, { kind: 'httpError', httpStatus: 403 }],
	[500, { kind: 'ambiguous', reason: 'The server answered with HTTP status 500' }],
])('an answer with HTTP status %i whose body breaks off', (status, reply) => {
	const axiosError = { code: 'ERR_BAD_RESPONSE', response: { status } };
	expect(readFailure({ cause: axiosError })).toEqual(reply);
});

describe('no connection came about: surely not sent, and worth another try', () => {
	test.each([
		['ECONNREFUSED', 'connect', 'The server refused the connection'],
		['ENOTFOUND', 'getaddrinfo', 'The host name of the server could not be found'],
		['EAI_AGAIN', 'getaddrinfo', 'The host name of the server could not be looked up'],
		['EHOSTUNREACH', 'connect', 'The server cannot be reached'],
		['ENETUNREACH', 'connect', 'The network of the server cannot be reached'],
		['ETIMEDOUT', 'connect', 'The server could not be reached'],
		['ECONNRESET', 'connect', 'The server could not be reached'],
		['EADDRNOTAVAIL', 'connect', 'The server could not be reached'],
	])('%s', (code, syscall, reason) => {
		expect(readFailure(wrapped(socketError(code, syscall)))).toEqual({ kind: 'notSent', reason });
		// Also when the error says no more.
		if (reason !== 'The server could not be reached') {
			expect(readFailure({ code })).toEqual({ kind: 'notSent', reason });
		}
	});

	test('one error that stands for several addresses that were tried', () => {
		const refused = [socketError('ECONNREFUSED', 'connect')];
		const several = Object.assign(new AggregateError(refused), { code: 'ECONNREFUSED' });
		expect(readFailure(wrapped(several))).toMatchObject({ kind: 'notSent' });
	});
});

describe('the connection stood, or nobody knows: it may have been sent', () => {
	test.each([
		['ECONNABORTED', undefined, 'The server did not answer in time'],
		['ETIMEDOUT', undefined, 'The server did not answer in time'],
		['ETIMEDOUT', 'read', 'The server did not answer in time'],
		['ECONNRESET', 'read', 'The connection was closed before an answer came'],
		['EPIPE', 'write', 'The connection was closed before an answer came'],
		// On a connection that stood, the system reports these too.
		['EHOSTUNREACH', 'read', 'The request broke off'],
		['ENETUNREACH', 'write', 'The request broke off'],
		['ECONNREFUSED', 'read', 'The request broke off'],
		['ERR_BAD_RESPONSE', undefined, 'The request broke off'],
		['ERR_CANCELED', undefined, 'The server did not answer in time'],
		['HPE_INVALID_CONSTANT', undefined, 'The request broke off'],
		['EPROTO', 'write', 'The request broke off'],
		['ERR_SSL_WRONG_VERSION_NUMBER', undefined, 'The request broke off'],
		['UND_ERR_SOCKET', undefined, 'The request broke off'],
	])('%s while in %s', (code, syscall, reason) => {
		expect(readFailure(wrapped(socketError(code, syscall)))).toEqual({
			kind: 'ambiguous',
			reason,
		});
	});

	const ownCause: { cause?: object } = {};
	ownCause.cause = ownCause;
	test.each([
		['nothing', undefined],
		['null', null],
		['a text', 'ECONNREFUSED'],
		['an error without a code', new Error('socket hang up')],
		['a code that is a number', { code: 401 }],
		['a name every object has', { code: 'constructor' }],
		['an error that is its own cause', ownCause],
		['words of n8n further back in a text', { message: '502: The request was blocked because of' }],
		[
			'a read, whatever else it tells',
			{ syscall: 'read', cause: socketError('ETIMEDOUT', 'connect') },
		],
	])('%s', (_name, error) => {
		expect(readFailure(error)).toMatchObject({ kind: 'ambiguous' });
	});
});

/** As an n8n between 1.9x and 2.x throws it: without the error behind it. */
const withoutCause = (httpCode: string) =>
	Object.assign(new Error('The service refused the connection'), {
		name: 'NodeApiError',
		cause: undefined,
		httpCode,
	});

describe('an n8n that drops the error behind its own', () => {
	test.each([
		['ECONNREFUSED', 'notSent', 'The server refused the connection'],
		['ENOTFOUND', 'notSent', 'The host name of the server could not be found'],
		['EAI_AGAIN', 'notSent', 'The host name of the server could not be looked up'],
		['ECONNABORTED', 'ambiguous', 'The server did not answer in time'],
		['ECONNRESET', 'ambiguous', 'The connection was closed before an answer came'],
		['CERT_HAS_EXPIRED', 'blocked', /certificate.*CERT_HAS_EXPIRED/],
	])('is understood by its code %s', (httpCode, kind, reason) => {
		expect(readFailure(withoutCause(httpCode))).toMatchObject({
			kind,
			reason: expect.stringMatching(reason),
		});
	});

	test.each(['EHOSTUNREACH', 'ENETUNREACH', '502', ''])(
		'may have sent the request when its code is %j, which also comes on a connection that stood',
		(httpCode) => {
			expect(readFailure(withoutCause(httpCode))).toMatchObject({ kind: 'ambiguous' });
		},
	);

	test('is not asked for its code when the error behind it tells more', () => {
		const afterSending = { ...socketError('ECONNRESET', 'read'), code: 'ECONNRESET' };
		const error = Object.assign(wrapped(afterSending), { httpCode: 'ECONNREFUSED' });
		expect(readFailure(error)).toMatchObject({ kind: 'ambiguous' });
	});
});

describe('a certificate that does not verify: not sent, and no use sending again', () => {
	test.each(
		`CERT_HAS_EXPIRED CERT_NOT_YET_VALID CERT_REVOKED CERT_UNTRUSTED CERT_SIGNATURE_FAILURE
		CERT_CHAIN_TOO_LONG CRL_HAS_EXPIRED DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN
		UNABLE_TO_GET_ISSUER_CERT UNABLE_TO_GET_ISSUER_CERT_LOCALLY UNABLE_TO_VERIFY_LEAF_SIGNATURE
		UNABLE_TO_GET_CRL UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY HOSTNAME_MISMATCH INVALID_CA
		INVALID_PURPOSE PATH_LENGTH_EXCEEDED ERR_TLS_CERT_ALTNAME_INVALID`.split(/\s+/),
	)('%s', (code) => {
		const reply = readFailure(wrapped(socketError(code)));
		expect(reply).toEqual({
			kind: 'blocked',
			reason: `The certificate of the server could not be verified (${code})`,
			advice: expect.stringContaining('certificate'),
		});
	});
});

test.each(['wrong version number', 'packet length too long'])(
	'a server that does not speak https is not sent to, and sending again is no use: %s',
	(words) => {
		const failure = socketError('EPROTO', 'write');
		failure.message = `write EPROTO C0:error:0A00010B:SSL routines::${words}:`;
		expect(readFailure(wrapped(failure))).toEqual({
			kind: 'blocked',
			reason: 'The server does not speak https on this port',
			advice: expect.stringContaining('Base URL'),
		});
	},
);

test.each([
	['SSRF protection, by name', { name: 'SsrfBlockedIpError', message: 'x' }],
	[
		'SSRF protection, by text',
		{ message: 'The request was blocked because it resolves to 10.0.0.5' },
	],
	[
		'allowed domains',
		{ message: 'Domain not allowed: This credential is restricted to a.example' },
	],
])('n8n itself does not let the request out, and sending again is no use: %s', (_name, error) => {
	for (const failure of [error, wrapped(error)]) {
		expect(readFailure(failure)).toMatchObject({
			kind: 'blocked',
			reason: 'n8n itself does not allow requests to this server',
			advice: expect.stringContaining('administrator of your n8n'),
		});
	}
});

test('whatever is thrown, it is read, and never taken for a contact', () => {
	const link = fc.letrec((tie) => ({
		error: fc.record(
			{
				code: fc.oneof(
					fc.constantFrom('ECONNREFUSED', 'ECONNRESET', 'CERT_HAS_EXPIRED', 'ENOTFOUND'),
					fc.anything(),
				),
				syscall: fc.oneof(fc.constantFrom('read', 'write'), fc.anything()),
				name: fc.anything(),
				message: fc.anything(),
				cause: fc.oneof({ maxDepth: 4 }, fc.constant(undefined), tie('error')),
			},
			{ requiredKeys: [] },
		),
	})).error;
	fc.assert(
		fc.property(fc.oneof(link, fc.anything()), (error) => {
			const reply = readFailure(error);
			expect(['notSent', 'blocked', 'ambiguous']).toContain(reply.kind);
			const chain: unknown[] = [];
			for (let e = error; e !== null && typeof e === 'object' && chain.length < 8;) {
				chain.push((e as { syscall?: unknown }).syscall);
				e = (e as { cause?: unknown }).cause;
			}
			const stood = chain.includes('read') || chain.includes('write');
			expect(stood && reply.kind === 'notSent').toBe(false);
		}),
		{ numRuns: 400 },
	);
});
