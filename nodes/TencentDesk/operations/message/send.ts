import { codesOf } from '../../asking/codes';
import { saying, when } from '../../fields/field';
import { text } from '../../fields/text';
import { customerServiceAccount, sessionId, target, userId } from '../../fields/who';
import { restOf } from '../answer';
import { defineOperation } from '../operation';

/**
 * send_msg, https://www.tencentcloud.com/document/product/1229/68821. Desk drops a message whose MsgRandom it has seen.
 * Its answer and its codes are cut off in the copies that could be read.
 */
export const sendMessage = defineOperation({
	resource: 'message',
	operation: 'send',
	name: 'Send',
	action: 'Send message',
	description: 'Send a text to a user in the name of a customer service account',
	toolDescription:
		'Sends a text message to a user in the name of a customer service account. Only if sent is true was it given to Desk; nobody tells whether the user has read it. If it is not known whether it was sent, say so and do not send it again.',
	fields: {
		target: saying(target, { displayName: 'Send To' }),
		customerServiceAccount: when('target', 'user', customerServiceAccount),
		userId: when('target', 'user', userId),
		sessionId: when('target', 'session', sessionId),
		text,
	},
	codes: codesOf({}),
	work: {
		kind: 'change',
		command: () => 'send_msg',
		body(values, scene) {
			const receiver =
				values.target === 'session'
					? { SessionId: values.sessionId }
					: { FromAccount: values.customerServiceAccount, ToAccount: values.userId };
			return {
				...receiver,
				MsgRandom: scene.messageRandom(JSON.stringify(receiver), values.text),
				MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: values.text } }],
			};
		},
		result: (answer, { target: to, ...values }, sent) => ({
			sent: true,
			sessionId: to === 'session' ? values.sessionId : null,
			userId: to === 'user' ? values.userId : null,
			customerServiceAccount: to === 'user' ? values.customerServiceAccount : null,
			messageRandom: sent.MsgRandom,
			answer: restOf(answer),
		}),
		says: () => 'The message was sent.',
		what: 'the message was sent',
		mayRepeat: true,
	},
});
