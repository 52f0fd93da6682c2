import { NodeConnectionTypes, type INodeProperties, type INodeTypeDescription } from 'n8n-workflow';

import {
	AGENT,
	AGENT_GROUP,
	ANY_AGENT,
	ANY_GROUP,
	CUSTOMER_SERVICE_ACCOUNT,
	optional,
} from '../shared/n8n/locators';
import { RUN_OPTIONS } from './options';

/** The outputs of the node. Connections are stored by position: append only. */
export const OUTPUT_NAMES = ['Contacted', 'No Agent', 'Config Error', 'Other'] as const;

/** What turns the option Single Output on. */
export const ON = /^\s*(true|1)\s*$/i;

const outputsNamed = (...names: string[]) =>
	JSON.stringify(names.map((displayName) => ({ type: NodeConnectionTypes.Main, displayName })));

/**
 * One output when Single Output is on, else the four. Of `$rawParameter`, as `hasSingleOutput` reads it: n8n works the
 * outputs out without items, and an expression that fails there would leave the node without any.
 */
export const OUTPUTS: INodeTypeDescription['outputs'] = `={{ ${ON}.test(String($rawParameter.options?.singleOutput))
	? ${outputsNamed('All Outcomes')}
	: ${outputsNamed(...OUTPUT_NAMES)} }}`;

/** What the canvas shows of a fixed value: its list name or text; nothing of an expression, or of "Any agent". */
const FIXED =
	'(value, name) => (isExpression(value) || (value ?? "") === "" ? "" : name || String(value))';
const IS_EXPRESSION = '(value) => String(value ?? "").startsWith("=")';

/**
 * Under the node on the canvas, which cuts it after some 28 characters: whom it contacts, and how the agent is chosen.
 * Of `$rawParameter`, since the editor has no item to evaluate `{{ $json.userId }}` with and then shows no subtitle at
 * all (`getSimpleParameterValue`). Copied through JSON, since reading a drop-down's parameter directly gives its value
 * without the name. Only the tool has a `toolDescription`.
 */
export const CONTACT_USER_SUBTITLE = `={{ ((raw, isExpression) => {
	const fixed = ${FIXED};
	const group = fixed(raw.agentGroup?.value, raw.agentGroup?.cachedResultName);
	const agent = fixed(raw.agent?.value, raw.agent?.cachedResultName);
	const varies = isExpression(raw.agent?.value) ? "agent" : isExpression(raw.agentGroup?.value) ? "group" : "";
	const userVaries = isExpression(raw.userId);
	const ofEach = raw.toolDescription === undefined ? " of each item" : " of each call";
	const user = fixed(raw.userId) ? "User " + fixed(raw.userId) : "No user yet";
	const whom = userVaries ? "User" + (varies && " and " + varies) + ofEach : user;
	const by = [group && "group " + group, agent && "agent " + agent, !userVaries && varies && varies + ofEach].filter(Boolean);
	return [whom, ...(by.length > 0 || varies ? by : ["any agent"])].join(", ");
})(JSON.parse(JSON.stringify($rawParameter)), ${IS_EXPRESSION}) }}`;

/** What n8n's workflow builder reads, which would otherwise wire the first output only and lose the rest. */
export const BUILDER_HINT: INodeTypeDescription['builderHint'] = {
	searchHint: `Contacts one user for each item. Every item leaves by one of ${OUTPUT_NAMES.length} main outputs, in this order: ${OUTPUT_NAMES.join(', ')}. Always connect all of them, since only the first one holds users who were contacted. If nothing follows the node, turn on the option Single Output instead: in a sub-workflow, or behind a webhook that answers with the last node. Take User ID from a field of the item. Leave Agent Group and Agent empty unless the task names one.`,
	relatedNodes: [
		{
			nodeType: 'n8n-nodes-base.wait',
			relationHint: `Behind ${OUTPUT_NAMES[1]}, to come back to this node later`,
		},
		{
			nodeType: 'n8n-nodes-base.merge',
			relationHint:
				'Behind all outputs, where the workflow goes on in the same way for every outcome',
		},
	],
};

const ONLY_FOR_TOOLS: INodeProperties['displayOptions'] = { show: { '@tool': [true] } };

/** What the model reads of the tool, unless the builder changes it. */
export const TOOL_DESCRIPTION = `Asks a live (human) agent of customer service to contact the user. Call it once, when the user wants a human or you cannot help.
Returns outcome, and message, a sentence for the user. A live agent was reached only if outcome is "contacted". Otherwise, also if nothing comes back, never say or hint that the user is connected, transferred or about to be contacted.
agentUnavailable: offer to try again later. unconfirmed: do not call again. The other fields are not for the user.
Leave agent and agent group empty unless your instructions name one.`;

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
		description: 'When the model should call this tool, and what the answers mean',
		displayOptions: ONLY_FOR_TOOLS,
	},
	{
		displayName:
			"Do not let the AI fill in User ID: a user could persuade it to contact somebody else. Take it by name from the node that starts the chat, for example $('Webhook').item.json.userId. The AI can overwrite values that begin with $json. Start one execution for each chat.",
		name: 'userIdNotice',
		type: 'notice',
		default: '',
		displayOptions: ONLY_FOR_TOOLS,
	},
];

/** What the builder sees, from top to bottom. Names are stored in workflows and never change. */
export const CONTACT_USER_PROPERTIES: INodeProperties[] = [
	{
		displayName:
			'A run contacts real people. To try the workflow, turn on Simulate Only under Options.',
		name: 'realPeopleNotice',
		type: 'notice',
		default: '',
	},
	...TOOL_PROPERTIES,
	{
		...CUSTOMER_SERVICE_ACCOUNT,
		description: 'The account of your Desk application. The agent contacts the user in its name.',
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
			'The group (skill group) that the agent comes from. If empty: Desk chooses by its own assignment strategy.',
	},
	{
		...optional(AGENT, ANY_AGENT),
		description:
			'The agent to ask for. If empty: Desk chooses by its own assignment strategy. The list shows the agents of the chosen group, or all agents. In the output, agent is the agent you asked for, and assignedAgent is the agent who has the user.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: RUN_OPTIONS,
	},
];
