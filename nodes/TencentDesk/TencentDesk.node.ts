import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { isCancelled } from '../shared/delivery/process';
import { openRetryMemory, retryContextOf, THIS_PROCESS } from '../shared/delivery/retryMemory';
import { DEFAULT_SETTINGS, forEachItem, openRun } from '../shared/delivery/run';
import { CREDENTIAL_TYPE } from '../shared/desk/callDesk';
import {
	orAny,
	searchAgentGroups,
	searchAgents,
	searchCustomerServiceAccounts,
} from '../shared/n8n/listSearch';
import { ANY_AGENT, ANY_GROUP } from '../shared/n8n/locators';
import { canPairInput, mayRunAgain, outputModeOf } from '../shared/n8n/output';
import { PROPERTIES, SUBTITLE } from './description/properties';
import { wantsRaw } from './fields/field';
import { itemsOf, stopError } from './output/items';
import { newItem, openDeskRun, runItem, type DeskRun } from './run/runItem';
import type { Worked } from './run/work';

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
		// An agent decides itself whether to call its tool again.
		const memory = openRetryMemory(
			mode === 'tool' ? undefined : retryContextOf(this),
			THIS_PROCESS,
		);
		let stoppedAt: number | undefined;
		const run = openRun(this, DEFAULT_SETTINGS, {
			memory,
			onEnded: (ended, itemIndex) => {
				// What is only left over from an earlier run stops nothing by itself.
				if (mode !== 'stop' || ended.kind !== 'failed' || ended.fromEarlierTry) return;
				stoppedAt ??= itemIndex;
				run.scheduler.halt();
			},
		});
		const deskRun = openDeskRun(this, mode);
		const worked = this.getInputData().map(newItem);
		await forEachItem(
			run,
			worked,
			async (item, record) => await runItem(this, item, deskRun, record),
		);

		let outputs: INodeExecutionData[][] | undefined;
		try {
			// A throw would turn a cancelled execution into a failed one; n8n goes no further with what is returned.
			if (stoppedAt !== undefined && !isCancelled(this)) {
				throw stopError(this.getNode(), worked, stoppedAt);
			}
			outputs = [leave(this, worked, deskRun)];
			return outputs;
		} finally {
			// A later run must know what was done, whatever made this one fail.
			if (outputs === undefined || mayRunAgain(this.getNode(), outputs)) memory.keep();
			else memory.forget();
		}
	}
}

function leave(
	context: IExecuteFunctions,
	worked: Worked[],
	{ mode, parameterOf }: DeskRun,
): INodeExecutionData[] {
	const canPair = canPairInput(context);
	return worked.flatMap((one, i) =>
		itemsOf(one, i, {
			mode,
			includeRaw: wantsRaw((name) => parameterOf(name, i)),
			canPair: mode === 'errorOutput' && one.ended.kind === 'failed' && canPair(i),
		}),
	);
}
