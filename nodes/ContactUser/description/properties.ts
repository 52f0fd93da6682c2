import type { INodeProperties } from 'n8n-workflow';

import {
	AGENT,
	AGENT_GROUP,
	ANY_AGENT,
	ANY_GROUP,
	CUSTOMER_SERVICE_ACCOUNT,
	optional,
} from '../../shared/lists/locators';
import { OPTIONS } from './options';

const ONLY_FOR_TOOLS: INodeProperties['displayOptions'] = { show: { '@tool': [true] } };

/** What the model reads of the tool, unless the builder changes it. */
export const TOOL_DESCRIPTION = `Asks a live (human) agent of customer service to contact the user. Call it once, when the user wants a human or you cannot help.
Returns outcome, and message, a sentence for the user. Only if outcome is "contacted" was a live agent reached: otherwise, also if nothing comes back, never say or hint that the user is connected, transferred or about to be contacted.
agentUnavailable: offer to try again later. unconfirmed: do not call again. The other fields are not for the user.
Leave agent and agent group empty unless you were told which.`;

/** What only the tool of an AI Agent has, before all others. */
const TOOL_PROPERTIES: INodeProperties[] = [
	{
		// n8n would add a parameter of this name itself; a text for it in `usableAsTool.replacements` would be shown in
		// the editor, but a run would give the model the description of the node (`NodeTypes.getByNameAndVersion`).
		displayName: 'Description',
		name: 'toolDescription',
		type: 'string',
		typeOptions: { rows: 8 },
		default: TOOL_DESCRIPTION,
		required: true,
		description: 'When the model is to call this tool, and what the answers mean',
		displayOptions: ONLY_FOR_TOOLS,
	},
	{
		displayName:
			"Do not let the AI fill in User ID: a user could talk it into having somebody else contacted. Take it by name from the node that starts the chat, for example $('Webhook').item.json.userId. The AI can overwrite what begins with $json. Let every chat start an execution of its own.",
		name: 'userIdNotice',
		type: 'notice',
		default: '',
		displayOptions: ONLY_FOR_TOOLS,
	},
];

/** What the builder sees, from top to bottom. Names are stored in workflows and never change. */
export const PROPERTIES: INodeProperties[] = [
	...TOOL_PROPERTIES,
	{
		...CUSTOMER_SERVICE_ACCOUNT,
		description: 'The account of your Desk application in whose name the agent contacts the user',
	},
	{
		displayName: 'User ID',
		name: 'userId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. crm-4711',
		description: 'The UserID of the user to contact, as in your Tencent Chat application',
	},
	{
		...optional(AGENT_GROUP, ANY_GROUP),
		description:
			'The group (skill group) to choose the agent from. With any group, Desk chooses by its own assignment strategy.',
	},
	{
		...optional(AGENT, ANY_AGENT),
		description:
			'The agent who contacts the user. With any agent, Desk chooses by its own assignment strategy. The list shows the agents of the chosen group, or all of them.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: OPTIONS,
	},
];
