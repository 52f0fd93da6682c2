/** In bytes: https://www.tencentcloud.com/document/product/1047/34953 */
export const LONGEST_USER_ID = 32;

/** Whether a text has only printable ASCII, as UserIDs do: https://www.tencentcloud.com/document/product/1047/34348 */
export function isUserIdText(text: string): boolean {
	return /^[\x20-\x7e]*$/.test(text);
}
