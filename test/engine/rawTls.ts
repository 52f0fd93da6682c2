import { randomUUID } from 'node:crypto';
import tls, { createServer, type SecureContext, type TlsOptions, type TLSSocket } from 'node:tls';

import { generate } from 'selfsigned';

import { serve, type StartedServer } from '../faults/rawServers';

let pair: { key: string; cert: string } | undefined;

/** Makes this process trust a certificate for 127.0.0.1 and localhost that the servers here show; call it once before the tests. */
export async function trustRawTls(): Promise<void> {
	const altNames = [
		{ type: 7 as const, ip: '127.0.0.1' },
		{ type: 2 as const, value: 'localhost' },
	];
	const extensions = [{ name: 'subjectAltName' as const, altNames }];
	// A name of its own: of two with the same name, those of another test file could be looked at first.
	const name = [{ name: 'commonName', value: randomUUID() }];
	const { private: key, cert } = await generate(name, { keySize: 2048, extensions });
	pair = { key, cert };
	trust(cert);
}

/** Node 20, the oldest that package.json promises, cannot be told of a certificate once it runs; so it is told in each context. */
function trust(cert: string): void {
	const { createSecureContext, getCACertificates, setDefaultCACertificates } = tls;
	if (typeof setDefaultCACertificates === 'function') {
		setDefaultCACertificates([...getCACertificates('default'), cert]);
		return;
	}
	tls.createSecureContext = (options) => {
		const made = createSecureContext(options) as SecureContext & {
			context: { addCACert(pem: string): void };
		};
		made.context.addCACert(cert);
		return made;
	};
}

/** A TLS server that does with a connection whose handshake has ended what it is told. */
export async function listenTls(
	onSecure: (socket: TLSSocket) => void,
	options: TlsOptions = {},
): Promise<StartedServer> {
	const server = createServer({ ...pair, ...options }, (socket) => {
		socket.on('error', () => {});
		onSecure(socket);
	});
	server.on('tlsClientError', () => {});
	return await serve(server, 'https');
}
