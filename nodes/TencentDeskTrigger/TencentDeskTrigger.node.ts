import {
	NodeConnectionTypes,
	type IDataObject,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { CREDENTIAL_TYPE } from '../shared/desk/callDesk';
import type { SessionRecord } from '../shared/desk/session';
import { searchAgentGroups, searchAgents } from '../shared/n8n/listSearch';
import { PROPERTIES } from './description';
import { pollOnce, showNewest, unlessUnderWay } from './pollDesk';

export class TencentDeskTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Tencent Desk Trigger',
		name: 'tencentDeskTrigger',
		icon: {
			light: 'file:../../icons/tencentDesk.svg',
			dark: 'file:../../icons/tencentDesk.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: 'Session ended',
		// The list of nodes shows one entry for the trigger and for Tencent Desk, and this under its name.
		description:
			'Starts when a session has ended; actions for messages, sessions and agents of Tencent Desk',
		defaults: { name: 'Tencent Desk Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL_TYPE, required: true }],
		properties: PROPERTIES,
	};

	methods = {
		listSearch: { searchAgentGroups, searchAgents },
	};

	/**
	 * Gives one item for each session record that was not given before; null when there is none, since n8n would start an
	 * execution for an empty list. Its memory changes only together with what it gives.
	 * @throws NodeApiError when Desk could not be asked, NodeOperationError when the node cannot work as it is set up
	 */
	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const records =
			this.getMode() === 'manual'
				? await showNewest(this)
				: await unlessUnderWay(this, async (meanwhile) => await pollOnce(this, meanwhile));
		if (records === undefined || records.length === 0) return null;
		return [records.map(toItem)];
	}
}

function toItem(record: SessionRecord): INodeExecutionData {
	return { json: { ...record } satisfies IDataObject };
}
