import { codesOf } from '../../asking/codes';
import { limit, returnAll } from '../../fields/lists';
import { flagOf, groupOf, nameOf, recordsOf } from '../answer';
import { defineOperation } from '../operation';

/** get_im_agent_list, https://cloud.tencent.com/document/product/269/111801; two spellings occur in Tencent's pages. */
export const getCustomerServiceAccounts = defineOperation({
	resource: 'customerServiceAccount',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get many customer service accounts',
	description: 'List the customer service accounts of the application',
	toolDescription:
		'Lists the accounts of customer service that users can talk with. They are no persons.',
	fields: { returnAll, limit },
	codes: codesOf({}),
	work: {
		kind: 'list',
		command: () => 'get_im_agent_list',
		body: () => ({}),
		pages: 'none',
		rows: ({ Data }) => recordsOf(Data),
		key: (account) => JSON.stringify(account),
		row: (account) => ({
			customerServiceAccount: nameOf(account.IMAgentUserId ?? account.IMAgentUserID),
			name: nameOf(account.IMAgentNick),
			isDefault: flagOf(account.IsDefault),
			agentGroup: groupOf(account.AgentGroupId),
			chatbot: nameOf(account.RobotId),
			avatar: nameOf(account.IMAgentAvatarUrl),
		}),
		words: ['customer service account', 'customer service accounts'],
	},
});
