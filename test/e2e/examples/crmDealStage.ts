import { strict as assert } from 'node:assert';

import { readExample } from '../../n8n/examples';
import { parametersOf, type Workflow } from '../../n8n/workflow';
import type { Case } from '../lab';
import { contactedUsers, leaving, runExample, triesOf } from './exampleFile';

const FILE = 'crm-deal-stage.json';

interface Deal {
	Id: string;
	Name: string;
	Tencent_User_ID__c: string | null;
}

/** What is written back to the deals of the sample that reached the stage. */
const WRITTEN_BACK: Record<string, string> = {
	'Yearly plan, 40 seats': 'contacted',
	'Pilot for two branches': 'contacted',
	Renewal: 'contacted',
	'Late call, Pacific time': 'agentUnavailable',
	'Upgrade to premium': 'agentUnavailable',
	'Deal without a user': 'configurationError',
	'Imported from a fair': 'configurationError',
	'Add-on package': 'userUnavailable',
};

export const crmDealStage: Case[] = [
	{
		name: `example ${FILE}: every deal that reached the stage gets its outcome back, the others are left alone`,
		run: async (lab) => {
			const workflow = readExample(FILE);
			const execution = await runExample(lab, workflow);
			assert.equal(execution.status, 'success', execution.error?.message);
			const updates = leaving(execution, 'Update Deal in CRM');
			assert.deepEqual(outcomesOf(workflow, updates), WRITTEN_BACK);
			for (const update of updates) {
				const contacted = update.Contact_Outcome__c === 'contacted';
				assert.equal(update.StageName, contacted ? 'In Conversation' : undefined);
				assert.ok(String(update.Contact_Note__c).length > 10, 'a note says what happened');
			}
			assert.deepEqual(contactedUsers(lab), ['amira-haddad', 'kenji-sato', 'maria-lopez']);
			assert.ok(!('lena-vogel' in triesOf(lab)), 'a deal in another stage');
			assert.ok(!('omar-farouk' in triesOf(lab)), 'a deal that has its outcome already');
		},
	},
	{
		name: `example ${FILE}: a contact that fails keeps no other deal from being written back`,
		run: async (lab) => {
			lab.simulator.plan('maria-lopez', { fault: 'http403' });
			const workflow = readExample(FILE);
			const execution = await runExample(lab, workflow);
			assert.equal(execution.status, 'success', execution.error?.message);
			assert.deepEqual(outcomesOf(workflow, leaving(execution, 'Update Deal in CRM')), {
				...WRITTEN_BACK,
				'Yearly plan, 40 seats': 'failed',
			});
			assert.deepEqual(contactedUsers(lab), ['amira-haddad', 'kenji-sato']);
		},
	},
];

/** Outcomes by the name of the deal; a deal that is updated twice is complained about. */
function outcomesOf(workflow: Workflow, updates: Array<Record<string, unknown>>) {
	const sample = parametersOf(workflow, 'CRM Deals').jsonOutput as string;
	const { deals } = JSON.parse(sample) as { deals: Deal[] };
	const nameOf = new Map(deals.map(({ Id, Name }) => [Id, Name]));
	const names = updates.map(({ Id }) => nameOf.get(Id as string) ?? `unknown ${String(Id)}`);
	assert.equal(new Set(names).size, names.length, 'each deal once');
	return Object.fromEntries(
		updates.map(({ Contact_Outcome__c }, index) => [names[index], Contact_Outcome__c]),
	);
}
