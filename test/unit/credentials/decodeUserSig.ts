import { inflateSync } from 'node:zlib';

/** The zlib stream in a UserSig, with its own alphabet undone. */
export function bytesOf(userSig: string): Buffer {
	const base64 = userSig.replaceAll('*', '+').replaceAll('-', '/').replaceAll('_', '=');
	return Buffer.from(base64, 'base64');
}

/** The JSON text that was signed: key order and spacing as they are. */
export function textOf(userSig: string): string {
	return inflateSync(bytesOf(userSig)).toString('utf8');
}

export function decodeUserSig(userSig: string): Record<string, unknown> {
	return JSON.parse(textOf(userSig)) as Record<string, unknown>;
}
