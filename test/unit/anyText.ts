import fc from 'fast-check';

const codeUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));

/** Any text that JavaScript can hold: control characters, all scripts, and halves of an emoji. */
export const anyText = (maxLength: number) =>
	fc.oneof(fc.string({ maxLength }), fc.string({ unit: codeUnit, maxLength }));
