import { strict as assert } from 'node:assert';

import { testCredential } from '../n8n/api';
import { CREDENTIAL_TYPE } from '../n8n/deskNodes';
import { freePort } from '../n8n/waiting';
import type { Case, Lab } from './lab';
import { withServer } from './localServer';

/** What a builder mistyped, and the words that tell it: of Desk, and of the credential itself. Which code has which words is told by its unit test. */
const MISTAKES: Array<[mistake: string, fields: Record<string, string>, says: RegExp]> = [
	[
		'a wrong secret key',
		{ secretKey: 'a-wrong-key-of-this-test' },
		/secret key does not belong to this SDKAppID/,
	],
	['an SDKAppID with letters', { sdkAppId: '14000000xx' }, /SDKAppID.*not a number/],
	['plain http to another machine', { baseUrl: 'http://192.0.2.1' }, /must start with https/],
];

export const credentialTests: Case[] = [
	{
		name: 'credential test: the right values connect',
		run: async (lab) => {
			assert.deepEqual(await test(lab, {}), { status: 'OK', message: 'Connection successful!' });
		},
	},
	...MISTAKES.map(([mistake, fields, says]) => ({
		name: `credential test: ${mistake} is told as such`,
		run: (lab: Lab) => assertRefused(lab, fields, says),
	})),
	{
		name: 'credential test: a host that does not answer is told as such',
		run: async (lab) => {
			const baseUrl = `http://127.0.0.1:${await freePort()}`;
			// n8n shows nothing but the code of the socket here, whatever a credential says.
			await assertRefused(lab, { baseUrl }, /ECONNREFUSED/);
		},
	},
	{
		name: 'credential test: a web page with status 200 is not taken for Desk',
		run: async (lab) => {
			await withServer(
				(_request, response) =>
					response.setHeader('content-type', 'text/html').end('<h1>Welcome</h1>'),
				(baseUrl) => assertRefused(lab, { baseUrl }, /not the Desk API/),
			);
		},
	},
];

async function assertRefused(
	lab: Lab,
	fields: Record<string, string>,
	says: RegExp,
): Promise<void> {
	const { status, message } = await test(lab, fields);
	assert.equal(status, 'Error', message);
	assert.match(message, says);
	for (const secret of lab.secrets)
		assert.ok(!message.includes(secret), 'the message holds a secret');
}

async function test({ n8n, simulator, secrets }: Lab, fields: Record<string, string>) {
	const data = { ...simulator.credential, ...fields };
	secrets.add(data.secretKey);
	return await testCredential(n8n.rest, { name: 'Being typed', type: CREDENTIAL_TYPE, data });
}
