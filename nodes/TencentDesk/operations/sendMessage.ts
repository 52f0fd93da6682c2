import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { restOf } from '../../shared/desk/values';
import { describeCode } from '../../shared/desk/codes';
import { customerServiceAccount, sessionId, target, userId } from '../fields/sessions';
import { MESSAGE_CONTENT, type MessageType } from '../fields/messageContent';
import { saying, when, type Values } from '../fields/field';
import { defineOperation } from './operation';

/**
 * send_msg, https://cloud.tencent.com/document/product/679/116635. Desk drops a message whose MsgRandom it has seen.
 * Its answer and its codes are cut off in the copies that could be read.
 */
export const sendMessage = defineOperation({
	resource: 'message',
	operation: 'send',
	name: 'Send',
	action: 'Send message',
	description:
		'Send a text, card, image or file to a user in the name of a customer service account',
	toolDescription:
		'Sends a message to a user in the name of a customer service account. The message reached Desk only if sent is true. There is no read receipt. If it is unclear whether it was sent, say so and do not send it again.',
	fields: {
		target: saying(target, { displayName: 'Send To' }),
		customerServiceAccount: when('target', 'user', customerServiceAccount),
		userId: when('target', 'user', userId),
		sessionId: when('target', 'session', sessionId),
		...MESSAGE_CONTENT,
	},
	codes: describeCode,
	work: {
		kind: 'change',
		command: () => 'send_msg',
		problem(values) {
			if (values.messageType === 'file' && fileNameOf(values) === '') {
				return {
					message:
						'File Name is empty and File URL has no file name at its end, so nothing was sent.',
					advice: 'Enter a File Name.',
				};
			}
			const bytes = Buffer.byteLength(JSON.stringify(messageBody(values)));
			if (bytes <= LONGEST_BODY_BYTES) return undefined;
			return {
				message: `The message has ${bytes} bytes, and Tencent takes at most ${LONGEST_BODY_BYTES}, so nothing was sent.`,
				advice: 'Shorten the message, or send it in parts.',
			};
		},
		body(values, scene) {
			const receiver =
				values.target === 'session'
					? { SessionId: values.sessionId }
					: { FromAccount: values.customerServiceAccount, ToAccount: values.userId };
			const MsgBody = messageBody(values);
			const said = JSON.stringify(MsgBody);
			return {
				...receiver,
				MsgRandom: scene.messageRandom(JSON.stringify(receiver), said),
				MsgBody,
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
		key: (values) =>
			values.target === 'session'
				? ['session', values.sessionId]
				: ['receiver', values.customerServiceAccount, values.userId],
		// Not the content, which may hold the time.
		identity: (values) =>
			values.target === 'session'
				? [values.sessionId]
				: [values.customerServiceAccount, values.userId],
		// Chat drops a message that it has seen within two minutes: https://cloud.tencent.com/document/product/269/2282
		whenUnclear: { may: 'repeat', forMs: 120_000 },
	},
});

/** Tencent Chat's limit of a message body: https://www.tencentcloud.com/document/product/1047/34381 */
const LONGEST_BODY_BYTES = 12 * 1024;

type Content = Values<typeof MESSAGE_CONTENT>;

function messageBody(values: Content): IDataObject[] {
	return [ELEMENT_OF[values.messageType](values)];
}

/**
 * The message elements of Tencent Chat, https://www.tencentcloud.com/document/product/1047/33527. Pages of Desk show the
 * text and the card (679/116635 at cloud.tencent.com); the others are our reading.
 */
const ELEMENT_OF: Record<MessageType, (values: Content) => IDataObject> = {
	text: ({ text }) => ({ MsgType: 'TIMTextElem', MsgContent: { Text: text } }),
	card: (values) => ({
		MsgType: 'TIMCustomElem',
		MsgContent: { Data: JSON.stringify(cardOf(values)) },
	}),
	image: ({ imageUrl: URL, imageWidth: Width, imageHeight: Height }) => ({
		MsgType: 'TIMImageElem',
		MsgContent: {
			UUID: uuidOf(URL),
			ImageFormat: formatOf(URL),
			// Chat apps look for the size they show; we know of one.
			ImageInfoArray: IMAGE_SIZES.map((Type) => ({ Type, Width, Height, URL })),
		},
	}),
	file: (values) => ({
		MsgType: 'TIMFileElem',
		MsgContent: {
			Url: values.fileUrl,
			UUID: uuidOf(values.fileUrl),
			FileName: fileNameOf(values),
			// "To be downloaded from Url"; there is no other value.
			Download_Flag: 2,
		},
	}),
};

/** Original, large, thumbnail. */
const IMAGE_SIZES = [1, 2, 3];

function cardOf({ cardHeader, cardText, cardPictureUrl, cardLink }: Content): IDataObject {
	const content = { header: cardHeader, desc: cardText, pic: cardPictureUrl, url: cardLink };
	const filled = Object.entries(content).filter(([, value]) => value !== '');
	return { customerServicePlugin: 0, src: '22', content: Object.fromEntries(filled) };
}

/** The same for the same address, so that a message that is sent again is the same message. */
function uuidOf(url: string): string {
	return createHash('sha256').update(url).digest('hex').slice(0, 32);
}

const FORMATS: Record<string, number> = { jpg: 1, jpeg: 1, gif: 2, png: 3, bmp: 4 };
const OTHER_FORMAT = 255;

function formatOf(url: string): number {
	const extension = /\.(\w+)$/.exec(lastPartOf(url))?.[1] ?? '';
	return FORMATS[extension.toLowerCase()] ?? OTHER_FORMAT;
}

function fileNameOf({ fileName, fileUrl }: Content): string {
	return fileName.trim() || lastPartOf(fileUrl);
}

/** What stands behind the last slash of the path of an address. */
function lastPartOf(url: string): string {
	const part = new URL(url).pathname.split('/').at(-1) ?? '';
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
