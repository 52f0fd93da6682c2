import { succeed } from '../answers';
import type { AgentStatus, SessionState } from '../world';
import type { Command } from './command';

/** describe_reception_realtime_statistics, 269/117849: counts of the whole app, queues of each group. */
export const describeReception: Command = (_body, { world }) => {
	const sessions = [...world.sessions.values()];
	const inState = (state: SessionState) => sessions.filter((session) => session.state === state);
	const withStatus = (status: AgentStatus) =>
		world.agents.filter((agent) => agent.status === status).length;
	const [queued, served] = [inState('Queueing'), inState('Agent')];
	return succeed({
		Data: {
			CurrentTransferAgentCnt:
				queued.length + inState('WaitingForAgentAnswering').length + served.length,
			CurrentAgentAcceptCnt: served.length,
			CurrentQueueCnt: queued.length,
			FreeAgentCnt: withStatus('free'),
			RestAgentCnt: withStatus('rest'),
			BusyAgentCnt: withStatus('notReady'),
			CurrentGroupQueueCnt: world.groups.map(({ id, name }) => ({
				GroupId: id,
				GroupName: name,
				QueueCnt: queued.filter(({ agentGroup }) => agentGroup === id).length,
			})),
		},
	});
};
