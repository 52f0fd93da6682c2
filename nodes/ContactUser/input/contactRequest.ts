import type { Problem } from '../../../credentials/deskAccount';
import { LONGEST_USER_ID } from '../../../credentials/userId';
import type { ParameterReading } from '../../shared/n8n/parameters';
import { echoOf } from './echo';
import { readName, readText, type Reading } from './text';

/** A contact that may be sent. */
export interface ContactRequest {
	userId: string;
	customerServiceAccount: string;
	/** null: Desk chooses by its own assignment strategy. */
	agentGroup: number | null;
	/** null: Desk chooses by its own assignment strategy. */
	agent: string | null;
}

export type ContactParameters = Record<keyof ContactRequest, ParameterReading>;

export type ContactRequestReading =
	| { ok: true; request: ContactRequest }
	/** `echo` holds what could be read, so that the report still tells which user was meant. */
	| { ok: false; echo: ContactRequest; problem: Problem };

const LABELS: Record<keyof ContactRequest, string> = {
	userId: 'User ID',
	customerServiceAccount: 'Customer Service Account',
	agentGroup: 'Agent Group',
	agent: 'Agent',
};

const ADVICE: Record<keyof ContactRequest, string> = {
	userId:
		'Enter the UserID of a user of your Desk application: 1 to 32 printable ASCII characters.',
	customerServiceAccount:
		'Choose the customer service account from the list, or enter its UserID: 1 to 32 printable ASCII characters.',
	agentGroup: 'Choose the agent group from the list, enter its number, or leave it empty.',
	agent:
		'Choose the agent from the list, enter the email address the agent logs in with, or leave it empty.',
};

const EMPTY = 'is empty';
/** What is behind most empty User IDs. */
const CHECK_FIELD_NAME =
	'Check the spelling of the field in User ID: most often the item has no field of that name, or has it one level deeper.';

/** Agents are named by their email address; the longest one (RFC 5321). */
const LONGEST_AGENT = 254;
/**
 * What models write for "no agent in particular". Desk would only call some parameter wrong, and to drop it would be
 * a guess. A UserID may be such a word, so there Desk decides.
 */
const NO_AGENT = /^(none|nil|any|anyone|n\/a)$/i;

/** Turns the parameters of an item into a request, or says which parameter cannot be right. Sends nothing. */
export function readContactRequest(parameters: ContactParameters): ContactRequestReading {
	const userId = readUserId(parameters.userId);
	const account = readRequired(parameters.customerServiceAccount);
	const agentGroup = readAgentGroup(parameters.agentGroup);
	const agent = readAgent(parameters.agent);

	if ('value' in userId && 'value' in account && 'value' in agentGroup && 'value' in agent) {
		const request = {
			userId: userId.value,
			customerServiceAccount: account.value,
			agentGroup: agentGroup.value,
			agent: agent.value,
		};
		return { ok: true, request };
	}
	return {
		ok: false,
		echo: {
			userId: 'value' in userId ? userId.value : echoOfReading(parameters.userId),
			customerServiceAccount:
				'value' in account ? account.value : echoOfReading(parameters.customerServiceAccount),
			agentGroup: 'value' in agentGroup ? agentGroup.value : null,
			agent: 'value' in agent ? agent.value : echoOfReading(parameters.agent) || null,
		},
		problem: firstProblem({ userId, customerServiceAccount: account, agentGroup, agent }),
	};
}

function firstProblem(readings: Record<keyof ContactRequest, Reading<unknown>>): Problem {
	for (const name of Object.keys(readings) as Array<keyof ContactRequest>) {
		const reading = readings[name];
		if (!('fault' in reading)) continue;
		return {
			message: `${LABELS[name]} ${reading.fault}, so nothing was sent.`,
			advice: reading.advice ?? ADVICE[name],
		};
	}
	throw new Error('No parameter has a fault');
}

function readUserId(parameter: ParameterReading): Reading<string> {
	const userId = readRequired(parameter);
	return 'fault' in userId && userId.fault === EMPTY
		? { fault: EMPTY, advice: CHECK_FIELD_NAME }
		: userId;
}

function readRequired(parameter: ParameterReading): Reading<string> {
	const name = readName(parameter, LONGEST_USER_ID);
	return 'value' in name && name.value === '' ? { fault: EMPTY } : name;
}

function readAgent(parameter: ParameterReading): Reading<string | null> {
	const agent = readName(parameter, LONGEST_AGENT);
	if ('fault' in agent) return { fault: agent.fault };
	if (NO_AGENT.test(agent.value)) return { fault: `is "${agent.value}", which names nobody` };
	return { value: agent.value === '' ? null : agent.value };
}

function readAgentGroup(parameter: ParameterReading): Reading<number | null> {
	const text = readText(parameter, LONGEST_AGENT);
	if ('fault' in text) return { fault: text.fault };
	if (text.value === '') return { value: null };
	const group = Number(text.value);
	if (!/^\d+$/.test(text.value) || group === 0 || !Number.isSafeInteger(group)) {
		return { fault: 'is not a positive whole number' };
	}
	return { value: group };
}

function echoOfReading(parameter: ParameterReading): string {
	return 'value' in parameter ? echoOf(parameter.value) : '';
}
