import { strict as assert } from 'node:assert';

import { createCredential } from '../n8n/api';
import { contactUser, CREDENTIAL_TYPE, OUTPUTS } from '../n8n/deskNodes';
import { runBatch, type Case, type Lab } from './lab';

/** A credential with an expression in it, and what a builder is told about an item. */
const EXPRESSIONS: Array<
	[what: string, fields: Record<string, string>, says: RegExp, advises: RegExp]
> = [
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

export const credentialExpressions: Case[] = EXPRESSIONS.flatMap(
	([what, fields, says, advises]): Case[] => [
		{
			name: `expression in the credential: ${what}, is told of the item`,
			run: async (lab) => {
				const credentials = await credentialWith(lab, fields);
				const node = contactUser({ credentials });
				const execution = await runBatch(lab, ['mia'], [node], OUTPUTS);
				const [{ json }] = execution.outputs(node.name)[2];
				assert.match(String(json.message), says);
				assert.match(String(json.advice), advises);
				assert.deepEqual(lab.simulator.requests, []);
			},
		},
		{
			name: `expression in the credential: ${what}, cannot serve a list, which says so`,
			run: async (lab) => {
				const credentials = await credentialWith(lab, fields);
				await assert.rejects(
					lab.n8n.rest.post('/rest/dynamic-node-parameters/resource-locator-results', {
						path: 'parameters.customerServiceAccount',
						methodName: 'searchCustomerServiceAccounts',
						nodeTypeAndVersion: { name: 'n8n-nodes-tencent-desk.contactUser', version: 1 },
						currentNodeParameters: {},
						credentials,
					}),
					/Enter fixed values in the credential\. Or choose By ID and enter the ID\./,
				);
				assert.deepEqual(lab.simulator.requests, []);
			},
		},
	],
);

async function credentialWith({ n8n, simulator }: Lab, fields: Record<string, string>) {
	const name = `With ${Object.values(fields).join()}`;
	const data = { ...simulator.credential, ...fields };
	const id = await createCredential(n8n.rest, { name, type: CREDENTIAL_TYPE, data });
	return { [CREDENTIAL_TYPE]: { id, name } };
}
