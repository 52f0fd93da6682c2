import { OUTPUT_NAMES } from '../../nodes/ContactUser/description';
import type { Execution, Item } from '../../test/n8n/api';
import { CREDENTIAL_TYPE } from '../../test/n8n/deskNodes';
import { readExample } from '../../test/n8n/examples';
import { parametersOf, type Workflow } from '../../test/n8n/workflow';
import type { Target } from './target';

/** The nodes of the example that are named here, by what they are for. */
export const NODES = {
	trigger: "When clicking 'Execute workflow'",
	deals: 'CRM Deals',
	stage: 'Deal Reached the Stage',
	contactUser: 'Contact User',
} as const;

/** The name that n8n gives to a first credential. */
export const CREDENTIAL_NAME = 'Tencent Desk account';

/** One item on its way out of Contact User. */
export interface Row {
	userId: string;
	output: string;
	message: string;
	advice: string;
	/** Position of the deal it comes from. */
	deal: number;
}

/** The example with its credential chosen, and with other contacts where the target brings its own. */
export function exampleWorkflow(target: Target, credentialId: string): Workflow {
	const workflow = readExample('crm-deal-stage.json');
	for (const node of workflow.nodes) {
		if (node.name !== NODES.contactUser) continue;
		node.credentials = { [CREDENTIAL_TYPE]: { id: credentialId, name: CREDENTIAL_NAME } };
	}
	if (target.contacts === undefined) return workflow;

	const { account, userIds } = target.contacts;
	const deals = userIds.map((userId) => ({
		StageName: 'Negotiation/Review',
		Tencent_User_ID__c: userId,
	}));
	parametersOf(workflow, NODES.deals).jsonOutput = JSON.stringify({ deals });
	parametersOf(workflow, NODES.contactUser).customerServiceAccount = {
		__rl: true,
		mode: 'id',
		value: account,
	};
	return workflow;
}

/** Number of deals that reached the stage at which an agent contacts the customer. */
export function dealsOf(execution: Execution): number {
	const [deals] = execution.outputs(NODES.stage);
	return deals.length;
}

/** What left Contact User, in the order of the deals. */
export function rowsOf(execution: Execution): Row[] {
	const rows = execution
		.outputs(NODES.contactUser)
		.flatMap((items, output) => items.map((item) => rowOf(item, OUTPUT_NAMES[output] ?? 'Error')));
	return rows.sort((a, b) => a.deal - b.deal);
}

function rowOf({ json, pairedItem }: Item, output: string): Row {
	// By the Error output, what Contact User says is under `error`.
	const fields = { ...json, ...(json.error as Item['json'] | undefined) };
	const text = (field: string) => String(fields[field] ?? '');
	return {
		output,
		userId: text('userId'),
		message: text('message'),
		advice: text('advice'),
		deal: (pairedItem as { item: number }).item,
	};
}
