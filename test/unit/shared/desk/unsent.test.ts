import { readTransportFailure } from '../../../../nodes/shared/desk/transportFailure';

const ORIGIN = 'https://console.tim.qq.com';

/** An error of axios around one of the socket, with Node's request as it was left. */
const failed = (request: object, code = 'ECONNRESET', syscall = 'read') => ({
	code,
	request,
	cause: { code, syscall, message: `${syscall} ${code}` },
});
const kindOf = (error: unknown) => readTransportFailure(error, ORIGIN).kind;

const handshaking = { encrypted: true, secureConnecting: true, destroyed: true };
const queued = { outputSize: 500, writableFinished: false, destroyed: true };

test('a request whose connection was not secure yet when it ended was not sent', () => {
	expect(kindOf(failed({ ...queued, outputSize: 0, socket: handshaking }))).toBe('notSent');
});

test('a request that never got a connection, and still holds all it was to send, was not sent', () => {
	expect(kindOf(failed({ ...queued, socket: null }))).toBe('notSent');
	expect(kindOf(failed(queued, 'ERR_CANCELED', 'none'))).toBe('notSent');
});

test.each([
	['was secure', { ...queued, socket: { ...handshaking, secureConnecting: false } }],
	['may still become secure', { ...queued, socket: { ...handshaking, destroyed: false } }],
	['was never meant to be secure', { ...queued, outputSize: 0, socket: { bytesWritten: 0 } }],
	['carried something', { ...queued, socket: { bytesWritten: 500 } }],
])('a connection that %s leaves it open', (_what, request) => {
	expect(kindOf(failed(request))).toBe('ambiguous');
});

test.each([
	['may still be sent', { ...queued, destroyed: false }],
	['was written to the end', { ...queued, writableFinished: true }],
	['holds nothing any more', { ...queued, outputSize: 0 }],
	['does not say what it holds', { destroyed: true, writableFinished: false }],
])('a request without a connection that %s leaves it open', (_what, request) => {
	expect(kindOf(failed(request))).toBe('ambiguous');
});

test('an answer is taken for the proxy only when nothing was written to its connection', () => {
	const answered = (bytesWritten: number) => ({
		code: 'ERR_BAD_RESPONSE',
		request: { ...queued, socket: { bytesWritten } },
		response: { status: 502 },
	});
	expect(kindOf(answered(0))).toBe('notSent');
	expect(kindOf(answered(500))).toBe('ambiguous');
	expect(kindOf({ ...answered(0), request: { ...queued, socket: handshaking } })).toBe('ambiguous');
});

test('an error that breaks when it is looked at leaves it open', () => {
	const hostile = new Proxy(
		{},
		{
			get: () => {
				throw new Error('usersig=eJsecret');
			},
		},
	);
	for (const error of [hostile, { cause: hostile }, { request: hostile }, { response: hostile }]) {
		expect(readTransportFailure(error, ORIGIN)).toEqual({
			kind: 'ambiguous',
			reason: 'The request broke off',
		});
	}
});
