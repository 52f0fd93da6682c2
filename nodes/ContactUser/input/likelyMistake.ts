const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;

/**
 * With the sign for another country, in the groups that people write, or a mobile of mainland China. Not any digits:
 * most CRMs number their contacts.
 */
const PHONES = [
	/^\+(?:[\s().-]*\d){7,15}$/,
	/^\(\d{2,4}\)(?:[\s.-]*\d){6,10}$/,
	/^\d{3}([ .-])\d{3}\1\d{4}$/,
	/^1[3-9]\d([ -])\d{4}\1\d{4}$/,
	/^1[3-9]\d{9}$/,
];

/**
 * What a User ID looks like that is allowed, but seldom one; undefined when it looks like none of these. It may be
 * right, since an application chooses its UserIDs itself.
 * @returns how the sentence goes on after "The User ID"
 */
export function likelyMistake(userId: string): string | undefined {
	if (EMAIL.test(userId)) return 'looks like an e-mail address';
	if (PHONES.some((phone) => phone.test(userId))) return 'looks like a phone number';
	return undefined;
}
