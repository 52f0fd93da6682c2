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
	description: 'Let a user no longer wait in the queue for an agent',
	toolDescription:
		'Lets a user no longer wait in the queue for a live agent. Do it only when the user wants it. Only if left is true is the user out of the queue. If it is not known, say so.',
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
