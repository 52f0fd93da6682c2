import type { IExecuteFunctions } from 'n8n-workflow';

import { appOf, type Problem } from '../../credentials/deskAccount';
import { NOT_TRIED, notSent, type Change, type Ended } from '../shared/delivery/command';
import { deliver, read, replay, simulate, type CredentialChecks } from '../shared/delivery/deliver';
import type { Item, Line } from '../shared/delivery/run';
import type { CodeClass } from '../shared/desk/codes';
import { readCredential } from '../shared/n8n/credential';
import type { OutputMode } from '../shared/n8n/runItems';
import { quoted } from '../shared/n8n/text';
import { type ParameterReading, severalChats } from '../shared/n8n/parameters';
import {
	contactCommand,
	readContactRequest,
	sessionQuestion,
	type ContactParameters,
	type ContactRequest,
} from './contact';
import type { RunOptions } from './options';
import { readSession, simulatedEnd, type Contacted, type ContactedItem } from './report';

/** One run of the node. */
export interface ContactRun {
	options: RunOptions;
	/** What cannot be right about the options: then nothing is sent for any item. */
	optionsProblem?: Problem;
	mode: OutputMode;
	parametersOf: (itemIndex: number) => ContactParameters;
	simulatedOutcomeOf: (itemIndex: number) => ParameterReading;
	checks: CredentialChecks;
	/** By what is asked for: the item that asked first, and what becomes of it. */
	contacts: Map<string, { itemIndex: number; contacted: Promise<Contacted> }>;
}

const NOTHING_READ: ContactRequest = {
	userId: '',
	customerServiceAccount: '',
	agentGroup: null,
	agent: null,
};

export function newItem(): ContactedItem {
	return { request: NOTHING_READ, ended: NOT_TRIED };
}

/** Reads the item, and contacts its user unless something about it cannot be right. Fills in `contacted` as it gets to know it. */
export async function contactItem(
	context: IExecuteFunctions,
	item: Item,
	run: ContactRun,
	contacted: ContactedItem,
): Promise<Ended> {
	const { options, optionsProblem, contacts } = run;
	const unclear = run.mode === 'tool' && severalChats(context, Object.keys(NOTHING_READ), 'user');
	if (unclear) return notSent(unclear);
	const { request, problem } = readContactRequest(run.parametersOf(item.index));
	contacted.request = request;
	const command = contactCommand(request, options.fieldNames);
	/** What cannot be sent now may have been sent by an earlier run; that is what is true of this user. */
	const unlessRemembered = (found: Problem, findingClass?: CodeClass) => {
		const remembered = item.run.memory?.recall(command.identity, undefined);
		return remembered === undefined ? notSent(found, findingClass) : replay(remembered);
	};
	const odd = optionsProblem ?? problem;
	if (odd !== undefined) return unlessRemembered(odd);
	const credentialReading = await readCredential(context, item.index);
	if ('problem' in credentialReading) {
		return unlessRemembered(credentialReading.problem, 'credential');
	}

	const { credential } = credentialReading;
	if (options.simulateOnly) return await simulateContact({ item, credential }, run);
	const key = JSON.stringify([appOf(credential.account), ...Object.values(request)]);
	const first = contacts.get(key);
	if (first !== undefined) {
		contacted.sameAs = first.itemIndex;
		item.letNext();
		const same = await item.slot.rest(first.contacted, item.run.scheduler.halted);
		contacted.session = same?.session;
		return same?.ended ?? NOT_TRIED;
	}
	const own = contactOnce({ item, credential }, request, command, options);
	contacts.set(key, { itemIndex: item.index, contacted: own });
	const { ended, session } = await own;
	contacted.session = session;
	return ended;
}

/** Nothing is sent but a check of the credential, and the builder says how it ends. */
async function simulateContact(
	line: Line,
	{ checks, simulatedOutcomeOf }: ContactRun,
): Promise<Ended> {
	const reading = simulatedOutcomeOf(line.item.index);
	const given = 'value' in reading ? String(reading.value ?? '') : '';
	const end = simulatedEnd(given || 'contacted');
	if (end === undefined || 'unreadable' in reading) {
		return notSent({
			message: `Simulated Outcome is ${quoted(given)}, which is not one of the available options, so nothing was sent.`,
			advice: 'Choose an outcome from the list, or use an expression that returns the name of one.',
		});
	}
	const checked = await simulate(line, checks);
	return checked.kind === 'done' ? end : checked;
}

async function contactOnce(
	line: Line,
	request: ContactRequest,
	command: Change,
	{ includeSession }: RunOptions,
): Promise<Contacted> {
	const ended = await deliver(line, command);
	// A look that showed the contact has shown the session too.
	const wantsSession = includeSession && ended.kind === 'done' && ended.shownBy !== 'look';
	if (!wantsSession) return { ended };
	const session = await read(line, sessionQuestion(request));
	return { ended, ...(session.kind === 'done' && { session: readSession(session.answer) }) };
}
