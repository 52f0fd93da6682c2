import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isOwnMachine } from '../../../credentials/dataCenters';
import type { DeskAccount, Problem } from '../../../credentials/deskAccount';
import { callDesk, type DeskCommand, type DeskCredential } from '../../shared/api/callDesk';
import { appOf, signerOf } from '../../shared/n8n/credential';
import { CLOCK } from '../../shared/n8n/pace';
import { createOneAtATime, type Note } from '../../shared/sending/oneAtATime';
import type { Scheduler, Slot } from '../../shared/sending/scheduler';
import type { ContactParameters, ContactRequest } from '../input/contactRequest';
import type { RunOptions } from '../input/options';
import type { OutputMode } from '../../shared/n8n/output';
import { logDefect } from '../../shared/n8n/logDefect';
import { SESSION_TELLS_UNTIL_MS, type TryInDoubt } from './confirm';
import { contactUser, type EarlierTry } from './contact';
import { earliestOf, momentNow, msBeforeNow, type Clocks } from './moment';
import { notTried, unconfirmed, unexpected, type ContactResult } from './results';
import type { RememberedTry, RetryMemory } from './retryMemory';
import { sessionBody } from './session';
import { contactBody } from './verdict';

export interface Run {
	options: RunOptions;
	/** What cannot be right about the options: then nothing is sent for any item. */
	optionsProblem?: Problem;
	scheduler: Scheduler<ContactResult>;
	memory: RetryMemory;
	mode: OutputMode;
	parametersOf: (itemIndex: number) => ContactParameters;
	/** By what is asked for: the item that asked first, and what becomes of it. */
	contacts: Map<string, { itemIndex: number; result: Promise<ContactResult> }>;
	/** Told of each result before anybody else may be contacted because of it. */
	onResult: (result: ContactResult, itemIndex: number) => void;
}

/** What somebody who comes next for the same user must know. */
type Doubt = Note & TryInDoubt;

const CLOCKS: Clocks = { processMs: () => CLOCK.now(), unixMs: () => Date.now() };

/** Times that were worked out are sums of fractions. */
const ROUNDING_MS = 1;

/** More than a run without pace brings about in a minute; they take some 30 MB. */
const MOST_DOUBTS = 100_000;

/**
 * Who is being contacted in this n8n process, over all its executions: no document says that Desk makes one contact
 * only of two requests under way at once. One after the other, the second gets Desk's 141016.
 */
const USERS = createOneAtATime<Doubt>(CLOCK, {
	keepMs: SESSION_TELLS_UNTIL_MS,
	mostKept: MOST_DOUBTS,
});

/** Contacts the user of a request, one request of a user at a time, unless an earlier try of this execution did. */
export async function contactInTurn(
	context: IExecuteFunctions,
	request: ContactRequest,
	credential: DeskCredential,
	itemIndex: number,
	slot: Slot,
	run: Run,
): Promise<ContactResult> {
	const app = appOf(credential.account);
	const remembered = run.memory.recall(request, app);
	if (remembered?.result.outcome === 'contacted') return replay(remembered);

	const turn = USERS.take(userOf(credential.account, request));
	const { ahead } = turn;
	// A run that was stopped sends nothing, and still looks what became of a try in doubt.
	const isNew = remembered === undefined;
	const { stopped, isStopped, isCancelled } = run.scheduler;
	if (ahead !== undefined) await slot.rest(isNew ? Promise.race([ahead, stopped]) : ahead);
	if (isNew ? isStopped() : isCancelled()) {
		turn.giveUp();
		return isNew ? notTried() : replay(remembered);
	}
	let doubt = turn.before();
	try {
		// Asked anew: the turn may have been long in coming.
		const earlier = earlierTries(request, run.memory.recall(request, app), doubt);
		const begunAt = momentNow(CLOCKS);
		const result = await send(context, request, credential, slot, run, earlier).catch((error) => {
			logDefect(context, itemIndex, error);
			// It may have been sent.
			return { ...unexpected(), triedAt: CLOCKS.processMs(), sentAt: begunAt };
		});
		// Before the turn ends: a run that stops for this result must send nothing more for the user.
		run.onResult(result, itemIndex);
		doubt = doubtOf(result, request, earlier);
		return result;
	} finally {
		turn.end(doubt);
	}
}

/** Tencent has several hosts for one application; on this machine, every address is a simulator of its own. */
function userOf({ origin, sdkAppId }: DeskAccount, { userId }: ContactRequest): string {
	return JSON.stringify([isOwnMachine(origin) ? origin : '', sdkAppId, userId]);
}

/** The tries in doubt that the sessions must be asked about: of this execution, and of somebody before in this process. */
function earlierTries(
	{ customerServiceAccount }: ContactRequest,
	remembered: RememberedTry | undefined,
	doubt: Doubt | undefined,
): EarlierTry[] {
	const own = remembered && {
		result: replay(remembered),
		customerServiceAccount: remembered.result.askedAccount ?? customerServiceAccount,
		triedAt: CLOCKS.processMs() - remembered.endedAgoMs,
		sentAt: msBeforeNow(remembered.sentAgoMs, CLOCKS),
		agent: remembered.result.askedAgent,
	};
	const other = doubt && { ...doubt, result: leftBefore(doubt, own) };
	return [own, other].filter((earlier) => earlier !== undefined);
}

/** What is reported of a try that somebody before in this process has left in doubt. */
function leftBefore(
	{ customerServiceAccount, triedAt, sentAt, agent }: Doubt,
	own: EarlierTry | undefined,
): ContactResult {
	// A later one is never sent while one is in doubt, so that is the execution's own.
	const isOwn = own !== undefined && triedAt <= own.triedAt + ROUNDING_MS;
	return {
		...unconfirmed(
			'An earlier request for this user had no clear answer, so nothing was sent: it is not known whether the user was contacted.',
		),
		...{ sentAt, askedAccount: customerServiceAccount, askedAgent: agent ?? undefined },
		...(isOwn && { fromEarlierTry: true }),
	};
}

/** What stays in doubt: the try of this request, or the latest of the earlier ones of which nothing was found out. */
function doubtOf(
	{ outcome, triedAt, sentAt, askedAccount, askedAgent, fromEarlierTry }: ContactResult,
	{ customerServiceAccount }: ContactRequest,
	earlier: EarlierTry[],
): Doubt | undefined {
	const isInDoubt = outcome === 'unconfirmed' && !fromEarlierTry;
	if (isInDoubt && triedAt !== undefined && sentAt !== undefined) {
		const account = askedAccount ?? customerServiceAccount;
		return noteOf({ customerServiceAccount: account, triedAt, sentAt, agent: askedAgent });
	}
	const open = earlier.filter(({ isClear }) => !isClear);
	const [latest] = [...open].sort((a, b) => b.triedAt - a.triedAt);
	return latest && noteOf({ ...latest, sentAt: earliestOf(open.map((one) => one.sentAt)) });
}

function noteOf({ customerServiceAccount, triedAt, sentAt, agent }: TryInDoubt): Doubt {
	return { customerServiceAccount, triedAt, endedAt: triedAt, sentAt, agent };
}

async function send(
	context: IExecuteFunctions,
	request: ContactRequest,
	credential: DeskCredential,
	slot: Slot,
	{ options, scheduler }: Run,
	earlier: EarlierTry[],
): Promise<ContactResult> {
	const { timeoutMs, fieldNames } = options;
	const { customerServiceAccount, userId, agent } = request;
	const call = async (command: DeskCommand, body: IDataObject) =>
		await callDesk(context, { command, body, credential, timeoutMs });
	const { account } = credential;
	return await contactUser(
		{
			calls: {
				contactUser: async () => await call('contact_user', contactBody(request, fieldNames)),
				sessionState: async (throughAccount) =>
					await call('get_session_state', sessionBody(userId, throughAccount)),
			},
			customerServiceAccount,
			agent,
			scheduler,
			slot,
			to: { app: appOf(account), signer: signerOf(account) },
			settings: options,
			random: Math.random,
			clocks: CLOCKS,
		},
		earlier,
	);
}

/** What an earlier try found out, and nothing new. */
export function replay({ result }: RememberedTry): ContactResult {
	return { ...result, fromEarlierTry: true };
}
