/** The fields of the query that sign a request: https://www.tencentcloud.com/document/product/1047/34620 */
const OWN_FIELDS = new Set(['sdkappid', 'identifier', 'usersig', 'random', 'contenttype']);

/**
 * A URL without the fields of its query that the signature brings, since the API refuses what is given twice. Tencent
 * documents its commands with them. All else stays as it was written.
 */
export function withoutOwnFields(url: string): string {
	const [, address, query, fragment] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(url) ?? [];
	if (query === undefined) return url;
	const fields = query.split('&');
	const others = fields.filter((field) => !OWN_FIELDS.has(nameOf(field)));
	if (others.length === fields.length) return url;
	const rest = others.length > 0 ? `?${others.join('&')}` : '';
	return `${address}${rest}${fragment ?? ''}`;
}

/** The name of a field, as a server reads it. */
function nameOf(field: string): string {
	const [name] = field.split('=', 1);
	try {
		return decodeURIComponent(name).trim();
	} catch {
		return name;
	}
}
