import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { CREDENTIAL_TYPE } from '../shared/api/callDesk';
import {
	orAny,
	searchAgentGroups,
	searchAgents,
	searchCustomerServiceAccounts,
} from '../shared/lists/listSearch';
import { ANY_AGENT, ANY_GROUP } from '../shared/lists/locators';
import { outputModeOf, canPairInput } from '../shared/n8n/output';
import type { Done } from './run/done';
import { PROPERTIES, SUBTITLE } from './description/properties';
import { forEachItem } from './run/forEachItem';
import { openRun, runItem, type Run } from './run/runItem';
import { wantsRaw } from './fields/field';
import { stopError, itemsOf } from './output/items';

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
		subtitle: SUBTITLE,
		description:
			'Work with Tencent Cloud Desk: send messages to users, look up and end sessions, and see who is free to serve them',
		defaults: { name: 'Tencent Desk' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: CREDENTIAL_TYPE, required: true }],
		properties: PROPERTIES,
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
		const items = this.getInputData();
		const mode = outputModeOf(this);
		const run = openRun(this, mode);
		const isEnough = ({ kind }: Done) => mode === 'stop' && kind === 'failed';

		const ended = await forEachItem(
			{
				count: items.length,
				isChange: run.operation?.work.kind === 'change',
				isStopped: run.isStopped,
			},
			async (i) => await runItem(this, i, run),
			isEnough,
		);
		// A throw would turn a cancelled execution into a failed one; n8n goes no further with what is returned.
		const culprit = run.isStopped() ? -1 : ended.findIndex((done) => done && isEnough(done));
		const failed = ended[culprit];
		if (failed?.kind === 'failed') throw stopError(this.getNode(), failed.failure, culprit);
		if (run.mode !== 'tool') showHint(this, ended);
		return [leave(this, ended, run)];
	}
}

/** One for all items. Older versions of n8n cannot show it. */
function showHint(context: IExecuteFunctions, ended: Array<Done | undefined>): void {
	const hints = ended.map((done) => (done?.kind === 'results' ? done.hint : undefined));
	const [first, ...more] = hints.filter((hint) => hint !== undefined);
	if (first === undefined) return;
	const others = more.length === 0 ? '' : ` Nor for ${more.length} more of the items.`;
	context.addExecutionHints?.({
		message: `${first}${others}`,
		type: 'info',
		location: 'outputPane',
	});
}

function leave(
	context: IExecuteFunctions,
	ended: Array<Done | undefined>,
	{ mode, parameterOf }: Run,
): INodeExecutionData[] {
	const canPair = canPairInput(context);
	return ended.flatMap((done, i) => {
		if (done === undefined || done.kind === 'stopped') return [];
		return itemsOf(done, i, {
			mode,
			includeRaw: wantsRaw((name) => parameterOf(name, i)),
			canPair: mode === 'errorOutput' && done.kind === 'failed' && canPair(i),
		});
	});
}
