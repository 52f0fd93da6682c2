import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { DEFAULT_ACCOUNT } from '../../simulator/world';
import { byId } from './desk';

/** Every parameter is an expression of the item. */
export const FROM_ITEM: INodeParameters = {
	userId: '={{ $json.userId }}',
	customerServiceAccount: byId('={{ $json.account }}'),
	agentGroup: byId('={{ $json.group }}'),
	agent: byId('={{ $json.agent }}'),
};

/** An item for these parameters whose contact succeeds. */
export const good = (userId: string): IDataObject => ({
	userId,
	account: DEFAULT_ACCOUNT,
	group: 1001,
	agent: 'anna@example.com',
});
