import { isRecord } from '../../../shared/api/reply';
import { codesOf } from '../../asking/codes';
import { groupOf, nameOf, numberOf, recordsOf } from '../answer';
import { defineOperation } from '../operation';

/** describe_reception_realtime_statistics, https://cloud.tencent.com/document/product/269/117849 */
export const getReception = defineOperation({
	resource: 'reception',
	operation: 'get',
	name: 'Get',
	action: 'Get reception',
	description: 'Look up how many agents are free and how many users wait at this moment',
	toolDescription:
		'Looks up how many agents of customer service are free, resting or busy now, and how many users are served and wait. The agents are those of the whole application. A free agent may have no free place, so this is no promise that the user is served.',
	fields: {},
	codes: codesOf({}),
	work: {
		kind: 'read',
		command: () => 'describe_reception_realtime_statistics',
		body: () => ({}),
		result(answer) {
			const data = isRecord(answer.Data) ? answer.Data : answer;
			return {
				freeAgents: numberOf(data.FreeAgentCnt),
				restingAgents: numberOf(data.RestAgentCnt),
				busyAgents: numberOf(data.BusyAgentCnt),
				usersTransferred: numberOf(data.CurrentTransferAgentCnt),
				usersInService: numberOf(data.CurrentAgentAcceptCnt),
				usersWaiting: numberOf(data.CurrentQueueCnt),
				queues: recordsOf(data.CurrentGroupQueueCnt).map((queue) => ({
					agentGroup: groupOf(queue.GroupId),
					name: nameOf(queue.GroupName),
					usersWaiting: numberOf(queue.QueueCnt),
				})),
			};
		},
		says: ({ freeAgents, usersWaiting }) =>
			freeAgents === null
				? 'Desk did not tell how many agents are free.'
				: `Free agents: ${String(freeAgents)}; users who wait: ${String(usersWaiting ?? 'not told')}.`,
	},
});
