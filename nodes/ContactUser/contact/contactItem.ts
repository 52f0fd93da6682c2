import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Problem } from '../../../credentials/deskAccount';
import { callDesk, type DeskCommand, type DeskCredential } from '../../shared/api/callDesk';
import { contactUser, type EarlierTry } from './contact';
import {
	readContactRequest,
	type ContactParameters,
	type ContactRequest,
} from '../input/contactRequest';
import type { Dispatch } from '../../shared/sending/scheduler';
import { notTried, refusedBeforeSending, unexpected } from './results';
import type { OneAtATime } from '../../shared/sending/oneAtATime';
import type { RunOptions } from '../input/options';
import type { OutputMode } from '../input/parameters';
import type { Ending, Finding } from '../output/report';
import { contactBody, sessionBody } from './requestBodies';
import type { RememberedItem, RetryMemory } from './retryMemory';
import { readCredential } from '../../shared/n8n/credential';
import { mayNameAnotherUser, SEVERAL_CHATS } from '../input/toolPairing';

/** One item of the run, worked through. */
export interface ContactedItem extends RememberedItem {
	/** What was asked for, as far as it could be read. */
	echo: ContactRequest;
}

export interface Run {
	options: RunOptions;
	/** What cannot be right about the options: then nothing is sent for any item. */
	optionsProblem?: Problem;
	dispatch: Dispatch<Finding>;
	/**
	 * Two items of one user would otherwise be under way at once, and no document says that Desk then makes one
	 * contact only. One after the other, the second gets Desk's 141016.
	 */
	oneAtATime: OneAtATime;
	memory: RetryMemory;
	mode: OutputMode;
	parametersOf: (itemIndex: number) => ContactParameters;
}

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
	run: Run,
): Promise<ContactedItem> {
	const item: ContactedItem = { echo: NOTHING_READ, ending: unexpected() };
	try {
		// Whom an earlier try contacted is told also by a run that has been stopped.
		item.ending =
			run.dispatch.isStopped() && !run.memory.has(itemIndex)
				? notTried()
				: await readAndContact(context, itemIndex, run, item);
	} catch (error) {
		// Its name only: its text could hold what was sent.
		const name = error instanceof Error ? error.name : typeof error;
		context.logger.error(`Contact User met an unexpected ${name} at item ${itemIndex}`);
	}
	return item;
}

/** Reads the item, and contacts its user unless something about it cannot be right. Fills in `item` as it gets to know it. */
async function readAndContact(
	context: IExecuteFunctions,
	itemIndex: number,
	run: Run,
	item: ContactedItem,
): Promise<Ending> {
	if (run.mode === 'tool' && mayNameAnotherUser(context)) {
		return refusedBeforeSending(SEVERAL_CHATS);
	}
	const reading = readContactRequest(run.parametersOf(itemIndex));
	item.echo = reading.ok ? reading.request : reading.echo;
	const earlier = run.memory.recall(itemIndex, item.echo, undefined);
	if (run.optionsProblem !== undefined) return refuse(run.optionsProblem, earlier);
	if (!reading.ok) return refuse(reading.problem, earlier);

	const credential = await readCredential(context, itemIndex);
	if ('problem' in credential) return refuse(credential.problem, earlier);

	const { origin, sdkAppId } = credential.credential.account;
	item.app = JSON.stringify([origin, sdkAppId]);
	const sameContact = run.memory.recall(itemIndex, item.echo, item.app);
	if (sameContact?.ending.outcome === 'contacted') return replay(sameContact);
	return await run.oneAtATime(
		JSON.stringify([item.app, reading.request.userId]),
		async () => await send(context, reading.request, credential.credential, run, sameContact),
	);
}

async function send(
	context: IExecuteFunctions,
	request: ContactRequest,
	credential: DeskCredential,
	{ options, dispatch }: Run,
	earlier: EarlierTry | undefined,
): Promise<Ending> {
	const { timeoutMs, fieldNames } = options;
	const { origin, sdkAppId, adminUserId } = credential.account;
	const call = async (command: DeskCommand, body: IDataObject) =>
		await callDesk(context, { command, body, credential, timeoutMs });
	return await contactUser(
		{
			calls: {
				contactUser: async () => await call('contact_user', contactBody(request, fieldNames)),
				sessionState: async () => await call('get_session_state', sessionBody(request)),
			},
			dispatch,
			group: JSON.stringify([origin, sdkAppId, adminUserId]),
			settings: options,
			random: Math.random,
		},
		earlier,
	);
}

/** What cannot be sent now may have been sent by an earlier try; that is what is true of this user. */
function refuse(refusal: Problem, earlier: EarlierTry | undefined): Ending {
	return earlier === undefined ? refusedBeforeSending(refusal) : replay(earlier);
}

function replay({ ending }: EarlierTry): Ending {
	return { ...ending, fromEarlierTry: true };
}
