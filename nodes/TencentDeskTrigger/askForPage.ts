import { NodeApiError, NodeOperationError, sleep, type IPollFunctions } from 'n8n-workflow';

import type { Problem } from '../../credentials/deskAccount';
import type { DeskCredential } from '../shared/api/callDesk';
import { describeGatewayCode } from '../shared/api/gatewayCodes';
import { isRecord, type DeskReply } from '../shared/api/reply';
import { readSessionRecord } from '../shared/desk/sessionRecord';
import { callDeskAtPace } from '../shared/n8n/callDeskAtPace';
import type { TimeWindow } from './newRecords';
import { problemOf } from './problemOf';
import { PAGE_SIZE, type AskPage, type RecordPage } from './readRecords';

export interface PageRequest {
	credential: DeskCredential;
	window: TimeWindow;
	/** Empty for any user. */
	userId: string;
	timeoutMs: number;
}

const MOST_RETRIES_OF_A_PAGE = 3;
/** A poll that meets one failure after the other is better begun anew. */
const MOST_RETRIES = 12;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
/** In these classes of codes the same request may succeed a moment later; it only reads, so doubt is no obstacle. */
const WORTH_ANOTHER_TRY = ['rateLimit', 'notDone', 'ambiguous'];

const NOT_DESKS_LIST: Problem = {
	message: 'Desk answered without a list of sessions.',
	advice: 'Check the data center or Base URL of the credential, then test the credential.',
};

const STOPPED: Problem = { message: 'The poll was stopped.', advice: 'Try again.' };

/**
 * Gives what asks Desk for a page of session records, and asks again when it may help.
 * @throws NodeApiError when there is no page, with what happened and what to do
 */
export function pageAsker(context: IPollFunctions, request: PageRequest): AskPage {
	const { credential, window, userId, timeoutMs } = request;
	let retries = 0;
	return async (offset) => {
		for (let tries = 1; ; tries++) {
			const reply = await callDeskAtPace(context, {
				command: 'describe_im_cdr_list',
				body: {
					StartTimestamp: window.from,
					EndTimestamp: window.to,
					...(userId !== '' && { ClientUserId: userId }),
					Limit: PAGE_SIZE,
					Offset: offset,
				},
				credential,
				timeoutMs,
			});
			// Only executions are cancelled, and a poll is none yet.
			if (reply === undefined) throw notRead(context, STOPPED);
			if (reply.kind === 'answer' && reply.errorCode === 0) {
				const page = readPage(reply.body);
				if (page !== undefined) return page;
				throw notRead(context, NOT_DESKS_LIST);
			}
			const isUsedUp = tries > MOST_RETRIES_OF_A_PAGE || retries === MOST_RETRIES;
			if (isUsedUp || !mayHelpToAskAgain(reply)) {
				throw notRead(context, problemOf(reply), isRateLimit(reply) ? '429' : undefined);
			}
			retries += 1;
			await sleep(waitAfter(tries, reply));
		}
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

function mayHelpToAskAgain(reply: DeskReply): boolean {
	if (reply.kind !== 'answer')
		return ['tooManyRequests', 'notSent', 'ambiguous'].includes(reply.kind);
	return WORTH_ANOTHER_TRY.includes(describeGatewayCode(reply.errorCode).class);
}

function isRateLimit(reply: DeskReply): boolean {
	if (reply.kind === 'tooManyRequests') return true;
	return reply.kind === 'answer' && describeGatewayCode(reply.errorCode).class === 'rateLimit';
}

function waitAfter(tries: number, reply: DeskReply): number {
	const hint = 'retryAfterMs' in reply ? reply.retryAfterMs : undefined;
	return Math.min(LONGEST_WAIT_MS, hint ?? FIRST_WAIT_MS * 2 ** (tries - 1));
}
