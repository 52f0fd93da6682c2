import { strict as assert } from 'node:assert';

import { CREDENTIAL, CREDENTIAL_TYPE } from '../n8n/deskNodes';
import { runBatch, type Case } from './lab';
import { withServer } from './localServer';
import type { NodeSketch } from '../n8n/workflow';

const COMMAND = '/v4/desk_http_svc/get_member_group_list';

export const httpRequestNode: Case[] = [
	{
		name: 'HTTP Request node: the credential signs another Desk command, by a URL as Tencent documents it',
		run: async (lab) => {
			const documented = `${COMMAND}?sdkappid=88888888&identifier=admin&usersig=xxx&random=99999999&contenttype=json`;
			const node = httpRequest(lab.simulator.url + documented);
			const execution = await runBatch(lab, ['anybody'], [node], []);
			assert.equal(execution.status, 'success', execution.error?.message);
			const [[{ json }]] = execution.outputs(node.name);
			assert.equal(json.ActionStatus, 'OK', JSON.stringify(json));
			const groups = json.MemberGroupList as Array<{ MemberGroupName: string }>;
			assert.ok(groups.some(({ MemberGroupName }) => MemberGroupName === 'Sales'));
		},
	},
	{
		name: 'HTTP Request node: a foreign host is refused by name, and never sees a signature',
		run: async (lab) => {
			const requests: string[] = [];
			await withServer(
				(request, response) => {
					requests.push(request.url ?? '');
					response.end('{}');
				},
				async (foreignUrl) => {
					const execution = await runBatch(
						lab,
						['anybody'],
						[httpRequest(foreignUrl + COMMAND)],
						[],
					);
					assert.equal(execution.status, 'error');
					assert.match(execution.error?.message ?? '', new RegExp(`to ${lab.simulator.url} only`));
				},
			);
			assert.deepEqual(requests, []);
		},
	},
];

function httpRequest(url: string): NodeSketch {
	return {
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		credentials: CREDENTIAL,
		parameters: {
			method: 'POST',
			url,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: CREDENTIAL_TYPE,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '{ "PageSize": 100, "PageNumber": 1 }',
			options: {},
		},
	};
}
