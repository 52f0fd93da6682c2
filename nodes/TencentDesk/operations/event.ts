import { describeCode } from '../../shared/desk/codes';
import { agentGroup, agents } from '../fields/agents';
import { answerTo, values } from '../fields/events';
import { saying, when } from '../fields/field';
import { defineOperation } from './operation';

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
		agent: when(
			'answerTo',
			'assignAgent',
			saying(agents, {
				description:
					'The agent who gets the session; by ID also several, separated by commas. Leave agent and group empty to let Desk choose by its own strategy.',
			}),
		),
		agentGroup: when(
			'answerTo',
			'assignAgent',
			saying(agentGroup, {
				description: 'The group (skill group) that gets the session. Leave it empty for any.',
			}),
		),
		values: when('answerTo', 'taskFlowCall', values),
	},
	codes: describeCode,
	work: {
		kind: 'local',
		answer: (given) => ({
			...OK,
			...(given.agent.length === 0 ? {} : { AgentIdList: given.agent }),
			...(given.agentGroup === null ? {} : { AgentGroupId: given.agentGroup }),
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
