import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type NodeExecutionHint,
} from 'n8n-workflow';

import { NOT_TRIED } from '../shared/delivery/command';
import { DEFAULT_SETTINGS } from '../shared/delivery/run';
import { CREDENTIAL_TYPE } from '../shared/desk/callDesk';
import {
	ANY_GROUP,
	ANY_AGENT,
	orAny,
	searchAgentGroups,
	searchAgents,
	searchCustomerServiceAccounts,
} from '../shared/n8n/locators';
import { canPairInput, hintOf, nounFor } from '../shared/n8n/output';
import { runItems, outputModeOf, type OutputMode } from '../shared/n8n/runItems';
import { TENCENT_DESK_PROPERTIES, TENCENT_DESK_SUBTITLE } from './description';
import { itemsOf, stopErrorOfOperation } from './output';
import { openDeskRun, runItem } from './runItem';
import type { Worked } from './work';

export class TencentDesk implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Tencent Desk',
		name: 'tencentDesk',
		icon: {
			light: 'file:../../icons/tencentDesk.svg',
			dark: 'file:../../icons/tencentDesk.dark.svg',
		},
		group: ['output'],
		version: 1,
		subtitle: TENCENT_DESK_SUBTITLE,
		description:
			'Send messages to users of Tencent Cloud Desk, look up and end sessions, and see who is free',
		defaults: { name: 'Tencent Desk' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: CREDENTIAL_TYPE, required: true }],
		properties: TENCENT_DESK_PROPERTIES,
	};

	methods = {
		listSearch: {
			searchCustomerServiceAccounts,
			searchAgents,
			searchAgentGroups,
			searchAgentsOrAny: orAny(searchAgents, ANY_AGENT),
			searchAgentGroupsOrAny: orAny(searchAgentGroups, ANY_GROUP),
		},
	};

	/**
	 * Does the chosen operation for every item.
	 * @throws one NodeApiError or NodeOperationError under On Error = Stop Workflow, when it failed for an item; nothing in
	 * any other mode, since n8n would then hand on the untouched inputs as if all was well
	 */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const mode = outputModeOf(this);
		const deskRun = openDeskRun(this, mode);
		const items = this.getInputData();
		const worked = items.map((): Worked => ({ ended: NOT_TRIED }));
		return await runItems(this, {
			mode,
			settings: DEFAULT_SETTINGS,
			records: worked,
			work: async (item, record) => await runItem(this, item, deskRun, record),
			isError: ({ kind }) => kind === 'failed',
			stopError: (itemIndex) => {
				const isChange = deskRun.operation?.work.kind === 'change';
				return stopErrorOfOperation(this.getNode(), worked, itemIndex, isChange);
			},
			outputs: () => [leave(this, items, worked, mode)],
		});
	}
}

function leave(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	worked: Worked[],
	mode: OutputMode,
): INodeExecutionData[] {
	// Older versions of n8n cannot show them.
	if (mode !== 'tool') context.addExecutionHints?.(...hintsOf(worked));
	const canPair = canPairInput(context);
	return worked.flatMap((one, i) =>
		itemsOf(one, i, {
			mode,
			input: items[i]?.json ?? {},
			canPair: mode === 'errorOutput' && one.ended.kind === 'failed' && canPair(i),
		}),
	);
}

function hintsOf(worked: Worked[]): NodeExecutionHint[] {
	const isSimulated = worked.some(({ options }) => options?.simulateOnly);
	const simulated = isSimulated ? ['Simulate Only is on: nothing was changed.'] : [];
	const [first, ...more] = worked.flatMap(({ found }) => found?.hint ?? []);
	const others =
		more.length === 0 ? '' : ` The same applies to ${nounFor(more.length, 'more item')}.`;
	const lines = [...simulated, ...(first === undefined ? [] : [`${first}${others}`])];
	return hintOf(lines, isSimulated ? 'warning' : 'info');
}
