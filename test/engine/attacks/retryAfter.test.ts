import { readResponse } from '../../../nodes/shared/api/reply';

const NOW = Date.parse('Wed, 21 Oct 2026 07:28:00 GMT');

function waitFor(retryAfter: unknown): number | undefined {
	const headers = { 'retry-after': retryAfter };
	const reply = readResponse({ statusCode: 429, headers, body: '' }, NOW);
	if (reply.kind !== 'tooManyRequests') throw new Error(`Read as ${reply.kind}`);
	return reply.retryAfterMs;
}

test.each([
	['0', 0],
	['2', 2000],
	[' 2 ', 2000],
	['1.5', 1500],
	['61', 61_000],
	['99999999999999999999', Number.MAX_SAFE_INTEGER],
	['Wed, 21 Oct 2026 07:28:05 GMT', 5000],
	['Wed, 21 Oct 2026 09:28:00 GMT', 7_200_000],
])('Retry-After: %s waits %s ms', (header, waitMs) => {
	expect(waitFor(header)).toBe(waitMs);
});

test.each([
	['-5'],
	['-1.5'],
	['1,5'],
	['2026-10-21'],
	['Wed, 21 Oct 2026 07:27:59 GMT'],
	['Wed, 21 Oct 2001 07:28:00 GMT'],
	['soon'],
	[''],
	['  '],
	['Infinity'],
	['NaN'],
	[undefined],
	[5],
	[['5']],
])('Retry-After: %j is no hint, so the wait grows as usual', (header) => {
	expect(waitFor(header)).toBeUndefined();
});
