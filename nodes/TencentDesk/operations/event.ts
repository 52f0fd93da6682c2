import { isRecord, recordsOf } from '../../shared/desk/values';
import { readName, readText, type Reading } from '../../shared/n8n/text';
import { agentGroup, agents } from '../fields/common';
import { choiceField, saying, when, type Choice, type Field } from '../fields/field';
import { defineOperation, filled } from './operation';

/** Values of Events in Tencent Desk Event Trigger. */
type AnsweredEvent = 'assignAgent' | 'taskFlowCall';

const ANSWERED_EVENTS: Array<Choice<AnsweredEvent>> = [
	{
		name: 'Assign an Agent',
		value: 'assignAgent',
		description: 'Desk asked which agent or agent group gets the session',
	},
	{
		name: 'Call From a Task Flow',
		value: 'taskFlowCall',
		description: 'A task flow of the bot asked for values',
	},
];

const answerTo = choiceField('Answer To', ANSWERED_EVENTS, 'assignAgent', {
	description:
		'The event that started the workflow. Desk waits 2 seconds for the first answer; later ones are dropped.',
	advice: 'Choose Assign an Agent or Call From a Task Flow (assignAgent or taskFlowCall).',
});

const LONGEST_NAME = 254;

const values: Field<Record<string, string>> = {
	property: {
		displayName: 'Values',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add value',
		default: {},
		options: [
			{
				name: 'value',
				displayName: 'Value',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. orderStatus',
						description: 'The name of the value, as the task flow reads it',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						description: 'A text or a number; the task flow gets it as text',
					},
				],
			},
		],
		description: 'What the task flow gets. If empty: the call succeeds without values.',
	},
	hidden: {},
	read: readValuesForTaskFlow,
	advice: 'Give each value a name, and a text or a number.',
};

function readValuesForTaskFlow(given: unknown): Reading<Record<string, string>> {
	const read: Array<[string, string]> = [];
	for (const row of recordsOf(isRecord(given) ? given.value : undefined)) {
		const name = readName(row.name, LONGEST_NAME);
		if ('fault' in name) return { fault: `has a name that ${name.fault}` };
		if (name.value === '') return { fault: 'has a value without a name' };
		const text =
			typeof row.value === 'boolean' ? { value: String(row.value) } : readText(row.value);
		if ('fault' in text) return { fault: `has a value, ${name.value}, that ${text.fault}` };
		read.push([name.value, text.value]);
	}
	return { value: Object.fromEntries(read) };
}

const OK = { ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '' };

/**
 * What Desk waits for after ChatBot.OnAssignHuman (https://cloud.tencent.com/document/product/679/116643) and
 * Chatbot.InterfaceInvocation (https://cloud.tencent.com/document/product/269/113786).
 */
export const answerEvent = defineOperation({
	resource: 'event',
	operation: 'answer',
	name: 'Answer',
	action: 'Answer event',
	description: 'Answer the call of Desk that started the workflow, by Tencent Desk Event Trigger',
	toolDescription:
		'Answers the call of Desk that started this workflow. Name the agents or the agent group that get the session, or the values for the task flow. Call it once.',
	fields: {
		answerTo,
		...when('answerTo', 'assignAgent', {
			agent: saying(agents, {
				description:
					'The agent who gets the session; by ID also several, separated by commas. Leave agent and group empty to let Desk choose by its own strategy.',
			}),
			agentGroup: saying(agentGroup, {
				description: 'The group (skill group) that gets the session. Leave it empty for any.',
			}),
		}),
		...when('answerTo', 'taskFlowCall', { values }),
	},
	work: {
		kind: 'local',
		answer: (given) => ({
			...OK,
			...filled({ AgentIdList: given.agent, AgentGroupId: given.agentGroup }),
			...(given.answerTo === 'taskFlowCall' && { Body: given.values }),
		}),
		result: (given) => ({
			event: given.answerTo,
			agents: given.agent,
			agentGroup: given.agentGroup,
			values: given.values,
		}),
		says: ({ event }) =>
			event === 'assignAgent' ? 'Desk was told who gets the session.' : 'Desk got the values.',
	},
});
