import { strict as assert } from 'node:assert';

import type { Simulator } from '../../simulator/contract';
import { eventually } from './waiting';

const SERVED_WITHIN_MS = 20_000;
/** Desk waits this long, as far as is known: Tencent's Chat webhooks do. */
const DESK_WAITS_MS = 2000;

export type Wish = Omit<Parameters<Simulator['notify']>[0], 'url'>;

/** What Desk was answered, and what it had sent. */
export interface Answer {
	status: number;
	json: Record<string, unknown>;
	ms: number;
	sent: { url: string; body: object };
}

/**
 * Lets Desk call a webhook of n8n, when it is served.
 * @throws when it is not answered in time, or without JSON
 */
export async function letDeskCall(
	{ simulator }: { simulator: Simulator },
	url: string,
	wish: Wish,
): Promise<Answer> {
	const notified = await eventually('the webhook is served', SERVED_WITHIN_MS, async () => {
		const result = await simulator.notify({ timeoutMs: DESK_WAITS_MS, ...wish, url });
		const isMissing = 'answer' in result && result.answer.delivered && result.answer.status === 404;
		// Publishing is not finished when the request for it is answered.
		return isMissing ? undefined : result;
	});
	assert.ok('answer' in notified && notified.answer.delivered, JSON.stringify(notified));
	const { answer, sent } = notified;
	assert.match(answer.contentType, /^application\/json/, answer.body);
	const json = JSON.parse(answer.body) as Answer['json'];
	return { status: answer.status, json, ms: answer.ms, sent };
}
