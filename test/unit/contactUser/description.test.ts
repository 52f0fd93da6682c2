import { NodeHelpers, type INode, type INodeParameters, type INodeType } from 'n8n-workflow';

import { ContactUser } from '../../../nodes/ContactUser/ContactUser.node';
import { hasSingleOutput } from '../../../nodes/ContactUser/outputs';
import { createWorkflow, node } from '../../engine/testWorkflow';

const contactUser = new ContactUser();
const tool = new ContactUser();
// As n8n names the twin of a node that is a tool: `@tool` of a parameter asks for this name.
tool.description.name = 'contactUserTool';

function place(type: INodeType, more: Partial<INode>) {
	const placed = node('Contact User', 'contactUser', more);
	return { placed, ...createWorkflow([placed], {}, { contactUser: type }) };
}

describe('the outputs', () => {
	const FOUR = ['main: Contacted', 'main: No Agent', 'main: Config Error', 'main: Other'];
	/** What n8n's engine and editor work out of the description for a node: the labels of its outputs. */
	function labelsOf(options: unknown, onError?: INode['onError']) {
		const parameters = { options } as INodeParameters;
		const { placed, workflow } = place(contactUser, { parameters, onError });
		return NodeHelpers.getNodeOutputs(workflow, placed, contactUser.description).map((output) =>
			typeof output === 'string' ? output : `${output.type}: ${output.displayName}`,
		);
	}

	test('are four, or one with Single Output; one more for Continue (using error output)', () => {
		expect(labelsOf({ timeout: 5000 }, 'continueErrorOutput')).toEqual([...FOUR, 'main: Error']);
		// n8n calls it Success there.
		expect(labelsOf({ singleOutput: true }, 'continueErrorOutput')).toEqual([
			'main: Success',
			'main: Error',
		]);
	});

	// An expression that cannot be read without an item takes no output away.
	const failing = { timeout: '={{ $json.missing.field }}', maxRetries: "={{ $('Nowhere').item }}" };
	const ON = [true, 'true', ' True', 1, '1'];
	const OFF = [10, false, 'false', 0, null, '={{ true }}', '={{ $json.x.y }}', {}, []];
	const NO_OPTIONS = ['={{ ({ singleOutput: true }) }}', '={{ $json.x.y }}', null, [], undefined];
	test.each<[unknown, string[]]>([
		...ON.map((singleOutput): [object, string[]] => [
			{ ...failing, singleOutput },
			['main: All Outcomes'],
		]),
		...OFF.map((singleOutput): [object, string[]] => [{ ...failing, singleOutput }, FOUR]),
		...NO_OPTIONS.map((options): [unknown, string[]] => [options, FOUR]),
	])('with the options %j are, on the canvas as in the run: %j', (options, labels) => {
		expect(labelsOf(options)).toEqual(labels);
		expect(hasSingleOutput({ parameters: { options } as INodeParameters })).toBe(labels !== FOUR);
	});
});

describe('the subtitle on the canvas', () => {
	const fromList = (value: string, cachedResultName: string) => ({
		...{ __rl: true, mode: 'list', value, cachedResultName },
	});
	const byId = (value: string | number) => ({ __rl: true, mode: 'id', value });
	const OF_ITEM = '={{ $json.id }}';
	const ITS_AGENT = byId('={{ $json.a }}');
	const ITS_GROUP = byId('={{ $json.g }}');

	test.each<[INodeType, INodeParameters, string]>([
		[contactUser, {}, 'No user yet, any agent'],
		[contactUser, { userId: 'crm-4711' }, 'User crm-4711, any agent'],
		[contactUser, { userId: OF_ITEM }, 'User of each item, any agent'],
		[contactUser, { userId: "={{ $('CRM').item.json.id }}" }, 'User of each item, any agent'],
		[
			contactUser,
			{
				...{ userId: 'crm-4711' },
				...{ agentGroup: fromList('', 'Any group'), agent: fromList('', 'Any agent') },
			},
			'User crm-4711, any agent',
		],
		[
			contactUser,
			{ userId: 'crm-4711', agentGroup: fromList('1001', 'Sales') },
			'User crm-4711, group Sales',
		],
		[
			contactUser,
			{ userId: 'crm-4711', agent: byId('mei@example.com') },
			'User crm-4711, agent mei@example.com',
		],
		[contactUser, { userId: 'crm-4711', agentGroup: byId(1001) }, 'User crm-4711, group 1001'],
		[
			contactUser,
			{ userId: OF_ITEM, agentGroup: ITS_GROUP, agent: ITS_AGENT },
			'User and agent of each item',
		],
		[contactUser, { userId: OF_ITEM, agentGroup: ITS_GROUP }, 'User and group of each item'],
		[
			contactUser,
			{ userId: 'crm-4711', agentGroup: ITS_GROUP },
			'User crm-4711, group of each item',
		],
		[
			contactUser,
			{ userId: OF_ITEM, agentGroup: fromList('1001', 'Sales'), agent: ITS_AGENT },
			'User and agent of each item, group Sales',
		],
		[contactUser, { agent: ITS_AGENT }, 'No user yet, agent of each item'],
		// A name that reads like the subtitle, and one that no longer counts.
		[
			contactUser,
			{ userId: 'x and agent', agent: ITS_AGENT },
			'User x and agent, agent of each item',
		],
		[
			contactUser,
			{ userId: 'crm-4711', agent: fromList('={{ $json.a }}', 'Mei') },
			'User crm-4711, agent of each item',
		],
		// An AI Agent gives its tool calls instead of items.
		[tool, { userId: OF_ITEM }, 'User of each call, any agent'],
		[tool, { userId: 'mia', agentGroup: ITS_GROUP }, 'User mia, group of each call'],
	])('%#: says whom the node contacts, and by whom', (type, parameters, subtitle) => {
		const { workflow } = place(type, { parameters });
		const placed = workflow.nodes['Contact User'];
		// As the editor does (`getNodeSubtitle`): without any item, and before the first run.
		const shown = workflow.expression.getSimpleParameterValue(
			...([placed, type.description.subtitle, 'internal', {}] as const),
		);
		expect(shown).toBe(subtitle);
	});
});

describe('the parameters that the editor shows', () => {
	const ONLY_FOR_TOOLS = ['toolDescription', 'userIdNotice'];
	const NOT_FOR_TOOLS = ['concurrency', 'includeInputFields', 'requestsPerSecond', 'singleOutput'];

	test.each([
		['the node', contactUser, ['userId', 'maxRetries', ...NOT_FOR_TOOLS], ONLY_FOR_TOOLS],
		['the tool', tool, ['userId', 'maxRetries', ...ONLY_FOR_TOOLS], NOT_FOR_TOOLS],
	])('of %s', (_what, { description }, present, absent) => {
		const all = description.properties.flatMap((property) => [
			property,
			...(property.name === 'options' ? (property.options as typeof description.properties) : []),
		]);
		const shown = all
			.filter((one) => NodeHelpers.displayParameter({}, one, { typeVersion: 1 }, description))
			.map(({ name }) => name);
		expect(shown).toEqual(expect.arrayContaining(present));
		expect(shown.filter((name) => absent.includes(name))).toEqual([]);
		expect(description.usableAsTool).toBe(true);
	});
});
