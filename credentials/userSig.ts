import { createHmac } from 'node:crypto';

export interface UserSigInput {
	sdkAppId: number;
	userId: string;
	/** Used as UTF-8 text, although it looks like hex. */
	secretKey: string;
	/** Unix time in seconds. */
	issuedAt: number;
	/** Seconds from `issuedAt` for which the signature is valid. */
	validForSeconds: number;
}

/**
 * Computes a UserSig (TLSSigAPIv2, "ver 2.0"), the signature that logs an administrator in to the REST API.
 * Pure: no clock, no cache. Field order and line ends matter to the server.
 * Source: https://www.tencentcloud.com/document/product/1047/34385 and npm package tls-sig-api-v2.
 */
export async function createUserSig(input: UserSigInput): Promise<string> {
	const { sdkAppId, userId, secretKey, issuedAt, validForSeconds } = input;
	const signedText =
		`TLS.identifier:${userId}\n` +
		`TLS.sdkappid:${sdkAppId}\n` +
		`TLS.time:${issuedAt}\n` +
		`TLS.expire:${validForSeconds}\n`;
	const document = JSON.stringify({
		'TLS.ver': '2.0',
		'TLS.identifier': userId,
		'TLS.sdkappid': sdkAppId,
		'TLS.time': issuedAt,
		'TLS.expire': validForSeconds,
		'TLS.sig': createHmac('sha256', secretKey).update(signedText).digest('base64'),
	});
	const compressed = await deflate(document);
	return compressed
		.toString('base64')
		.replaceAll('+', '*')
		.replaceAll('/', '-')
		.replaceAll('=', '_');
}

/** zlib format (RFC 1950). The Web stream, since verified nodes may not import node:zlib. */
async function deflate(text: string): Promise<Buffer> {
	const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate'));
	return Buffer.from(await new Response(stream).arrayBuffer());
}
