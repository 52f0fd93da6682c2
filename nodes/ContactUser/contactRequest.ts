import type { IExecuteFunctions } from 'n8n-workflow';

import type { Problem } from '../../credentials/deskAccount';
import { outputModeOf } from '../shared/n8n/runItems';
import {
	type Reading,
	readRequired,
	readFrom,
	readAgentGroup,
	readAgent,
	EMPTY,
	echoOf,
} from '../shared/n8n/text';
import { parameterOfEachItem, type ParameterReading } from '../shared/n8n/parameters';

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
	/** `request` as far as it could be read, so that the report still tells which user was meant. */
	| { ok: false; request: ContactRequest; problem: Problem };

const LABELS: Record<keyof ContactRequest, string> = {
	userId: 'User ID',
	customerServiceAccount: 'Customer Service Account',
	agentGroup: 'Agent Group',
	agent: 'Agent',
};

const ADVICE: Record<keyof ContactRequest, string> = {
	userId:
		'Enter the UserID of a user of your Desk application: 1 to 32 letters, digits and signs without accents.',
	customerServiceAccount:
		'Choose the customer service account from the list, or enter its UserID: 1 to 32 letters, digits and signs without accents.',
	agentGroup: 'Choose the agent group from the list, enter its number, or leave it empty.',
	agent:
		'Choose the agent from the list, enter the email address the agent logs in with, or leave it empty.',
};

/** What is behind most empty User IDs. */
const CHECK_FIELD_NAME =
	'Check the name of the field in User ID. The item may have no field of that name, or have it one level deeper.';

/** Turns the parameters of an item into a request, or says which parameter cannot be right. Sends nothing. */
export function readContactRequest(parameters: ContactParameters): ContactRequestReading {
	const userId = readFrom(parameters.userId, readUserId);
	const account = readFrom(parameters.customerServiceAccount, (value) => readRequired(value));
	const agentGroup = readFrom(parameters.agentGroup, readAgentGroup);
	const agent = readFrom(parameters.agent, readAgent);

	if ('value' in userId && 'value' in account && 'value' in agentGroup && 'value' in agent) {
		const request = {
			userId: userId.value,
			customerServiceAccount: account.value,
			agentGroup: agentGroup.value,
			agent: agent.value || null,
		};
		return { ok: true, request };
	}
	return {
		ok: false,
		request: {
			userId: 'value' in userId ? userId.value : echoOfReading(parameters.userId),
			customerServiceAccount:
				'value' in account ? account.value : echoOfReading(parameters.customerServiceAccount),
			agentGroup: 'value' in agentGroup ? agentGroup.value : null,
			agent: ('value' in agent ? agent.value : echoOfReading(parameters.agent)) || null,
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

function readUserId(value: unknown): Reading<string> {
	const userId = readRequired(value);
	return 'fault' in userId && userId.fault === EMPTY
		? { fault: EMPTY, advice: CHECK_FIELD_NAME }
		: userId;
}

function echoOfReading(parameter: ParameterReading): string {
	return 'value' in parameter ? echoOf(parameter.value) : '';
}

/** What models give where they mean no group in particular. */
const NO_GROUP = /^\s*(0+|null|none|undefined|nil|any|n\/a)\s*$/i;

/** Gives the parameters of an item. */
export function parameterReader(
	context: IExecuteFunctions,
): (itemIndex: number) => ContactParameters {
	const userId = parameterOfEachItem(context, 'userId');
	const customerServiceAccount = parameterOfEachItem(context, 'customerServiceAccount');
	const agentGroup = parameterOfEachItem(context, 'agentGroup');
	const agent = parameterOfEachItem(context, 'agent');
	const isTool = outputModeOf(context) === 'tool';
	return (itemIndex) => ({
		userId: userId(itemIndex),
		customerServiceAccount: customerServiceAccount(itemIndex),
		agentGroup: isTool ? groupOfModel(agentGroup(itemIndex)) : agentGroup(itemIndex),
		agent: agent(itemIndex),
	});
}

/** Tencent has no group 0, and to refuse it would cost the user the agent over a word. */
function groupOfModel(reading: ParameterReading): ParameterReading {
	const value = 'value' in reading ? reading.value : undefined;
	const isWord = typeof value === 'string' || typeof value === 'number';
	return isWord && NO_GROUP.test(String(value)) ? { value: null } : reading;
}
