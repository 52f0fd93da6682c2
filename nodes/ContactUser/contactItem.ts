import type { IExecuteFunctions } from 'n8n-workflow';

import { readDeskAccount } from '../../credentials/deskAccount';
import { callDesk, type DeskCommand } from '../shared/deskApi';
import { contactUser } from './contact';
import {
	contactBody,
	readContactRequest,
	sessionBody,
	type ContactRequest,
} from './contactRequest';
import type { Dispatch } from './dispatch';
import type { RunOptions } from './options';
import { notTried, unexpected } from './outcomes';
import { refusedBeforeSending, type Ending, type Finding } from './report';
import type { RetryMemory } from './retryMemory';
import { readCredential, readParameters } from './runContext';

/** One item of the run, worked through. */
export interface ContactedItem {
	/** What was asked for, as far as it could be read. */
	echo: ContactRequest;
	/** Set when the parameters made a request. */
	request?: ContactRequest;
	ending: Ending;
}

export interface Run {
	options: RunOptions;
	dispatch: Dispatch<Finding>;
	memory: RetryMemory;
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
	try {
		return await readAndContact(context, itemIndex, run);
	} catch {
		return { echo: NOTHING_READ, ending: unexpected() };
	}
}

/** Reads the item, and contacts its user unless something about it cannot be right. */
async function readAndContact(
	context: IExecuteFunctions,
	itemIndex: number,
	{ options, dispatch, memory }: Run,
): Promise<ContactedItem> {
	if (dispatch.isStopped() && !memory.has(itemIndex)) {
		return { echo: NOTHING_READ, ending: notTried() };
	}
	const reading = readContactRequest(readParameters(context, itemIndex));
	if (!reading.ok) return { echo: reading.echo, ending: refusedBeforeSending(reading.refusal) };
	const { request } = reading;

	const earlier = memory.recall(itemIndex, request);
	if (earlier?.ending.outcome === 'contacted') {
		return { echo: request, request, ending: earlier.ending };
	}

	const credential = await readCredential(context, itemIndex);
	if ('unreadable' in credential) {
		return { echo: request, ending: refusedBeforeSending(noCredential(credential.unreadable)) };
	}
	const account = readDeskAccount(credential.data);
	if (!account.ok) return { echo: request, ending: refusedBeforeSending(account.refusal) };

	const { origin, sdkAppId, adminUserId } = account.account;
	const call = async (command: DeskCommand, body: ReturnType<typeof contactBody>) =>
		await callDesk(context, {
			command,
			body,
			credential: credential.data,
			origin,
			timeoutMs: options.timeoutMs,
		});
	const ending = await contactUser(
		{
			calls: {
				contactUser: async () =>
					await call('contact_user', contactBody(request, options.fieldNames)),
				sessionState: async () => await call('get_session_state', sessionBody(request)),
			},
			dispatch,
			group: JSON.stringify([origin, sdkAppId, adminUserId]),
			settings: options,
			random: Math.random,
		},
		earlier,
	);
	return { echo: request, request, ending };
}

function noCredential(reason: string) {
	return {
		message: `The Tencent Desk API credential could not be read (${reason.slice(0, 200)}), so nothing was sent`,
		advice: 'Choose a Tencent Desk API credential in the node, and test it.',
	};
}
