import { NodeApiError, NodeOperationError, type IPollFunctions } from 'n8n-workflow';

import type { Problem } from '../../credentials/deskAccount';
import type { DeskCredential } from '../shared/desk/callDesk';
import { describeCode } from '../shared/desk/codes';
import { isRecord } from '../shared/desk/reply';
import { read } from '../shared/delivery/deliver';
import { DEFAULT_SETTINGS, withLine } from '../shared/delivery/run';
import { MOST_PER_PAGE } from '../shared/desk/pages';
import { readSessionRecord } from '../shared/desk/session';
import type { TimeWindow } from './newRecords';
import type { AskPage, RecordPage } from './readRecords';

export interface PageRequest {
	credential: DeskCredential;
	window: TimeWindow;
	/** Empty for any user. */
	userId: string;
	timeoutMs: number;
}

/** A poll that meets one failure after the other is better begun anew. */
const MOST_RETRIES = 12;

const NOT_DESKS_LIST: Problem = {
	message: 'Desk answered without a list of sessions.',
	advice: 'Check the data center or Base URL of the credential, then test the credential.',
};

const STOPPED: Problem = { message: 'The poll was stopped.', advice: 'Try again.' };
const LIMIT_ADVICE = 'Try again in a minute.';

/**
 * Gives what asks Desk for a page of session records, and asks again when it may help.
 * @throws NodeApiError when there is no page, with what happened and what to do
 */
export function pageAsker(context: IPollFunctions, request: PageRequest): AskPage {
	const { credential, window, userId, timeoutMs } = request;
	let retriesLeft = MOST_RETRIES;
	return async (offset) => {
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
		const ended = await withLine(
			context,
			credential,
			{ ...DEFAULT_SETTINGS, timeoutMs },
			async (line) => await read(line, question),
		);
		// Only executions are cancelled, and a poll is none yet.
		if (ended.kind === 'notTried') throw notRead(context, STOPPED);
		retriesLeft -= Math.max(0, ended.attempts - 1);
		if (ended.kind === 'failed') {
			const { message, advice, class: findingClass } = ended.finding;
			throw findingClass === 'rateLimit'
				? notRead(context, { message, advice: LIMIT_ADVICE }, '429')
				: notRead(context, { message, advice });
		}
		const page = readPage(ended.answer);
		if (page === undefined) throw notRead(context, NOT_DESKS_LIST);
		return page;
	};
}

/** The error of a poll that gives nothing; n8n shows it when the workflow is activated, and with a failed execution. */
export function notRead(context: IPollFunctions, problem: Problem, httpCode?: string): Error {
	return new NodeApiError(
		context.getNode(),
		{},
		{
			message: `The sessions could not be read: ${problem.message}`,
			description: `${problem.advice} No session is lost by this: the next poll reads them again.`,
			...(httpCode !== undefined && { httpCode }),
		},
	);
}

/** The error of a node that cannot work as it is set up. */
export function notSetUp(context: IPollFunctions, { message, advice }: Problem): Error {
	return new NodeOperationError(context.getNode(), message, { description: advice });
}

function readPage(body: Record<string, unknown>): RecordPage | undefined {
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
