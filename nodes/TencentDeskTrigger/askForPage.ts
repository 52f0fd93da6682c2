import { NodeApiError, type IPollFunctions } from 'n8n-workflow';

import type { Problem } from '../../credentials/deskAccount';
import type { DeskCredential } from '../shared/desk/callDesk';
import { NOT_TRIED, type Ended } from '../shared/delivery/command';
import { CLOCK } from '../shared/delivery/process';
import { DEFAULT_SETTINGS, withLine } from '../shared/delivery/run';
import { read } from '../shared/delivery/deliver';
import { describeCode } from '../shared/desk/codes';
import { isRecord } from '../shared/desk/values';
import { MOST_PER_PAGE } from '../shared/desk/pages';
import { readSessionRecord } from '../shared/desk/session';
import type { AskWindow, RecordPage } from './readRecords';

export interface PollRequests {
	credential: DeskCredential;
	/** Empty for any user. */
	userId: string;
	timeoutMs: number;
	/** How long all requests together may take; without it, as long as they need. */
	budgetMs?: number;
}

/** A poll that meets one failure after the other is better begun anew. */
const MOST_RETRIES = 12;

const NOT_DESKS_LIST: Problem = {
	message: 'Desk answered without a list of sessions.',
	advice: 'Check the data center or Base URL of the credential, then test the credential.',
};

const NO_TIME: Problem = {
	message: 'Desk did not answer in the time that n8n allows for a poll.',
	advice: 'Check the network of your n8n.',
};
const LIMIT_ADVICE = 'Try again in a minute.';

/**
 * Gives what asks Desk for a page of session records, and asks again when it may help. It answers undefined when the time
 * of the poll is over.
 * @throws NodeApiError when there is no page, with what happened and what to do
 */
export function windowAsker(context: IPollFunctions, asking: PollRequests): AskWindow {
	const { credential, userId, timeoutMs, budgetMs = Infinity } = asking;
	const deadline = CLOCK.now() + budgetMs;
	let retriesLeft = MOST_RETRIES;
	let hasAnswered = false;
	return async (window, offset) => {
		const leftMs = deadline - CLOCK.now();
		const question = {
			command: 'describe_im_cdr_list' as const,
			body: {
				StartTimestamp: window.from,
				EndTimestamp: window.to,
				...(userId !== '' && { ClientUserId: userId }),
				Limit: MOST_PER_PAGE,
				Offset: offset,
			},
			codes: describeCode,
			maxRetries: Math.min(DEFAULT_SETTINGS.maxRetries, retriesLeft),
		};
		const settings = {
			...DEFAULT_SETTINGS,
			timeoutMs: Math.max(1, Math.min(timeoutMs, leftMs)),
		};
		const ended: Ended =
			leftMs <= 0
				? NOT_TRIED
				: await withLine(
						context,
						credential,
						settings,
						async (line) => await read(line, question),
						leftMs,
					);
		if (ended.kind !== 'done' && CLOCK.now() >= deadline) {
			if (hasAnswered) return undefined;
			throw notRead(context, NO_TIME);
		}
		// Only executions are cancelled, and a poll is none yet.
		if (ended.kind === 'notTried') throw notRead(context, NO_TIME);
		retriesLeft -= ended.attempts - 1;
		if (ended.kind === 'failed') {
			const { message, advice, class: findingClass } = ended.finding;
			throw findingClass === 'rateLimit'
				? notRead(context, { message, advice: LIMIT_ADVICE }, '429')
				: notRead(context, { message, advice });
		}
		const page = recordsIn(ended.answer);
		if (page === undefined) throw notRead(context, NOT_DESKS_LIST);
		hasAnswered = true;
		return page;
	};
}

/** The error of a poll that gives nothing; n8n shows it when the workflow is activated, and with a failed execution. */
function notRead(context: IPollFunctions, problem: Problem, httpCode?: string): Error {
	return new NodeApiError(
		context.getNode(),
		{},
		{
			message: `The sessions could not be read: ${problem.message}`,
			description: `${problem.advice} No session is lost: the next poll reads them again.`,
			...(httpCode !== undefined && { httpCode }),
		},
	);
}

function recordsIn(body: Record<string, unknown>): RecordPage | undefined {
	const { IMCdrList, TotalCount } = body;
	// Some servers of Tencent leave an empty list out.
	if (IMCdrList === undefined || IMCdrList === null) {
		return TotalCount === 0 ? { records: [], total: 0 } : undefined;
	}
	if (!Array.isArray(IMCdrList) || !IMCdrList.every(isRecord)) return undefined;
	return {
		records: IMCdrList.map(readSessionRecord),
		...(typeof TotalCount === 'number' && { total: TotalCount }),
	};
}
