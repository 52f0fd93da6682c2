import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Problem } from '../../../credentials/deskAccount';
import { callDesk, type DeskCommand, type DeskCredential } from '../../shared/api/callDesk';
import { appOf, readCredential } from '../../shared/n8n/credential';
import { CLOCK } from '../../shared/n8n/processWide';
import { createOneAtATime, type Note } from '../../shared/sending/oneAtATime';
import type { Scheduler, Slot } from '../../shared/sending/scheduler';
import {
	readContactRequest,
	type ContactParameters,
	type ContactRequest,
} from '../input/contactRequest';
import type { RunOptions } from '../input/options';
import type { OutputMode } from '../input/parameters';
import { mayNameAnotherUser, SEVERAL_CHATS } from '../input/toolPairing';
import { contactUser, SESSION_TELLS_UNTIL_MS, type EarlierTry } from './contact';
import { contactBody, sessionBody } from './requestBodies';
import {
	notSent,
	notTried,
	sameContact,
	unconfirmed,
	unexpected,
	type ContactResult,
} from './results';
import type { RememberedItem, RememberedTry, RetryMemory } from './retryMemory';

/** One item of the run, worked through. */
export interface ContactedItem extends RememberedItem {
	/** What was asked for, as far as it could be read. */
	request: ContactRequest;
}

export interface Run {
	options: RunOptions;
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

const NOTHING_READ: ContactRequest = {
	userId: '',
	customerServiceAccount: '',
	agentGroup: null,
	agent: null,
};

/** Works through one item. Never rejects: n8n answers a throw by sending all inputs out of Contacted. */
export async function contactItem(
	context: IExecuteFunctions,
	itemIndex: number,
	slot: Slot,
	run: Run,
): Promise<ContactedItem> {
	const item: ContactedItem = { request: NOTHING_READ, result: unexpected() };
	try {
		// Whom an earlier try contacted is told also by a run that has been stopped.
		item.result =
			run.scheduler.isStopped() && run.memory.isEmpty
				? notTried()
				: await readAndContact(context, itemIndex, slot, run, item);
	} catch (error) {
		logDefect(context, itemIndex, error);
	}
	run.onResult(item.result, itemIndex);
	return item;
}

/** Reads the item, and contacts its user unless something about it cannot be right. Fills in `item` as it gets to know it. */
async function readAndContact(
	context: IExecuteFunctions,
	itemIndex: number,
	slot: Slot,
	run: Run,
	item: ContactedItem,
): Promise<ContactResult> {
	if (run.mode === 'tool' && mayNameAnotherUser(context)) return notSent(SEVERAL_CHATS);
	const reading = readContactRequest(run.parametersOf(itemIndex));
	item.request = reading.ok ? reading.request : reading.echo;
	const remembered = run.memory.recall(item.request, undefined);
	if (!reading.ok) return unlessRemembered(reading.problem, remembered);

	const credentialReading = await readCredential(context, itemIndex);
	if ('problem' in credentialReading) {
		return unlessRemembered(credentialReading.problem, remembered);
	}
	const { credential } = credentialReading;
	item.app = appOf(credential.account);

	const { request } = reading;
	const key = JSON.stringify([item.app, ...Object.values(request)]);
	const first = run.contacts.get(key);
	if (first !== undefined) {
		const result = await slot.rest(first.result);
		return sameContact(result ?? notTried(), first.itemIndex);
	}
	const result = contactOnce(context, request, credential, itemIndex, slot, run);
	run.contacts.set(key, { itemIndex, result });
	return await result;
}

/** Contacts the user of a request unless that was done before, one request of a user at a time. */
async function contactOnce(
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

/** The tries in doubt that the sessions must be asked about: the later one of an account, other accounts first. */
function earlierTries(
	{ customerServiceAccount }: ContactRequest,
	nowMs: number,
	remembered: RememberedTry | undefined,
	doubt: Doubt | undefined,
): EarlierTry[] {
	const own =
		remembered === undefined
			? undefined
			: {
					result: remembered.result,
					customerServiceAccount,
					triedAt: nowMs - remembered.agoMs,
				};
	const left =
		doubt === undefined
			? undefined
			: {
					result: unconfirmed(
						'An earlier request for this user had no clear answer, so nothing was sent: it is not known whether the user was contacted.',
					),
					customerServiceAccount: doubt.customerServiceAccount,
					triedAt: doubt.endedAt,
				};
	if (own === undefined || left === undefined) return [left ?? own ?? []].flat();
	if (left.customerServiceAccount !== customerServiceAccount) return [left, own];
	return [{ ...own, triedAt: Math.max(own.triedAt, left.triedAt) }];
}

/** What stays in doubt: an earlier try of which nothing new was found out, or the one of this request. */
function doubtOf(
	{ triedAt }: ContactResult,
	{ customerServiceAccount }: ContactRequest,
	earlier: EarlierTry[],
): Doubt | undefined {
	if (triedAt === undefined) return undefined;
	const stays = earlier.find((tried) => tried.triedAt === triedAt);
	return {
		endedAt: triedAt,
		customerServiceAccount: stays?.customerServiceAccount ?? customerServiceAccount,
	};
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
	const app = appOf(credential.account);
	return await contactUser(
		{
			calls: {
				contactUser: async () => await call('contact_user', contactBody(request, fieldNames)),
				sessionState: async (account) =>
					await call('get_session_state', sessionBody(userId, account)),
			},
			customerServiceAccount,
			scheduler,
			slot,
			to: { app, signer: JSON.stringify([app, credential.account.adminUserId]) },
			settings: options,
			random: Math.random,
		},
		earlier,
	);
}

/** What cannot be sent now may have been sent by an earlier try; that is what is true of this user. */
function unlessRemembered(problem: Problem, remembered: RememberedTry | undefined): ContactResult {
	return remembered === undefined ? notSent(problem) : replay(remembered);
}

function replay({ result }: RememberedTry): ContactResult {
	return { ...result, fromEarlierTry: true };
}

/** Where it happened, never what it says: its text could hold what was sent. */
function logDefect(context: IExecuteFunctions, itemIndex: number, error: unknown): void {
	const name = error instanceof Error ? error.name : typeof error;
	const stack = error instanceof Error ? (error.stack ?? '') : '';
	const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
	context.logger.error(
		[`Contact User met an unexpected ${name} at item ${itemIndex}`, ...frames].join('\n'),
	);
}
