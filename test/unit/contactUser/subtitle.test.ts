import type { INodeParameters, INodeType } from 'n8n-workflow';

import { ContactUser } from '../../../nodes/ContactUser/ContactUser.node';
import { createWorkflow, node } from '../../engine/testWorkflow';

const contactUser = new ContactUser();
const tool = new ContactUser();
// As n8n names the twin of a node that is a tool: `@tool` of a parameter asks for this name.
tool.description.name = 'contactUserTool';

/** Evaluates the subtitle as the editor does (`getNodeSubtitle`): without any item, and before the first run. */
function subtitleOf(parameters: INodeParameters, nodeType: INodeType = contactUser): unknown {
	const nodes = [node('Contact User', 'contactUser', { parameters })];
	const { workflow } = createWorkflow(nodes, {}, { contactUser: nodeType });
	const { subtitle } = nodeType.description;
	return workflow.expression.getSimpleParameterValue(
		workflow.nodes['Contact User'],
		subtitle,
		'internal',
		{},
	);
}

const fromList = (value: string, cachedResultName: string) => ({
	__rl: true,
	mode: 'list',
	value,
	cachedResultName,
});
const byId = (value: string | number) => ({ __rl: true, mode: 'id', value });

const CASES: Array<[what: string, parameters: INodeParameters, subtitle: string]> = [
	['an untouched node', {}, 'No user yet, any agent'],
	['a fixed user', { userId: 'crm-4711' }, 'User crm-4711, any agent'],
	['a user from the item', { userId: '={{ $json.userId }}' }, 'User of each item, any agent'],
	[
		'a user from a node that has not run',
		{ userId: "={{ $('CRM').item.json.id }}" },
		'User of each item, any agent',
	],
	[
		'a group and an agent taken back to any',
		{
			userId: 'crm-4711',
			agentGroup: fromList('', 'Any group'),
			agent: fromList('', 'Any agent'),
		},
		'User crm-4711, any agent',
	],
	[
		'a group from the list',
		{ userId: 'crm-4711', agentGroup: fromList('1001', 'Sales') },
		'User crm-4711, group Sales',
	],
	[
		'an agent by ID',
		{ userId: 'crm-4711', agent: byId('mei@example.com') },
		'User crm-4711, agent mei@example.com',
	],
	[
		'a group as a number',
		{ userId: 'crm-4711', agentGroup: byId(1001) },
		'User crm-4711, group 1001',
	],
	[
		'group and agent from the item',
		{
			userId: '={{ $json.id }}',
			agentGroup: byId('={{ $json.g }}'),
			agent: byId('={{ $json.a }}'),
		},
		'User and agent of each item',
	],
	[
		'a group from the item',
		{ userId: '={{ $json.id }}', agentGroup: byId('={{ $json.g }}') },
		'User and group of each item',
	],
	[
		'a fixed user and a group from the item',
		{ userId: 'crm-4711', agentGroup: byId('={{ $json.g }}') },
		'User crm-4711, group of each item',
	],
	[
		'a fixed group and an agent from the item',
		{
			userId: '={{ $json.id }}',
			agentGroup: fromList('1001', 'Sales'),
			agent: byId('={{ $json.a }}'),
		},
		'User and agent of each item, group Sales',
	],
	[
		'an agent from the item, and no user yet',
		{ agent: byId('={{ $json.a }}') },
		'No user yet, agent of each item',
	],
	[
		'a user whose name reads like the subtitle',
		{ userId: 'x and agent', agent: byId('={{ $json.a }}') },
		'User x and agent, agent of each item',
	],
	[
		'a name from the list that no longer counts, since the value is an expression',
		{ userId: 'crm-4711', agent: fromList('={{ $json.a }}', 'Mei') },
		'User crm-4711, agent of each item',
	],
];

it.each(CASES)('the canvas says whom %s contacts, and by whom', (_what, parameters, subtitle) => {
	expect(subtitleOf(parameters)).toBe(subtitle);
});

it('the canvas says so of the tool of an AI Agent, which is given calls instead of items', () => {
	const userId = "={{ $('Chat Message').item.json.userId }}";
	const agentGroup = byId('={{ $json.g }}');
	expect(subtitleOf({ userId }, tool)).toBe('User of each call, any agent');
	expect(subtitleOf({ userId: 'mia', agentGroup }, tool)).toBe('User mia, group of each call');
});
