import type { IExecuteFunctions } from 'n8n-workflow';

import type { Problem } from '../../../credentials/deskAccount';
import { appOf, readCredential } from '../../shared/n8n/credential';
import { severalChats } from '../../shared/n8n/severalChats';
import type { Slot } from '../../shared/sending/scheduler';
import { readContactRequest, type ContactRequest } from '../input/contactRequest';
import { logDefect } from '../../shared/n8n/logDefect';
import { notSent, notTried, sameContact, unexpected, type ContactResult } from './results';
import type { RememberedItem, RememberedTry } from './retryMemory';
import { contactInTurn, replay, type Run } from './userTurn';

/** One item of the run, worked through. */
export interface ContactedItem extends RememberedItem {
	/** What was asked for, as far as it could be read. */
	request: ContactRequest;
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
	const unclear = run.mode === 'tool' && severalChats(context, Object.keys(NOTHING_READ), 'user');
	if (unclear) return notSent(unclear);
	const reading = readContactRequest(run.parametersOf(itemIndex));
	item.request = reading.request;
	const remembered = run.memory.recall(item.request, undefined);
	if (run.optionsProblem !== undefined) return unlessRemembered(run.optionsProblem, remembered);
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
	const result = contactInTurn(context, request, credential, itemIndex, slot, run);
	run.contacts.set(key, { itemIndex, result });
	return await result;
}

/** What cannot be sent now may have been sent by an earlier try; that is what is true of this user. */
function unlessRemembered(problem: Problem, remembered: RememberedTry | undefined): ContactResult {
	return remembered === undefined ? notSent(problem) : replay(remembered);
}
