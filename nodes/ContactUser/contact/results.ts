import type { Problem } from '../../../credentials/deskAccount';
import { LOOK_FIRST } from './codes';
import type { Ending, Finding } from '../output/report';

/** Nothing known and nothing said: what the findings below start from. */
export const BLANK = {
	advice: '',
	retryLater: false,
	errorCode: null,
	errorInfo: '',
	assignedAgent: null,
};

/** It surely did not happen. */
export function failed(message: string, advice: string, retryLater: boolean): Finding {
	return { ...BLANK, outcome: 'failed', message, advice, retryLater };
}

/** It may have happened. */
export function unconfirmed(message: string): Finding {
	return { ...BLANK, outcome: 'unconfirmed', message, advice: LOOK_FIRST };
}

/** Nothing was sent, since something about the item or the credential cannot be right. */
export function refusedBeforeSending(refusal: Problem): Ending {
	return { ...BLANK, ...refusal, outcome: 'configurationError', attempts: 0 };
}

/** Not sent, since the whole application was refused with `reason` on another item. */
export function notSentSince(reason: Finding, attempts: number): Finding {
	const again = attempts > 0 ? ' again' : '';
	return {
		...reason,
		message: `Not sent${again}, since Desk refused another item: ${reason.message}`,
	};
}

/** Not sent, since the run was stopped or cancelled before this item's turn. */
export function notTried(): Ending {
	return {
		...failed(
			'Not sent, since the run was stopped before.',
			'Run the workflow again for this user.',
			true,
		),
		attempts: 0,
		notTried: true,
	};
}

/** A defect of the node itself; where it struck is not known, so neither is whether the user was contacted. */
export function unexpected(): Ending {
	return {
		...unconfirmed(
			'The node met something unexpected, so it is not known whether the user was contacted.',
		),
		attempts: 0,
	};
}
