import { strict as assert } from 'node:assert';

import { runManually, type Execution } from '../../n8n/api';
import { CREDENTIAL } from '../../n8n/deskNodes';
import { readExample } from '../../n8n/examples';
import { parametersOf, type Workflow } from '../../n8n/workflow';
import type { Case, Lab } from '../lab';
import {
	contactedUsers,
	fieldsOf,
	importExample,
	leaving,
	MANUAL_TRIGGER,
	runExample,
	triesOf,
	type Credentials,
} from './exampleFile';

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
	'Deal without a user': 'configurationError',
	'Imported from a fair': 'configurationError',
	'Add-on package': 'userUnavailable',
};
/** No agent is free for them. */
const LEFT_OPEN = ['Late call, Pacific time', 'Upgrade to premium'];
const EVERY_DEAL = [...LEFT_OPEN, ...Object.keys(WRITTEN_BACK)].sort();

/** Nothing of this deal was sent, whatever is wrong with the application. */
const OWN_FAULT = { 'Deal without a user': 'configurationError' };

/** Ways in which nobody is contacted and no deal is to blame: the credentials to run with. */
const NO_CONTACTS: Record<string, (lab: Lab) => Credentials> = {
	'there is no credential': () => ({}),
	'the secret key is wrong': ({ simulator }) => {
		simulator.world.apps[0].secretKey = 'changed-in-the-console';
		return CREDENTIAL;
	},
	'contacting is turned off for the application': ({ simulator }) => {
		simulator.world.apps[0].contactUser = false;
		return CREDENTIAL;
	},
};

const PIPEDRIVE_KEY = '0123456789abcdef0123456789abcdef01234567';
const STAGE = 'Negotiation/Review';

/** A deal with a user and one without, as n8n's node for that CRM gives a deal, and what the note says of them. */
const OTHER_CRMS = {
	HubSpot: {
		fields: {
			dealId: '{{ $json.dealId }}',
			dealStage: '{{ $json.properties.dealstage.value }}',
			userId: "{{ $json.properties.tencent_user_id?.value ?? '' }}",
		},
		deals: [
			{ dealId: 1, properties: { dealstage: { value: STAGE }, tencent_user_id: { value: 'mia' } } },
			{ dealId: 2, properties: { dealstage: { value: STAGE } } },
		],
	},
	Salesforce: {
		fields: {
			dealId: '{{ $json.Id }}',
			dealStage: '{{ $json.StageName }}',
			userId: "{{ $json.Tencent_User_ID__c ?? '' }}",
		},
		deals: [
			{ Id: '1', StageName: STAGE, Tencent_User_ID__c: 'mia' },
			{ Id: '2', StageName: STAGE, Tencent_User_ID__c: null },
		],
	},
	Pipedrive: {
		fields: {
			dealId: '{{ $json.id }}',
			dealStage: '{{ $json.stage_id }}',
			userId: `{{ $json.custom_fields['${PIPEDRIVE_KEY}'] ?? '' }}`,
		},
		deals: [
			{ id: 1, stage_id: STAGE, custom_fields: { [PIPEDRIVE_KEY]: 'mia' } },
			{ id: 2, stage_id: STAGE, custom_fields: { [PIPEDRIVE_KEY]: null } },
		],
	},
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
			assert.equal(execution.runs('Update Deal in CRM').length, 1, 'once for all four outputs');
			for (const update of updates) {
				const moved = update.stage === 'In Conversation';
				assert.equal(moved, update.outcome === 'contacted');
				assert.ok(
					String(update.stage).length > 0,
					'each deal has a stage, so one node can write all',
				);
				assert.ok(String(update.note).length > 10, 'a note says what happened');
			}
			assert.deepEqual(contactedUsers(lab), ['amira-haddad', 'kenji-sato', 'maria-lopez']);
			assert.deepEqual(leftOpen(workflow, execution), LEFT_OPEN);
			assert.ok(!('lena-vogel' in triesOf(lab)), 'a deal in another stage');
			assert.ok(!('omar-farouk' in triesOf(lab)), 'a deal that has its outcome already');
		},
	},
	{
		name: `example ${FILE}: a contact that fails or may have been made closes its deal only, one that Desk was too busy for leaves it open`,
		run: async (lab) => {
			const workflow = readExample(FILE);
			const deals = parametersOf(workflow, 'CRM Deals');
			deals.jsonOutput = String(deals.jsonOutput)
				.replace('maria-lopez', 'answer-141009.maria')
				.replace('kenji-sato', 'fault-reset-commit-blind.kenji')
				.replace('amira-haddad', 'fault-http403.amira');
			const execution = await runExample(lab, workflow);
			assert.equal(execution.status, 'success', execution.error?.message);
			const { 'Yearly plan, 40 seats': busy, ...others } = WRITTEN_BACK;
			assert.equal(busy, 'contacted');
			assert.deepEqual(outcomesOf(workflow, leaving(execution, 'Update Deal in CRM')), {
				...others,
				'Pilot for two branches': 'unconfirmed',
				Renewal: 'failed',
			});
			const open = leftOpen(workflow, execution);
			assert.deepEqual(open, [...LEFT_OPEN, 'Yearly plan, 40 seats'].sort());
		},
	},
	...Object.entries(NO_CONTACTS).map(([cause, bring]) => ({
		name: `example ${FILE}: ${cause}, so all deals stay open but one that is at fault itself`,
		run: async (lab: Lab) => {
			const workflow = readExample(FILE);
			const id = await importExample(lab, workflow, bring(lab));
			const execution = await runManually(lab.n8n.rest, id, MANUAL_TRIGGER);
			assert.equal(execution.status, 'success', execution.error?.message);
			const updates = leaving(execution, 'Update Deal in CRM');
			assert.deepEqual(outcomesOf(workflow, updates), OWN_FAULT);
			const open = EVERY_DEAL.filter((deal) => !(deal in OWN_FAULT));
			assert.deepEqual(leftOpen(workflow, execution), open);
			assert.deepEqual(contactedUsers(lab), []);
		},
	})),
	...Object.entries(OTHER_CRMS).map(([crm, { fields, deals }]) => ({
		name: `example ${FILE}: the fields of ${crm} go into one node, as its note says`,
		run: async (lab: Lab) => {
			const workflow = readExample(FILE);
			const { content } = parametersOf(workflow, 'About Your Fields');
			const expressions = Object.entries(fields);
			for (const [name, expression] of expressions) {
				const inNote = `\`${name}\` \`${expression.replace(PIPEDRIVE_KEY, 'key')}\``;
				assert.ok(String(content).includes(inNote), `the note says ${inNote}`);
				const field = fieldsOf(workflow, 'Your Fields').find((each) => each.name === name);
				assert.ok(field);
				field.value = `=${expression}`;
			}
			parametersOf(workflow, 'CRM Deals').jsonOutput = JSON.stringify({ deals });
			const execution = await runExample(lab, workflow);
			const updates = leaving(execution, 'Update Deal in CRM');
			assert.deepEqual(
				updates.map(({ dealId, outcome }) => [dealId, outcome]),
				[
					['1', 'contacted'],
					['2', 'configurationError'],
				],
			);
			assert.deepEqual(contactedUsers(lab), ['mia']);
		},
	})),
];

/** Outcomes by the name of the deal; a deal that is updated twice is complained about. */
function outcomesOf(workflow: Workflow, updates: Array<Record<string, unknown>>) {
	const names = namesOf(workflow, updates);
	return Object.fromEntries(updates.map(({ outcome }, index) => [names[index], outcome]));
}

function leftOpen(workflow: Workflow, execution: Execution): string[] {
	return namesOf(workflow, leaving(execution, 'Deal Left Open')).sort();
}

function namesOf(workflow: Workflow, items: Array<Record<string, unknown>>): string[] {
	const sample = parametersOf(workflow, 'CRM Deals').jsonOutput as string;
	const { deals } = JSON.parse(sample) as { deals: Deal[] };
	const nameOf = new Map(deals.map(({ Id, Name }) => [Id, Name]));
	const names = items.map(
		({ dealId }) => nameOf.get(dealId as string) ?? `unknown ${String(dealId)}`,
	);
	assert.equal(new Set(names).size, names.length, 'each deal once');
	return names;
}
