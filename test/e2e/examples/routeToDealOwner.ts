import { strict as assert } from 'node:assert';
import { setTimeout as wait } from 'node:timers/promises';

import { activate } from '../../n8n/api';
import { letDeskCall } from '../../n8n/deskCalls';
import { readExample } from '../../n8n/examples';
import { parametersOf } from '../../n8n/workflow';
import type { Case } from '../lab';
import { withServer } from '../localServer';
import { importExample } from './exampleFile';
import { eventUrlOf } from './webhookExample';

const FILE = 'route-to-deal-owner.json';
const OK = { ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '' };

/** What the CRM answers about the deal of a user, and who gets the session; nobody in particular where Desk decides. */
const CUSTOMERS: Record<
	string,
	{ deal?: string; status?: number; waitMs?: number; owner?: string }
> = {
	'owner-free': { deal: owned('anna@example.com'), owner: 'anna@example.com' },
	'owner-on-a-break': { deal: owned('chen@example.com') },
	'owner-no-agent': { deal: owned('nobody@example.com') },
	'owner-is-nonsense': { deal: owned('Ann Smith ü') },
	'deal-without-owner': { deal: '{"owner":null}' },
	'no-json': { deal: '<html></html>' },
	'unknown-customer': { status: 404 },
	'crm-fails': { status: 500 },
	'crm-is-slow': { deal: owned('anna@example.com'), waitMs: 3000 },
};

function owned(email: string): string {
	return JSON.stringify({ owner: { email } });
}

export const routeToDealOwner: Case[] = [
	{
		name: `example ${FILE}: the owner who is free gets the session; in every other case Desk decides, in time`,
		run: async (lab) =>
			await withServer(
				async ({ url }, response) => {
					const userId = new URL(url ?? '', 'http://crm').searchParams.get('userId') ?? '';
					const { deal = '{}', status = 200, waitMs = 0 } = CUSTOMERS[userId] ?? { status: 400 };
					await wait(waitMs);
					response.writeHead(status, { 'content-type': 'application/json' }).end(deal);
				},
				async (crm) => {
					const workflow = readExample(FILE);
					parametersOf(workflow, 'Find the Owner in the CRM').url = `${crm}/deals`;
					const id = await importExample(lab, workflow);
					await activate(lab.n8n.rest, id);
					const url = await eventUrlOf(lab, id);
					for (const [userId, { owner }] of Object.entries(CUSTOMERS)) {
						const { json } = await letDeskCall(lab, url, { call: 'assign', userId });
						const wanted = owner === undefined ? OK : { ...OK, AgentIdList: [owner] };
						assert.deepEqual([userId, json], [userId, wanted]);
					}
				},
			),
	},
];
