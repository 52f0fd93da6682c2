import path from 'node:path';
import type {
	ICredentialType,
	INodeProperties,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';
import { OUTPUT_NAMES } from '../../nodes/ContactUser/description';
import { publish, repoRoot, runScript, type Published } from './published';

// Saved workflows and credentials hold these names, values and defaults for ever (n8n does not
// store a parameter that has its default). Append; never rename, reorder or change a default.

let published: Published;
let node: INodeTypeDescription;
let desk: INodeTypeDescription;
let trigger: INodeTypeDescription;
let eventTrigger: INodeTypeDescription;
let credential: ICredentialType;
beforeAll(() => {
	published = publish();
	const env = { NODE_PATH: path.join(repoRoot, 'node_modules') };
	const loaded = runScript<{ nodes: INodeTypeDescription[]; credentials: ICredentialType[] }>(
		'load.cjs',
		[published.folder],
		env,
	);
	[node, desk, trigger, eventTrigger] = loaded.nodes;
	[credential] = loaded.credentials;
});
afterAll(() => published?.remove());

type Summary = Record<string, [shownAs: string, type: string, byDefault: unknown]>;

const summary = (properties: INodeProperties[]): Summary =>
	Object.fromEntries(
		properties
			.filter((property) => property.type !== 'notice')
			.map(({ name, displayName, type, default: byDefault }) => [
				name,
				[displayName, type, byDefault],
			]),
	);

const property = (properties: INodeProperties[], name: string) => {
	const found = properties.find((candidate) => candidate.name === name);
	if (!found) throw new Error(`there is no "${name}"`);
	return found;
};

const values = ({ options }: INodeProperties) =>
	(options as INodePropertyOptions[]).map((option) => option.value).sort();

test('the node keeps its name', () => {
	expect([node.name, node.displayName]).toEqual(['contactUser', 'Contact User']);
});

test('the outputs keep their order, which connections are stored by', () => {
	const names = ['Contacted', 'No Agent', 'Config Error', 'Other'];
	const outputs = names.map((displayName) => ({ type: 'main', displayName }));
	expect(node.outputs).toMatch(/^={{ [^]* }}$/);
	expect(node.outputs).toContain(JSON.stringify(outputs));
	expect(node.inputs).toEqual(['main']);
});

test('the node asks for the Tencent Desk credential', () => {
	expect(node.credentials).toEqual([{ name: 'tencentDeskApi', required: true }]);
});

test('the parameters keep their names, types and defaults', () => {
	const emptyLocator = { mode: 'list', value: '' };
	expect(summary(node.properties)).toEqual({
		toolDescription: ['Description', 'string', expect.any(String)],
		customerServiceAccount: ['Customer Service Account', 'resourceLocator', emptyLocator],
		userId: ['User ID', 'string', ''],
		agentGroup: ['Agent Group', 'resourceLocator', emptyLocator],
		agent: ['Agent', 'resourceLocator', emptyLocator],
		options: ['Options', 'collection', {}],
	});
});

test.each(['customerServiceAccount', 'agentGroup', 'agent'])(
	'%s can be chosen from a list or given by its ID',
	(name) => {
		const modes = property(node.properties, name).modes ?? [];
		expect(modes.map((mode) => mode.name)).toEqual(['list', 'id']);
	},
);

test('n8n finds the description for models where it would add its own, and shows it for the tool only', () => {
	const { displayOptions, default: text } = property(node.properties, 'toolDescription');
	expect(displayOptions).toEqual({ show: { '@tool': [true] } });
	expect(text).toMatch(/only if outcome is "contacted"/);
	expect(node.usableAsTool).toBe(true);
});

test("n8n's workflow builder is told to wire every output", () => {
	const { searchHint } = node.builderHint ?? {};
	expect(OUTPUT_NAMES).toHaveLength(4);
	expect(searchHint).toContain(`${OUTPUT_NAMES.join(', ')}. Always connect all of them`);
});

test('the options keep their names, types and defaults', () => {
	const options = property(node.properties, 'options').options as INodeProperties[];
	expect(summary(options)).toEqual({
		includeInputFields: ['Include Input Fields', 'boolean', true],
		includeSession: ['Include Session Details', 'boolean', false],
		concurrency: ['Concurrent Requests', 'number', 200],
		requestsPerSecond: ['Requests per Second', 'number', 190],
		maxRetries: ['Retries', 'number', 3],
		simulateOnly: ['Simulate Only', 'boolean', false],
		simulatedOutcome: ['Simulated Outcome', 'options', 'contacted'],
		singleOutput: ['Single Output', 'boolean', false],
		stopWhenNothingCanBeSent: ['Stop When Nothing Can Be Sent', 'boolean', false],
		timeout: ['Timeout', 'number', 10_000],
		fieldNames: ['Request Field Names', 'options', 'both'],
	});
	expect(values(property(options, 'fieldNames'))).toEqual(['both', 'sample', 'table']);
});

test('the credential keeps its name and its fields', () => {
	expect([credential.name, credential.displayName]).toEqual(['tencentDeskApi', 'Tencent Desk API']);
	expect(summary(credential.properties)).toEqual({
		dataCenter: ['Data Center', 'options', 'china'],
		baseUrl: ['Base URL', 'string', ''],
		sdkAppId: ['SDKAppID', 'string', ''],
		adminUserId: ['Administrator UserID', 'string', 'administrator'],
		secretKey: ['Secret Key', 'string', ''],
	});
	expect(property(credential.properties, 'secretKey').typeOptions).toEqual({ password: true });
});

test('the data centers keep their values', () => {
	expect(values(property(credential.properties, 'dataCenter'))).toEqual([
		...['china', 'custom', 'frankfurt', 'jakarta', 'seoul', 'siliconValley', 'singapore', 'tokyo'],
	]);
});

describe('Tencent Desk', () => {
	test('keeps its name, its output and its credential', () => {
		expect([desk.name, desk.displayName]).toEqual(['tencentDesk', 'Tencent Desk']);
		expect([desk.inputs, desk.outputs]).toEqual([['main'], ['main']]);
		expect(desk.credentials).toEqual([{ name: 'tencentDeskApi', required: true }]);
		expect(desk.usableAsTool).toBe(true);
	});

	/** What the editor shows for one operation, apart from what it shows for all. */
	const fieldsOf = (resource: string, operation: string): Summary =>
		summary(
			desk.properties.filter(({ name, displayOptions }) => {
				const { show } = displayOptions ?? {};
				const isShown = show?.resource?.includes(resource) && show.operation?.includes(operation);
				return isShown && name !== 'toolDescription';
			}),
		);

	const locator = (name: string) => [name, 'resourceLocator', { mode: 'list', value: '' }];
	const target = (name: string) => ({
		target: [name, 'options', 'user'],
		customerServiceAccount: locator('Customer Service Account'),
		userId: ['User ID', 'string', ''],
		sessionId: ['Session ID', 'string', ''],
	});
	const agent = locator('Agent');
	const agentGroup = locator('Agent Group');
	const text = (name: string) => [name, 'string', ''];
	const sessionId = text('Session ID');
	const paging = {
		returnAll: ['Return All', 'boolean', false],
		limit: ['Limit', 'number', 50],
	};

	test.each<[string, string, object]>([
		[
			'agent',
			'getMany',
			{ agentGroup, includeStatus: ['Include Status', 'boolean', false], ...paging },
		],
		['agent', 'getStatus', { agent }],
		[
			'agent',
			'setStatus',
			{ agent, status: ['Status', 'options', 'free'], restReason: ['Reason', 'string', ''] },
		],
		['agentGroup', 'getMany', paging],
		['customerServiceAccount', 'getMany', paging],
		[
			'event',
			'answer',
			{
				answerTo: ['Answer To', 'options', 'assignAgent'],
				agent,
				agentGroup,
				values: ['Values', 'fixedCollection', {}],
			},
		],
		[
			'message',
			'send',
			{
				...target('Send To'),
				messageType: ['Message Type', 'options', 'text'],
				text: text('Text'),
				cardHeader: text('Header'),
				cardText: text('Text'),
				cardPictureUrl: text('Picture URL'),
				cardLink: text('Link'),
				imageUrl: text('Image URL'),
				imageWidth: ['Image Width', 'number', 0],
				imageHeight: ['Image Height', 'number', 0],
				fileUrl: text('File URL'),
				fileName: text('File Name'),
			},
		],
		['reception', 'get', {}],
		['session', 'end', { sessionId }],
		['session', 'get', target('Session Of')],
		['session', 'getMark', { sessionId }],
		[
			'session',
			'getMany',
			{
				from: ['From', 'dateTime', ''],
				to: ['To', 'dateTime', ''],
				userId: ['User ID', 'string', ''],
				filters: ['Filters', 'collection', {}],
				...paging,
			},
		],
		[
			'session',
			'getMessages',
			{
				sessionId,
				combine: ['Combine Into One Item', 'boolean', false],
				order: ['Order', 'options', 'oldestFirst'],
				...paging,
			},
		],
		['session', 'leaveQueue', { sessionId }],
		['session', 'reassign', { sessionId, agentGroup, agent }],
		['session', 'setMark', { sessionId, updateFields: ['Update Fields', 'collection', {}] }],
		[
			'session',
			'transfer',
			{
				sessionId,
				agentGroup,
				agent,
				tellUser: ['Tell User if Nobody Is Online', 'boolean', false],
			},
		],
	])('%s: %s keeps its fields', (resource, operation, fields) => {
		expect(fieldsOf(resource, operation)).toEqual(fields);
	});

	test('keeps its resources, its operations and its options', () => {
		const choices = (name: string) =>
			desk.properties
				.filter((each) => each.name === name)
				.map((each) => [each.displayOptions?.show?.resource?.[0], each.default, values(each)]);
		expect(choices('resource')).toEqual([
			[
				undefined,
				'session',
				[
					...['agent', 'agentGroup', 'customerServiceAccount', 'event', 'message', 'reception'],
					'session',
				],
			],
		]);
		expect(choices('operation')).toEqual([
			['agent', 'getMany', ['getMany', 'getStatus', 'setStatus']],
			['agentGroup', 'getMany', ['getMany']],
			['customerServiceAccount', 'getMany', ['getMany']],
			['event', 'answer', ['answer']],
			['message', 'send', ['send']],
			['reception', 'get', ['get']],
			[
				'session',
				'get',
				[
					...['end', 'get', 'getMany', 'getMark', 'getMessages', 'leaveQueue', 'reassign'],
					...['setMark', 'transfer'],
				],
			],
		]);
		const collection = (name: string) =>
			summary(property(desk.properties, name).options as INodeProperties[]);
		const shownFor = new Set(
			(property(desk.properties, 'options').options as INodeProperties[]).map(
				({ name, displayOptions }) => [name === 'raw', JSON.stringify(displayOptions?.show)].join(),
			),
		);
		const shownForOne = (resource: string, operation: string) =>
			`false,{"/resource":["${resource}"],"/operation":["${operation}"]}`;
		expect([...shownFor].sort()).toEqual([
			'false,',
			shownForOne('agent', 'setStatus'),
			shownForOne('message', 'send'),
			...['end', 'leaveQueue', 'reassign', 'setMark', 'transfer'].map((operation) =>
				shownForOne('session', operation),
			),
			'true,',
		]);
		expect(collection('options')).toEqual({
			raw: ['Include Raw Answer', 'boolean', false],
			includeInputFields: ['Include Input Fields', 'boolean', false],
			simulateOnly: ['Simulate Only', 'boolean', false],
			allowBusyAgents: ['Allow Agents Who Are Not Ready', 'boolean', true],
			doNotQueue: ['Do Not Queue', 'boolean', true],
			endIfNobodyOnline: ['End Session if Nobody Is Online', 'boolean', true],
			onlyInWorkingHours: ['Only in Working Hours', 'boolean', true],
			priority: ['Priority in Queue', 'number', 5],
			queueTimeout: ['Queue Timeout', 'number', 3600],
			tellUserOutsideHours: ['Tell User Outside Working Hours', 'boolean', true],
		});
		expect(collection('updateFields')).toEqual({
			endsByUserTimeout: ['Ends by User Timeout', 'boolean', true],
			mark: ['Note', 'string', ''],
			starred: ['Starred', 'boolean', true],
		});
		expect(choices('target').map(([, , all]) => all)).toEqual([
			['session', 'user'],
			['session', 'user'],
		]);
		expect(choices('answerTo')[0][2]).toEqual(['assignAgent', 'taskFlowCall']);
		expect(choices('status')[0][2]).toEqual(['free', 'notReady', 'rest']);
		expect(choices('messageType')[0][2]).toEqual(['card', 'file', 'image', 'text']);
		expect(choices('order')[0][2]).toEqual(['newestFirst', 'oldestFirst']);
	});

	test('gives the tool of each operation a description of its own', () => {
		const shown = desk.properties.filter(({ name }) => name === 'toolDescription');
		expect(shown).toHaveLength(17);
		expect(new Set(shown.map((each) => each.default)).size).toBe(17);
		for (const { displayOptions } of shown) {
			expect(displayOptions?.show?.['@tool']).toEqual([true]);
		}
	});

	test('has old versions of n8n name the operation to models, newer ones not, and shows it to nobody', () => {
		const { type, default: how, displayOptions } = property(desk.properties, 'descriptionType');
		expect([type, how, displayOptions]).toEqual(['hidden', 'auto', { hide: { '@tool': [true] } }]);
	});

	test('names resource and operation in words under the node', () => {
		expect(desk.subtitle).toContain('"session transfer":"Session: Transfer to Agent"');
	});
});

describe('Tencent Desk Trigger', () => {
	test('keeps its name, its output and its credential', () => {
		expect([trigger.name, trigger.displayName]).toEqual([
			'tencentDeskTrigger',
			'Tencent Desk Trigger',
		]);
		expect([trigger.inputs, trigger.outputs, trigger.polling]).toEqual([[], ['main'], true]);
		expect(trigger.credentials).toEqual([{ name: 'tencentDeskApi', required: true }]);
	});

	test('the parameters keep their names, types and defaults', () => {
		expect(summary(trigger.properties)).toMatchObject({
			event: ['Event', 'options', 'sessionEnded'],
			filters: ['Filters', 'collection', {}],
			options: ['Options', 'collection', {}],
		});
		const optionsOf = (name: string) =>
			summary(property(trigger.properties, name).options as INodeProperties[]);
		expect(optionsOf('filters')).toEqual({
			agent: ['Agent', 'resourceLocator', { mode: 'list', value: '' }],
			agentGroup: ['Agent Group', 'resourceLocator', { mode: 'list', value: '' }],
			onlyRated: ['Only Rated', 'boolean', false],
			userId: ['User ID', 'string', ''],
		});
		expect(optionsOf('options')).toEqual({
			endedWhileOff: ['Sessions Ended While Off', 'options', 'give'],
			holdBack: ['Hold Back (Minutes)', 'number', 10],
			lookBack: ['Look Back (Hours)', 'number', 24],
			timeout: ['Timeout', 'number', 10000],
		});
	});
});

describe('Tencent Desk Event Trigger', () => {
	test('keeps its name, its output, its credential and its address', () => {
		expect([eventTrigger.name, eventTrigger.displayName]).toEqual([
			'tencentDeskEventTrigger',
			'Tencent Desk Event Trigger',
		]);
		expect([eventTrigger.inputs, eventTrigger.outputs]).toEqual([[], ['main']]);
		expect(eventTrigger.credentials).toEqual([{ name: 'tencentDeskApi', required: true }]);
		expect(eventTrigger.webhooks).toMatchObject([{ httpMethod: 'POST', path: 'webhook' }]);
	});

	test('the parameters keep their names, types, defaults and values', () => {
		expect(summary(eventTrigger.properties)).toEqual({
			events: ['Events', 'multiOptions', []],
			aiProvider: ['Bot Replies', 'options', 'desk'],
			options: ['Options', 'collection', {}],
		});
		expect(values(property(eventTrigger.properties, 'events'))).toEqual([
			...['agentStatusChanged', 'assignAgent', 'botAnswered', 'otherSessionEvent', 'sessionBegan'],
			...['taskFlowCall', 'taskFlowEvent', 'userWroteToBot'],
		]);
		expect(values(property(eventTrigger.properties, 'aiProvider'))).toEqual(['desk', 'workflow']);
		const options = property(eventTrigger.properties, 'options').options as INodeProperties[];
		expect(summary(options)).toEqual({ callbackToken: ['Callback Token', 'string', ''] });
		expect(property(options, 'callbackToken').typeOptions).toEqual({ password: true });
	});
});
