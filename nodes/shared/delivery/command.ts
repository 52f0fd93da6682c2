import type { IDataObject } from 'n8n-workflow';

import type { DeskCommand } from '../desk/callDesk';
import type { CodeClass, DescribeCode } from '../desk/codes';
import type { Finding } from '../desk/judge';
import type { Answer } from '../desk/values';
import type { Moment } from './process';

/** A command that changes nothing. What is unclear is asked again. */
export interface Question {
	command: DeskCommand;
	body: IDataObject;
	/** What the codes of the command mean. */
	codes: DescribeCode;
	/** How often it may be sent again; as often as the run says when not told. */
	maxRetries?: number;
}

/** A command that changes something. All that one must know to send it safely is data. */
export interface Change extends Question {
	/** Whose order it keeps, such as a user or a session: the same command never overlaps for one key in this n8n process. */
	key: string[];
	/** What makes it the same change when a retry of the execution comes to it again. */
	identity: string[];
	/**
	 * A second one does harm, whoever asks for it: several items ask for one thing, and while the try of somebody else is
	 * unclear, nothing is sent. Otherwise each asks for its own.
	 */
	isOnce?: true;
	/** How "it is not known whether" goes on, such as: the message was sent. */
	what: string;
	whenUnclear: WhenUnclear;
	/** Codes that say it is as it was to be. */
	doneCodes?: number[];
	/** Codes that say so only after a try that may have done it. */
	doneCodesAfterTry?: number[];
}

/**
 * What a try without a clear answer allows:
 *  - `repeat`: the same again, since Desk drops a second one, or answers that it is done. `forMs`: for so long after the
 *     first try
 *  - `look`: a read shows whether it was done
 *  - `tell`: neither; it is told that it is not known
 */
export type WhenUnclear =
	{ may: 'repeat'; forMs?: number } | { may: 'look'; look: Look } | { may: 'tell' };

/** Where it shows afterwards whether something was done. */
export interface Look {
	command: DeskCommand;
	body: IDataObject;
	/** What was asked for, as far as `shows` must know it. Kept for a retry as JSON. */
	asked: IDataObject;
	/** Asks once before the first try too; that answer is then `asked.before`. */
	looksBefore?: true;
	/** The answer that the request would have had; `notDone`, or `unknown`. */
	shows(answer: Answer, asked: IDataObject): { done: Answer } | 'notDone' | 'unknown';
	/** What is told once `notDone` is believed and nothing is sent again: one sentence. */
	notDone: string;
}

/** The tries of one command. */
interface Tried {
	/** How often it was sent, in earlier runs of the same execution too. */
	attempts: number;
	/** When the last try ended, on the clock of the process; undefined when this run sent none. */
	triedAt?: number;
	/** When that try was sent; where no look tells, the very first one, from which on Desk drops others. */
	sentAt?: Moment;
	/** Known from an earlier run of this execution; nothing new was found out. */
	fromEarlierTry?: true;
}

/** How the work on one command ended. */
export type Ended = Done | Failed | { kind: 'notTried' };

export interface Done extends Tried {
	kind: 'done';
	answer: Answer;
	/** What shows that it was done: Desk's answer, a look at it, or a code that says so. A simulation does nothing. */
	shownBy: 'answer' | 'look' | 'code' | 'simulation';
}

export interface Failed extends Tried {
	kind: 'failed';
	finding: Finding;
	/** It may have been done all the same. */
	mayBeDone: boolean;
	/** With `mayBeDone`: where a look shows whether it was done, and of which change. */
	lookAt?: Pick<Look, 'body' | 'asked'> & { identity: string };
}

export const NOT_TRIED = { kind: 'notTried' } as const;

type Told = Pick<Finding, 'message' | 'advice'> & Partial<Pick<Finding, 'retryLater'>>;

/** What the node finds out itself, without a code of Desk. */
export function failedBy(told: Told, findingClass: CodeClass): Failed {
	const finding = { class: findingClass, errorCode: null, errorInfo: '', retryLater: false };
	return { kind: 'failed', attempts: 0, mayBeDone: false, finding: { ...finding, ...told } };
}

/** It cannot be right, so nothing was sent. */
export function notSent({ message, advice }: Told, findingClass: CodeClass = 'request'): Failed {
	return failedBy({ message, advice }, findingClass);
}
