import axios from 'axios';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

import { signRequest } from '../credentials/signRequest';
import type { Desk } from './desk';

const CONCURRENCY = 50;
const ACCOUNT = '@customer_service_account';

/** The same requests with axios and kept-alive connections, in this process: n8n allows neither. @returns milliseconds */
export async function runPlainAxios(desk: Desk, ca: string, count: number): Promise<number> {
	await desk.reset();
	const agents = {
		httpAgent: new HttpAgent({ keepAlive: true, maxSockets: CONCURRENCY }),
		httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets: CONCURRENCY, ca }),
	};
	const url = `${desk.credential.baseUrl}/v4/desk_http_svc/contact_user`;
	let next = 0;
	const worker = async () => {
		while (next < count) {
			const user = `user-${next++}`;
			const signed = await signRequest(desk.credential, { url });
			await axios.post(
				url,
				{ IMAgentUserID: ACCOUNT, IMAgentUserId: ACCOUNT, ClientUserID: user, ClientUserId: user },
				{ params: signed.qs, ...agents },
			);
		}
	};
	const startedAt = performance.now();
	await Promise.all(Array.from({ length: CONCURRENCY }, worker));
	const ms = performance.now() - startedAt;
	agents.httpAgent.destroy();
	agents.httpsAgent.destroy();
	const { contacts } = await desk.status();
	if (contacts !== count) throw new Error(`axios: ${contacts} contacts instead of ${count}`);
	return ms;
}
