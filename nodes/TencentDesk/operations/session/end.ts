import { codesOf } from '../../asking/codes';
import { sessionId } from '../../fields/who';
import { defineOperation } from '../operation';

/** "No such session, or it has ended." */
const ALREADY_ENDED = 141005;

/** end_session, https://www.tencentcloud.com/document/product/1229/68948: only sessions that a live agent has. */
export const endSession = defineOperation({
	resource: 'session',
	operation: 'end',
	name: 'End',
	action: 'End session',
	description: 'End a session that a live agent has',
	toolDescription:
		'Ends the session of a user with a live agent. Do it only when the user wants it. wasAlreadyEnded is true when there was nothing to end. If it is not known whether it was ended, say so.',
	fields: { sessionId },
	codes: codesOf({}),
	work: {
		kind: 'change',
		command: () => 'end_session',
		body: (values) => ({ SessionId: values.sessionId }),
		result: (answer, values) => ({
			sessionId: values.sessionId,
			ended: true,
			wasAlreadyEnded: answer.ErrorCode === ALREADY_ENDED,
		}),
		says: ({ wasAlreadyEnded }) =>
			wasAlreadyEnded === true
				? 'There was no such session any more, so nothing had to be ended.'
				: 'The session was ended.',
		what: 'the session was ended',
		doneCodes: [ALREADY_ENDED],
	},
});
