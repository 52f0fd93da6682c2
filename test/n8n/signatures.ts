import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/**
 * Collects every UserSig that a server of this process is sent, as it stood in the URL and decoded.
 * The log of the simulator never holds them.
 */
export function collectSignatures(secrets: Set<string>): void {
	subscribe('http.server.request.start', (message) => {
		const { request } = message as { request: IncomingMessage };
		const signature = /[?&]usersig=([^&]+)/.exec(request.url ?? '')?.[1];
		if (signature === undefined) return;
		secrets.add(signature);
		secrets.add(decodeURIComponent(signature));
	});
}

/** A secret as itself and as it would stand in a URL or in base64. */
export function formsOf(secret: string): string[] {
	return [
		secret,
		encodeURIComponent(secret),
		Buffer.from(secret).toString('base64').replace(/=+$/, ''),
	];
}
