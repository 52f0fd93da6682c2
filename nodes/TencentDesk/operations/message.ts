import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { restOf } from '../../shared/desk/values';
import { EMPTY, readText, showsNothing, trimBlanks, type Reading } from '../../shared/n8n/text';
import { USER_OR_SESSION } from '../fields/common';
import {
	choiceField,
	readWholeNumber,
	saying,
	when,
	type Choice,
	type Field,
	type Values,
} from '../fields/field';
import { defineOperation, filled } from './operation';

const text: Field<string> = {
	property: {
		displayName: 'Text',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: 'e.g. Our agents are back at 9 a.m.',
		description: 'The text that the user reads, at most some 12,000 bytes (UTF-8)',
	},
	hidden: '',
	read: readMessageText,
	advice: 'Enter the text of the message.',
};

/** NUL, and a half of a character that a text was cut through. */
const BROKEN = /\0|\p{Cs}/u;

/** The text of a message, as it stands: its blanks and lines are the writer's. */
function readMessageText(value: unknown): Reading<string> {
	const text = readText(value);
	if ('fault' in text) return text;
	if (text.value.trim() === '') return { fault: EMPTY };
	if (showsNothing(text.value)) return { fault: 'has only invisible characters' };
	const [broken] = BROKEN.exec(text.value) ?? [];
	if (broken === undefined) return text;
	const what =
		broken === '\0'
			? 'a NUL character (U+0000)'
			: 'half a character, such as an emoji that was cut';
	return {
		fault: `contains ${what}`,
		advice: 'Check the source of the text, or remove that character.',
	};
}

type MessageType = 'text' | 'card' | 'image' | 'file';

const TYPES: Array<Choice<MessageType>> = [
	{
		name: 'Card',
		value: 'card',
		description: 'A header with a text, a picture and a link. Tencent documents it for Desk.',
	},
	{
		name: 'File',
		value: 'file',
		description: 'By its URL. Tencent documents it for Chat, but not for Desk.',
	},
	{
		name: 'Image',
		value: 'image',
		description: 'By its URL. Tencent documents it for Chat, but not for Desk.',
	},
	{ name: 'Text', value: 'text', description: 'Tencent documents it for Desk' },
];

/** An https address, or '' when there is none. What cannot stand in one, such as a blank, is escaped. */
function readUrl(value: unknown): Reading<string> {
	const given = readText(value);
	if ('fault' in given) return given;
	const trimmed = trimBlanks(given.value);
	if (trimmed === '') return { value: '' };
	const url = URL.canParse(trimmed) ? new URL(trimmed) : undefined;
	return url?.protocol === 'https:'
		? { value: url.href }
		: { fault: 'is not an address that begins with https://' };
}

const HTTPS = 'Enter an address that begins with https:// and that needs no login';

const url: Field<string> = {
	property: {
		displayName: 'URL',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/offer',
	},
	hidden: '',
	read: readUrl,
	advice: `${HTTPS}, or leave it empty.`,
};

const requiredUrl: Field<string> = {
	...url,
	property: { ...url.property, required: true },
	read(value) {
		const address = readUrl(value);
		return 'value' in address && address.value === '' ? { fault: EMPTY } : address;
	},
	advice: `${HTTPS}.`,
};

/** Of a picture, which Tencent Chat wants to know: https://www.tencentcloud.com/document/product/1047/33527 */
const pixels: Field<number> = {
	property: {
		displayName: 'Pixels',
		type: 'number',
		default: 0,
		required: true,
		typeOptions: { minValue: 1, numberPrecision: 0 },
	},
	hidden: 0,
	read(value) {
		const number = readWholeNumber(value, { min: 1 });
		if ('fault' in number) return number;
		return number.value === null ? { fault: EMPTY } : { value: number.value };
	},
	advice: 'Enter the size of the image in pixels: a whole number, 1 or greater.',
};

const optionalText: Field<string> = {
	property: { displayName: 'Text', type: 'string', default: '' },
	hidden: '',
	read: readText,
	advice: 'Enter a text, or leave it empty.',
};

/** What a message says, by its type. */
const CONTENT = {
	messageType: choiceField('Message Type', TYPES, 'text', {
		description: 'What kind of message the user gets',
		advice: 'Choose Text, Card, Image or File.',
	}),
	...when('messageType', 'text', { text }),
	...when('messageType', 'card', {
		cardHeader: {
			...saying(text, { displayName: 'Header', description: 'The first line of the card' }),
			advice: 'Enter the header of the card.',
		},
		cardText: saying(optionalText, {
			description: 'The text below the header. If empty: no text.',
		}),
		cardPictureUrl: saying(url, {
			displayName: 'Picture URL',
			description: 'The https address of the picture. If empty: no picture.',
		}),
		cardLink: saying(url, {
			displayName: 'Link',
			description:
				'The https address that opens when the user chooses the card. If empty: no link.',
		}),
	}),
	...when('messageType', 'image', {
		imageUrl: saying(requiredUrl, {
			displayName: 'Image URL',
			description: 'The https address of the image. Tencent must be able to download it.',
		}),
		imageWidth: saying(pixels, {
			displayName: 'Image Width',
			description: 'The width of the image in pixels. Tencent Chat needs it.',
		}),
		imageHeight: saying(pixels, {
			displayName: 'Image Height',
			description: 'The height of the image in pixels. Tencent Chat needs it.',
		}),
	}),
	...when('messageType', 'file', {
		fileUrl: saying(requiredUrl, {
			displayName: 'File URL',
			description: 'The https address that the user downloads the file from',
		}),
		fileName: saying(optionalText, {
			displayName: 'File Name',
			description: 'The name that the user sees. If empty: the name at the end of the File URL.',
		}),
	}),
};

type Content = Values<typeof CONTENT>;

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
		...USER_OR_SESSION,
		target: saying(USER_OR_SESSION.target, { displayName: 'Send To' }),
		...CONTENT,
	},
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
		result: (answer, values, sent) => ({
			sent: true,
			sessionId: values.sessionId || null,
			userId: values.userId || null,
			customerServiceAccount: values.customerServiceAccount || null,
			messageRandom: sent.MsgRandom,
			answer: restOf(answer),
		}),
		says: () => 'The message was sent.',
		what: 'the message was sent',
		key: (values) => [values.target === 'session' ? 'session' : 'receiver', ...receiverOf(values)],
		// Not the content, which may hold the time.
		identity: receiverOf,
		// Chat drops a message that it has seen within two minutes: https://cloud.tencent.com/document/product/269/2282
		whenUnclear: { may: 'repeat', forMs: 120_000 },
	},
});

type Receiver = Pick<
	Values<typeof USER_OR_SESSION>,
	'customerServiceAccount' | 'sessionId' | 'userId'
>;

function receiverOf({ sessionId, customerServiceAccount, userId }: Receiver): string[] {
	return sessionId === '' ? [customerServiceAccount, userId] : [sessionId];
}

/** Tencent Chat's limit of a message body: https://www.tencentcloud.com/document/product/1047/34381 */
const LONGEST_BODY_BYTES = 12 * 1024;

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
	return { customerServicePlugin: 0, src: '22', content: filled(content) };
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
