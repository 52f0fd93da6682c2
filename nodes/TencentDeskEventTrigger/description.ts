import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { EVENTS_OF_SESSIONS, type EventName } from './callbacks';

const CHOICES: Array<INodePropertyOptions & { value: EventName }> = [
	{
		name: 'Agent Status Changed',
		value: 'agentStatusChanged',
		description: 'An agent is free, busy, on a break or offline now (premium edition)',
	},
	{
		name: 'Assign an Agent',
		value: 'assignAgent',
		description: 'Desk asks which agent or agent group gets a session; the workflow answers',
	},
	{
		name: 'Bot Answered',
		value: 'botAnswered',
		description: 'The bot of Desk sent a message to the user',
	},
	{
		name: 'Call From a Task Flow',
		value: 'taskFlowCall',
		description: 'A task flow of the bot asks for values; the workflow answers (premium edition)',
	},
	{
		name: 'Other Session Event',
		value: 'otherSessionEvent',
		description:
			'Any other event of a session, such as a transfer or its end. Its name is in deskEvent.',
	},
	{ name: 'Session Began', value: 'sessionBegan', description: 'A user opened the chat' },
	{
		name: 'Task Flow Event',
		value: 'taskFlowEvent',
		description: 'A task flow of the bot starts, goes one step on, or ends',
	},
	{
		name: 'User Wrote to the Bot',
		value: 'userWroteToBot',
		description: 'A user sent a message before a live agent took over',
	},
];

const NAMES = Object.fromEntries(CHOICES.map(({ value, name }) => [value, name]));

/** Under the node on the canvas: the event in the words of the editor, or how many. */
export const EVENT_TRIGGER_SUBTITLE = `={{ $parameter.events.length === 1 ? (${JSON.stringify(NAMES)})[$parameter.events[0]] : $parameter.events.length + " events" }}`;

function notice(name: string, displayName: string, events?: EventName[]): INodeProperties {
	return {
		displayName,
		name,
		type: 'notice',
		default: '',
		...(events && { displayOptions: { show: { events } } }),
	};
}

const ANSWER_IN_TIME =
	'Answer with <b>Tencent Desk</b>, operation <b>Event: Answer</b>, within 1.5 seconds; the workflow may go on after it.';

/** What the builder sees, from top to bottom. Names are stored in workflows and never change. */
export const EVENT_TRIGGER_PROPERTIES: INodeProperties[] = [
	notice(
		'address',
		'Publish the workflow and copy the <b>Production URL</b> above. The URL is secret: whoever knows it and your SDKAppID can call the workflow.',
	),
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		noDataExpression: true,
		required: true,
		default: [],
		options: CHOICES,
	},
	notice(
		'callbackAddress',
		'<b>Events of sessions and task flows</b>: in Desk, open <b>Settings &gt; Developer settings</b>, paste the URL as callback URL, and switch on the callbacks.',
		[...EVENTS_OF_SESSIONS, 'taskFlowEvent'],
	),
	notice(
		'assignAddress',
		`<b>Assign an Agent</b>: in Desk, set the assignment strategy of the session settings to your own business server, and paste the URL there. ${ANSWER_IN_TIME} Without an answer in time, Desk assigns by its own strategy.`,
		['assignAgent'],
	),
	notice(
		'taskFlowAddress',
		`<b>Call From a Task Flow</b>: paste the URL into the API node of the task flow in Desk. ${ANSWER_IN_TIME} Without an answer in time, the task flow gets ErrorCode 1.`,
		['taskFlowCall'],
	),
	notice(
		'agentStatusAddress',
		'<b>Agent Status Changed</b>: Desk has no switch for this callback. Ask Tencent to switch it on for your URL.',
		['agentStatusChanged'],
	),
	{
		displayName: 'Bot Replies',
		name: 'aiProvider',
		type: 'options',
		noDataExpression: true,
		default: 'desk',
		displayOptions: { show: { events: EVENTS_OF_SESSIONS } },
		options: [
			{
				name: 'Desk Replies to the User',
				value: 'desk',
				description: "Desk's own bot replies to what the user writes (AIProvider 1)",
			},
			{
				name: 'This Workflow Replies to the User',
				value: 'workflow',
				description: "Desk's own bot stays silent, and the workflow sends a message (AIProvider 0)",
			},
		],
		description:
			'Who replies when a user writes to the bot. Desk asks this only while its callback for a third-party bot is on.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Callback Token',
				name: 'callbackToken',
				type: 'string',
				typeOptions: { password: true },
				default: '',
				description:
					'The token for callbacks in the Chat console. When it is set, calls without the right signature are refused. First check that your Desk signs its calls.',
			},
		],
	},
];
