import { readFile, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { generate } from 'selfsigned';

import type { LeftMessage, LoggedRequest } from '../simulator/contract';
import type { Sandbox } from '../test/n8n/sandbox';
import { eventually } from '../test/n8n/waiting';

export interface DeskOptions {
	scheme: 'http' | 'https';
	latencyMs: number;
	requestsPerSecond?: number;
}

export interface Desk extends DeskOptions {
	/** Also the name of its credential in n8n. */
	name: string;
	credential: Record<'dataCenter' | 'baseUrl' | 'sdkAppId' | 'adminUserId' | 'secretKey', string>;
	status(): Promise<{ contacts: number; maxInFlight: number }>;
	/** In the order of their arrival, as are the messages. */
	requests(): Promise<LoggedRequest[]>;
	messages(): Promise<LeftMessage[]>;
	reset(): Promise<void>;
}

export interface Certificate {
	keyFile: string;
	certFile: string;
	cert: string;
}

export async function makeCertificate(sandbox: Sandbox): Promise<Certificate> {
	const made = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
		extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
	});
	const [keyFile, certFile] = ['key.pem', 'cert.pem'].map((name) => join(sandbox.folder, name));
	await writeFile(keyFile, made.private);
	await writeFile(certFile, made.cert);
	return { keyFile, certFile, cert: made.cert };
}

/** Starts a simulator in a process of its own. */
export async function startDesk(
	sandbox: Sandbox,
	options: DeskOptions,
	{ keyFile, certFile, cert }: Certificate,
): Promise<Desk> {
	const limit = options.requestsPerSecond ? ` limit ${options.requestsPerSecond}` : '';
	const name = `${options.scheme} ${options.latencyMs} ms${limit}`;
	const logFile = join(sandbox.folder, `desk ${name}.log`);
	const settings = { ...options, ...(options.scheme === 'https' && { keyFile, certFile }) };
	sandbox.start({
		command: process.execPath,
		args: ['--import', 'tsx', join(__dirname, 'deskProcess.ts'), JSON.stringify(settings)],
		cwd: join(__dirname, '..'),
		logFile,
	});
	const credential = await eventually(`simulator ${name}`, 30_000, async () => {
		const line = (await readFile(logFile, 'utf8')).split('\n').find((text) => text.startsWith('{'));
		return line === undefined ? undefined : (JSON.parse(line) as Desk['credential']);
	});

	const call = async (method: string, path: string) =>
		await fetchText(method, credential.baseUrl + path, cert);
	return {
		...options,
		name,
		credential,
		status: async () =>
			JSON.parse(await call('GET', '/simulator/status')) as Awaited<ReturnType<Desk['status']>>,
		requests: async () => JSON.parse(await call('GET', '/simulator/requests')) as LoggedRequest[],
		messages: async () => JSON.parse(await call('GET', '/simulator/messages')) as LeftMessage[],
		reset: async () => {
			await call('POST', '/simulator/reset');
		},
	};
}

/** The global fetch cannot be told of a certificate authority. */
async function fetchText(method: string, url: string, ca: string): Promise<string> {
	const request = url.startsWith('https') ? httpsRequest : httpRequest;
	return await new Promise((resolve, reject) => {
		const sent = request(url, { method, ca }, (response) => {
			let text = '';
			response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
			response.on('end', () => resolve(text));
		});
		sent.once('error', reject);
		sent.end();
	});
}
