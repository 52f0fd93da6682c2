import { stateOf } from '../../shared/desk/session';
import { describeCode } from '../../shared/desk/codes';
import { sessionId } from '../fields/sessions';
import { defineOperation } from './operation';

/** end_queuing, https://cloud.tencent.com/document/product/269/125900. Only here is the key spelled SessionID. */
export const leaveQueue = defineOperation({
	resource: 'session',
	operation: 'leaveQueue',
	name: 'Leave Queue',
	action: 'Take session out of queue',
	description: 'Take a user out of the queue for an agent',
	toolDescription:
		'Takes a user out of the queue for a live agent. Do it only when the user wants it. The user is out of the queue only if left is true. If the result is unclear, say so.',
	fields: { sessionId },
	codes: describeCode,
	work: {
		kind: 'change',
		command: () => 'end_queuing',
		body: (values) => ({ SessionID: values.sessionId }),
		result: (_answer, values) => ({ sessionId: values.sessionId, left: true }),
		says: () => 'The user no longer waits in the queue.',
		what: 'the user left the queue',
		key: (values) => ['session', values.sessionId],
		whenUnclear: {
			may: 'look',
			look: {
				command: 'get_session_state',
				body: (values) => ({ SessionId: values.sessionId }),
				asked: () => ({}),
				shows({ CurrentState }) {
					switch (stateOf(CurrentState)) {
						case 'Queueing':
							return 'notDone';
						case 'NotInSession':
						case 'Chatbot':
							return { done: {} };
						// An agent took the session out of the queue.
						default:
							return 'unknown';
					}
				},
			},
		},
	},
});
