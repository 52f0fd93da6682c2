/** The vendor ships no types; `_hmacsha256` is what its own `genSig` signs with. */
declare module 'tls-sig-api-v2' {
	export class Api {
		constructor(sdkAppId: number | string, key: string);
		genUserSig(userId: string, expireSeconds: number): string;
		_hmacsha256(
			identifier: string,
			time: number,
			expireSeconds: number,
			base64UserBuf: string | null,
		): string;
	}
}
