import {
	readChoice,
	readMessageText,
	readWholeNumber,
	when,
	type Choice,
	type Field,
} from './field';
import { EMPTY, readText, type Reading } from '../../shared/n8n/text';
import { trimBlanks } from '../../shared/n8n/invisible';
import { text } from './sessions';

export type MessageType = 'text' | 'card' | 'image' | 'file';

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

const messageType: Field<MessageType> = {
	property: {
		displayName: 'Message Type',
		name: 'messageType',
		type: 'options',
		default: 'text',
		options: TYPES,
		description: 'What kind of message the user gets',
	},
	hidden: 'text',
	read: (value) => readChoice(value, TYPES),
	advice: 'Choose Text, Card, Image or File.',
};

/** An https address, or '' when there is none. What cannot stand in one, such as a blank, is escaped. */
export function readUrl(value: unknown): Reading<string> {
	const given = readText(value);
	if ('fault' in given) return given;
	const trimmed = trimBlanks(given.value);
	if (trimmed === '') return { value: '' };
	const url = URL.canParse(trimmed) ? new URL(trimmed) : undefined;
	return url?.protocol === 'https:'
		? { value: url.href }
		: { fault: 'is not an address that begins with https://' };
}

function readRequiredUrl(value: unknown): Reading<string> {
	const url = readUrl(value);
	return 'value' in url && url.value === '' ? { fault: EMPTY } : url;
}

const HTTPS = 'Enter an address that begins with https:// and that needs no login';

const url: Field<string> = {
	property: {
		displayName: 'URL',
		name: 'url',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/offer',
	},
	hidden: '',
	read: readUrl,
	advice: `${HTTPS}, or leave it empty.`,
};

function named<T>(
	name: string,
	displayName: string,
	description: string,
	field: Field<T>,
): Field<T> {
	return { ...field, property: { ...field.property, name, displayName, description } };
}

const requiredUrl: Field<string> = {
	...url,
	property: { ...url.property, required: true },
	read: readRequiredUrl,
	advice: `${HTTPS}.`,
};

/** Of a picture, which Tencent Chat wants to know: https://www.tencentcloud.com/document/product/1047/33527 */
const pixels: Field<number> = {
	property: {
		displayName: 'Pixels',
		name: 'pixels',
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
	property: { displayName: 'Text', name: 'text', type: 'string', default: '' },
	hidden: '',
	read: readText,
	advice: 'Enter a text, or leave it empty.',
};

/** What a message says, by its type. */
export const MESSAGE_CONTENT = {
	messageType,
	text: when('messageType', 'text', text),
	cardHeader: when('messageType', 'card', {
		...named('cardHeader', 'Header', 'The first line of the card', text),
		read: readMessageText,
		advice: 'Enter the header of the card.',
	}),
	cardText: when(
		'messageType',
		'card',
		named('cardText', 'Text', 'The text below the header. If empty: no text.', optionalText),
	),
	cardPictureUrl: when(
		'messageType',
		'card',
		named(
			'cardPictureUrl',
			'Picture URL',
			'The https address of the picture. If empty: no picture.',
			url,
		),
	),
	cardLink: when(
		'messageType',
		'card',
		named(
			'cardLink',
			'Link',
			'The https address that opens when the user chooses the card. If empty: no link.',
			url,
		),
	),
	imageUrl: when(
		'messageType',
		'image',
		named(
			'imageUrl',
			'Image URL',
			'The https address of the image. Tencent must be able to download it.',
			requiredUrl,
		),
	),
	imageWidth: when(
		'messageType',
		'image',
		named(
			'imageWidth',
			'Image Width',
			'The width of the image in pixels. Tencent Chat needs it.',
			pixels,
		),
	),
	imageHeight: when(
		'messageType',
		'image',
		named(
			'imageHeight',
			'Image Height',
			'The height of the image in pixels. Tencent Chat needs it.',
			pixels,
		),
	),
	fileUrl: when(
		'messageType',
		'file',
		named(
			'fileUrl',
			'File URL',
			'The https address that the user downloads the file from',
			requiredUrl,
		),
	),
	fileName: when(
		'messageType',
		'file',
		named(
			'fileName',
			'File Name',
			'The name that the user sees. If empty: the name at the end of the File URL.',
			optionalText,
		),
	),
};
