import type { Problem } from '../../../credentials/deskAccount';
import { isUserIdText, LONGEST_USER_ID } from '../../../credentials/userId';
import type { ParameterReading } from '../../shared/n8n/parameters';

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

/** `fault`: how the sentence goes on after the parameter's label. */
type Reading<T> = { value: T } | { fault: string };

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

/** Agents are named by their email address; the longest one (RFC 5321). */
const LONGEST_AGENT = 254;
/**
 * What models and broken expressions write for "no agent in particular". Desk would only call some parameter wrong,
 * and to drop it would be a guess. A UserID may be such a word, so there Desk decides.
 */
const NO_NAME = /^(null|undefined|none|nil|any|anyone|n\/a|nan)$/i;
const LONGEST_ECHO = 64;

/** Turns the parameters of an item into a request, or says which parameter cannot be right. Sends nothing. */
export function readContactRequest(parameters: ContactParameters): ContactRequestReading {
	const userId = readRequired(parameters.userId, LONGEST_USER_ID);
	const account = readRequired(parameters.customerServiceAccount, LONGEST_USER_ID);
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
			userId: 'value' in userId ? userId.value : echoOf(parameters.userId),
			customerServiceAccount:
				'value' in account ? account.value : echoOf(parameters.customerServiceAccount),
			agentGroup: 'value' in agentGroup ? agentGroup.value : null,
			agent: 'value' in agent ? agent.value : null,
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
			advice: ADVICE[name],
		};
	}
	throw new Error('No parameter has a fault');
}

function readRequired(parameter: ParameterReading, longest: number): Reading<string> {
	const text = readText(parameter, longest);
	return 'value' in text && text.value === '' ? { fault: 'is empty' } : text;
}

function readOptional(parameter: ParameterReading, longest: number): Reading<string | null> {
	const text = readText(parameter, longest);
	return 'value' in text && text.value === '' ? { value: null } : text;
}

function readAgent(parameter: ParameterReading): Reading<string | null> {
	const agent = readOptional(parameter, LONGEST_AGENT);
	return 'value' in agent && agent.value !== null && NO_NAME.test(agent.value)
		? { fault: `is "${agent.value}", which names nobody` }
		: agent;
}

function readAgentGroup(parameter: ParameterReading): Reading<number | null> {
	const text = readOptional(parameter, LONGEST_AGENT);
	if ('fault' in text) return text;
	if (text.value === null) return { value: null };
	const group = Number(text.value);
	if (!/^\d+$/.test(text.value) || group === 0 || !Number.isSafeInteger(group)) {
		return { fault: 'is not a positive whole number' };
	}
	return { value: group };
}

/** Blanks around a text are dropped, as spreadsheets and forms often add them. */
function readText(parameter: ParameterReading, longest: number): Reading<string> {
	if ('unreadable' in parameter) {
		return { fault: `could not be read from the item (${parameter.unreadable.slice(0, 200)})` };
	}
	const { value } = parameter;
	if (value === undefined || value === null) return { value: '' };
	if (typeof value === 'number') return readNumber(value);
	if (typeof value !== 'string') return { fault: 'is neither a text nor a number' };
	const text = value.trim();
	if (Buffer.byteLength(text) > longest) return { fault: `is longer than ${longest} bytes` };
	if (!isUserIdText(text)) return { fault: 'has characters other than printable ASCII' };
	return { value: text };
}

function readNumber(value: number): Reading<string> {
	// A larger whole number has lost its last digits already: it would name another user.
	const exact = Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
	return exact ? { value: String(value) } : { fault: 'is a number too large to be exact' };
}

/** The readable start of a refused text. */
function echoOf(parameter: ParameterReading): string {
	if (!('value' in parameter) || typeof parameter.value !== 'string') return '';
	const start = Array.from(parameter.value.slice(0, 2 * LONGEST_ECHO + 1)).slice(0, LONGEST_ECHO);
	return start.join('').replaceAll(/\p{Cc}/gu, '');
}
