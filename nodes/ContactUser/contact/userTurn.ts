import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Problem } from '../../../credentials/deskAccount';
import { callDesk, type DeskCommand, type DeskCredential } from '../../shared/api/callDesk';
import { appOf, signerOf } from '../../shared/n8n/credential';
import { CLOCK } from '../../shared/n8n/pace';
import { createOneAtATime, type Note } from '../../shared/sending/oneAtATime';
import type { Scheduler, Slot } from '../../shared/sending/scheduler';
import type { ContactParameters, ContactRequest } from '../input/contactRequest';
import type { RunOptions } from '../input/options';
import type { OutputMode } from '../../shared/n8n/output';
import { contactUser, SESSION_TELLS_UNTIL_MS, type EarlierTry } from './contact';
import { logDefect } from '../../shared/n8n/logDefect';
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

/** What somebody who comes next for the same user must know: a try in doubt. */
interface Doubt extends Note {
	customerServiceAccount: string;
}

/**
 * Who is being contacted in this n8n process, over all its executions: no document says that Desk makes one contact
 * only of two requests under way at once. One after the other, the second gets Desk's 141016.
 */
const USERS = createOneAtATime<Doubt>(CLOCK, { keepMs: SESSION_TELLS_UNTIL_MS, mostKept: 10_000 });

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

	const turn = USERS.take(JSON.stringify([app, request.userId]));
	if (turn.ahead !== undefined) await slot.rest(turn.ahead);
	if (run.scheduler.isStopped()) {
		turn.giveUp();
		return remembered === undefined ? notTried() : replay(remembered);
	}
	let doubt = turn.before();
	try {
		const earlier = earlierTries(request, run.scheduler.now(), remembered, doubt);
		const result = await send(context, request, credential, slot, run, earlier).catch((error) => {
			logDefect(context, itemIndex, error);
			// It may have been sent.
			return { ...unexpected(), triedAt: run.scheduler.now() };
		});
		// Before the turn ends: a run that stops for this result must send nothing more for the user.
		run.onResult(result, itemIndex);
		doubt = result.outcome === 'unconfirmed' ? doubtOf(result, request, earlier) : undefined;
		return result;
	} finally {
		turn.end(doubt);
	}
}

/** The tries in doubt that the sessions must be asked about: of this execution, and of somebody before in this process. */
function earlierTries(
	{ customerServiceAccount }: ContactRequest,
	nowMs: number,
	remembered: RememberedTry | undefined,
	doubt: Doubt | undefined,
): EarlierTry[] {
	const own = remembered && {
		result: remembered.result,
		customerServiceAccount,
		triedAt: nowMs - remembered.agoMs,
	};
	const other = doubt && {
		result: unconfirmed(
			'An earlier request for this user had no clear answer, so nothing was sent: it is not known whether the user was contacted.',
		),
		customerServiceAccount: doubt.customerServiceAccount,
		triedAt: doubt.endedAt,
	};
	return [own, other].filter((earlier) => earlier !== undefined);
}

/** What stays in doubt: the try of this request, or the latest of the earlier ones when nothing new was found out. */
function doubtOf(
	{ triedAt, fromEarlierTry }: ContactResult,
	{ customerServiceAccount }: ContactRequest,
	earlier: EarlierTry[],
): Doubt | undefined {
	if (!fromEarlierTry)
		return triedAt === undefined ? undefined : { endedAt: triedAt, customerServiceAccount };
	const [latest] = [...earlier].sort((a, b) => b.triedAt - a.triedAt);
	return (
		latest && { endedAt: latest.triedAt, customerServiceAccount: latest.customerServiceAccount }
	);
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
	const { customerServiceAccount, userId } = request;
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
			scheduler,
			slot,
			to: { app: appOf(account), signer: signerOf(account) },
			settings: options,
			random: Math.random,
		},
		earlier,
	);
}

/** What an earlier try found out, and nothing new. */
export function replay({ result }: RememberedTry): ContactResult {
	return { ...result, fromEarlierTry: true };
}
