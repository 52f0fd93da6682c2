import type { IDataObject } from 'n8n-workflow';

import { backoffMs, LONGEST_PAUSE_MS, sleepUntil } from '../sending/waiting';
import { callDeskAtPace, CLOCK, isCancelled } from '../n8n/pace';
import type { Answer } from '../desk/values';
import { WAIT } from '../api/gatewayCodes';
import type { DeskReply } from '../api/reply';
import {
	type DeskCommand,
	DEFAULT_TIMEOUT_MS,
	type DeskContext,
	type DeskCredential,
} from '../api/callDesk';
import { CHECK_CONNECTION, judge, type DescribeCode, type Finding, type Verdict } from './verdict';

/** The way to Desk, and the clock. Times are milliseconds that never run backwards. */
export interface Line {
	/** Undefined when the run was stopped before its turn came. */
	send(command: DeskCommand, body: IDataObject): Promise<DeskReply | undefined>;
	now(): number;
	/** Resolves at that time, or earlier when the run is stopped. */
	waitUntil(time: number): Promise<void>;
	isStopped(): boolean;
	/** From 0 up to 1, for the jitter of the waits. */
	random(): number;
}

export interface Question {
	command: DeskCommand;
	body: IDataObject;
	describe: DescribeCode;
	/** How often it may be sent again; three times when not told. */
	mostRetries?: number;
}

/**
 * What to do about a try that may have been done:
 *  - `again`: the same request does no harm
 *  - `tell`: say that it is not known
 *  - `notDone`: it turned out that it was not
 *  - an answer: it turned out that it was
 */
export type InDoubt = 'again' | 'tell' | 'notDone' | { answer: Answer };

/**
 * How it ended:
 *  - `failed`: `doubt` is why an earlier try may have been done all the same; a sentence without its end
 *  - `stopped`: the execution was cancelled
 */
export type Ended =
	| { kind: 'done'; answer: Answer }
	| { kind: 'failed'; finding: Finding; doubt?: string; forAll: boolean }
	| { kind: 'stopped' };

const MOST_RETRIES = 3;

/**
 * Sends one request until it is known how it ended: at most four times unless told otherwise, with growing waits.
 * @param inDoubt asked after a try without a clear answer, and told when that try ended
 */
export async function ask(
	line: Line,
	{ command, body, describe, mostRetries = MOST_RETRIES }: Question,
	inDoubt: (triedUntil: number) => Promise<InDoubt>,
): Promise<Ended> {
	let doubt: string | undefined;
	for (let tries = 1; ; tries++) {
		if (line.isStopped()) return { kind: 'stopped' };
		const reply = await line.send(command, body);
		if (reply === undefined) return { kind: 'stopped' };
		const triedUntil = line.now();
		const verdict = judge(reply, describe);
		if (verdict.next === 'done') return { kind: 'done', answer: verdict.answer };
		if (verdict.next === 'refused') {
			return { kind: 'failed', finding: verdict.finding, doubt, forAll: verdict.forAll };
		}
		if (verdict.next === 'doubt') {
			const decision = await inDoubt(triedUntil);
			if (typeof decision === 'object') return { kind: 'done', answer: decision.answer };
			doubt = decision === 'notDone' ? undefined : (doubt ?? verdict.reason);
			if (decision === 'tell') return givenUp(verdict, doubt);
		}
		const retryAfterMs = verdict.next === 'again' ? verdict.retryAfterMs : undefined;
		if (tries > mostRetries || (retryAfterMs ?? 0) > LONGEST_PAUSE_MS) {
			return givenUp(verdict, doubt);
		}
		await line.waitUntil(triedUntil + backoffMs(tries, () => line.random(), retryAfterMs));
	}
}

/** Asks for something that changes nothing: what is in doubt is asked again. */
export async function read(line: Line, question: Question): Promise<Ended> {
	const ended = await ask(line, question, async () => 'again');
	return ended.kind === 'failed' ? { ...ended, doubt: undefined } : ended;
}

function givenUp(
	verdict: Extract<Verdict, { next: 'again' | 'doubt' }>,
	doubt: string | undefined,
): Ended {
	if (verdict.next === 'again') {
		return { kind: 'failed', finding: verdict.finding, doubt, forAll: false };
	}
	const { reason, errorCode, errorInfo } = verdict;
	const finding = {
		message: `${reason}.`,
		advice: errorCode === null ? CHECK_CONNECTION : WAIT,
		errorCode,
		errorInfo,
		retryLater: true,
	};
	return { kind: 'failed', finding, doubt, forAll: false };
}

/** The way from a node to Desk. */
export function lineFrom(
	context: DeskContext,
	credential: DeskCredential,
	timeoutMs = DEFAULT_TIMEOUT_MS,
): Line {
	const isStopped = () => isCancelled(context);
	return {
		send: async (command, body) =>
			await callDeskAtPace(context, { command, body, credential, timeoutMs }),
		now: () => CLOCK.now(),
		waitUntil: async (time) => await sleepUntil(time, CLOCK, isStopped),
		isStopped,
		random: Math.random,
	};
}
