import type { Field } from './field';
import { readSwitch, readText, type Reading } from '../../shared/n8n/text';

/** mark_session, https://cloud.tencent.com/document/product/269/118017 */
const LONGEST_MARK_BYTES = 200;

function readMark(value: unknown): Reading<string> {
	// An expression without a result is no wish to remove what stands there.
	if (value === undefined || value === null) return { fault: 'has no value' };
	const text = readText(value);
	if ('fault' in text) return text;
	const bytes = Buffer.byteLength(text.value);
	return bytes <= LONGEST_MARK_BYTES
		? text
		: { fault: `is longer than ${LONGEST_MARK_BYTES} bytes: it has ${bytes}` };
}

function markSwitch(name: string, displayName: string, description: string): Field<boolean | null> {
	return {
		property: { displayName, name, type: 'boolean', default: true, description },
		within: 'updateFields',
		hidden: null,
		read: (value) =>
			value === undefined || value === null || value === ''
				? { fault: 'has no value' }
				: readSwitch(value),
		advice: 'Turn it on or off, or remove it to leave it unchanged.',
	};
}

/** What Set Mark changes; null for what stays as it is. */
export const MARK_FIELDS = {
	endsByUserTimeout: markSwitch(
		'endsByUserTimeout',
		'Ends by User Timeout',
		'Whether Desk ends the session when the user does not answer in time',
	),
	mark: {
		property: {
			displayName: 'Note',
			name: 'mark',
			type: 'string',
			default: '',
			placeholder: 'e.g. Order 4711',
			description:
				'A text of your own, at most 200 bytes (UTF-8). If empty: Tencent does not document whether the note is removed.',
		},
		within: 'updateFields',
		hidden: null,
		read: readMark,
		advice: 'Enter at most 200 bytes, or remove Note to leave it unchanged.',
	} as Field<string | null>,
	starred: markSwitch('starred', 'Starred', 'Whether to mark the session with a star'),
};
