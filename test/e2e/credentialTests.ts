import { strict as assert } from 'node:assert';

import { createCredential, testCredential } from '../n8n/api';
import { contactUser, CREDENTIAL_TYPE, OUTPUTS } from '../n8n/deskNodes';
import { freePort } from '../n8n/waiting';
import { runBatch, type Case, type Lab } from './lab';
import { withServer } from './localServer';

type Fields = Record<string, string>;

/** What a builder mistyped, and the words that tell it. Which code has which words is told by its unit test. */
const MISTAKES: Array<[mistake: string, fields: Fields, says: RegExp]> = [
	[
		'a wrong secret key',
		{ secretKey: 'a-wrong-key-of-this-test' },
		/secret key does not belong to this SDKAppID/,
	],
	['an SDKAppID with letters', { sdkAppId: '14000000xx' }, /SDKAppID.*not a number/],
];

/** What n8n's own engine makes of an expression in the credential, which the tests without a server cannot tell. */
const EXPRESSIONS: Array<[what: string, fields: Fields, says: RegExp, advises: RegExp]> = [
	[
		'$env, which n8n blocks',
		{ secretKey: '={{ $env.DESK_KEY }}' },
		/n8n could not resolve an expression/,
		/^Correct the expression in the credential/,
	],
	[
		'a field that the item does not have',
		{ sdkAppId: '={{ $json.app }}' },
		/^The SDKAppID of the credential is empty for this item\.$/,
		/expression/,
	],
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
		name: 'credential test: a host that does not answer, and a web page with status 200, are not taken for Desk',
		run: async (lab) => {
			const nobody = `http://127.0.0.1:${await freePort()}`;
			// n8n shows nothing but the code of the socket here, whatever a credential says.
			await assertRefused(lab, { baseUrl: nobody }, /ECONNREFUSED/);
			await withServer(
				(_request, response) =>
					response.setHeader('content-type', 'text/html').end('<h1>Welcome</h1>'),
				(baseUrl) => assertRefused(lab, { baseUrl }, /not the Desk API/),
			);
		},
	},
	...EXPRESSIONS.map(([what, fields, says, advises]): Case => ({
		name: `expression in the credential: ${what}, is told of the item`,
		run: async (lab) => {
			const name = `With ${Object.values(fields).join()}`;
			const data = { ...lab.simulator.credential, ...fields };
			const id = await createCredential(lab.n8n.rest, { name, type: CREDENTIAL_TYPE, data });
			const node = contactUser({ credentials: { [CREDENTIAL_TYPE]: { id, name } } });
			const [{ json }] = (await runBatch(lab, ['mia'], [node], OUTPUTS)).outputs(node.name)[2];
			assert.match(String(json.message), says);
			assert.match(String(json.advice), advises);
			assert.deepEqual(lab.simulator.requests, []);
		},
	})),
];

async function assertRefused(lab: Lab, fields: Fields, says: RegExp): Promise<void> {
	const { status, message } = await test(lab, fields);
	assert.equal(status, 'Error', message);
	assert.match(message, says);
	for (const secret of lab.secrets) assert.ok(!message.includes(secret), 'it holds a secret');
}

async function test({ n8n, simulator, secrets }: Lab, fields: Fields) {
	const data = { ...simulator.credential, ...fields };
	secrets.add(data.secretKey);
	return await testCredential(n8n.rest, { name: 'Being typed', type: CREDENTIAL_TYPE, data });
}
