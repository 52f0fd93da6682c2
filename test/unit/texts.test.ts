import {
	allParameters,
	codeTexts,
	descriptionTexts,
	exampleTexts,
	type Text,
} from '../texts/texts';

const NOTES = exampleTexts();
const TEXTS = [...descriptionTexts(), ...codeTexts(), ...NOTES];

const offending = (isWrong: (text: string) => boolean) =>
	TEXTS.filter(({ text }) => isWrong(text)).map(({ where, text }: Text) => `${where}: ${text}`);

/** A colon and a semicolon end a step of a list, as they stand in the notes of examples. */
const sentencesOf = (text: string) => text.split(/(?<=[.!?;:])[\s*)]+|\n/);

test('what is read are the texts of all nodes, of the credential, of the code and of the examples', () => {
	expect(TEXTS.length).toBeGreaterThan(900);
	const texts = TEXTS.map(({ text }) => text);
	expect(texts).toEqual(
		expect.arrayContaining([
			'Single Output',
			'Get who is free',
			'Callback Token',
			'The user is already in a conversation with a live agent.',
		]),
	);
});

test('no sentence has more than 25 words', () => {
	expect(
		offending((text) => sentencesOf(text).some((one) => one.split(/\s+/).length > 25)),
	).toEqual([]);
});

const UNPLAIN = /\b(is given|gives|is told|at all|none|in doubt|printable ASCII)\b/i;

test('no text has words that a reader trips over', () => {
	expect(offending((text) => UNPLAIN.test(text))).toEqual([]);
});

test('no text counts items from 0', () => {
	expect(offending((text) => /\bitem \{(?!.*\+1\})\w*\}/i.test(text))).toEqual([]);
});

const UNIT = /milliseconds|seconds|minutes|hours|pixels|requests|retries|results|rating|place/i;

test.each(
	allParameters()
		.filter(({ type }) => type === 'number')
		.map((parameter) => [parameter.where, parameter] as const),
)('%s says its unit, and what empty and 0 mean', (_where, parameter) => {
	const { description = '', hint = '', required, typeOptions } = parameter;
	const said = `${description} ${hint}`;
	expect(said).toMatch(UNIT);
	if (!required) expect(said).toMatch(/If empty: |Must not be empty/);
	if (typeOptions?.minValue === 0) expect(description).toMatch(/\b0\b/);
});
