import { LONGEST_USER_ID } from '../../../credentials/deskAccount';
import {
	EMPTY,
	readAgent as readAnyAgent,
	readPrintable,
	readRequired,
	readText,
	switchOf,
	type Reading,
} from '../../shared/input/text';

/** No page tells how long one may be; those seen have some 40 characters. */
const LONGEST_SESSION_ID = 256;

export function readUserId(value: unknown): Reading<string> {
	return readRequired(value);
}

export function readOptionalUserId(value: unknown): Reading<string> {
	return readPrintable(value, LONGEST_USER_ID);
}

export function readSessionId(value: unknown): Reading<string> {
	return readRequired(value, LONGEST_SESSION_ID);
}

/** The text of a message, as it stands: its blanks and lines are the writer's. */
export function readMessageText(value: unknown): Reading<string> {
	const text = readText(value);
	return 'value' in text && text.value.trim() === '' ? { fault: EMPTY } : text;
}

export function readAgent(value: unknown): Reading<string> {
	const agent = readAnyAgent(value);
	return 'value' in agent && agent.value === '' ? { fault: EMPTY } : agent;
}

/** One agent, several separated by commas, or a list of them; nobody is []. */
export function readAgents(value: unknown): Reading<string[]> {
	const agents: string[] = [];
	for (const part of Array.isArray(value) ? (value as unknown[]) : [value]) {
		const text = readText(part);
		if ('fault' in text) return text;
		for (const name of text.value.split(/[,;\s]+/).filter(Boolean)) {
			const agent = readAnyAgent(name);
			if ('fault' in agent) return agent;
			if (agent.value !== '') agents.push(agent.value);
		}
	}
	return { value: [...new Set(agents)] };
}

/** A short free text; '' when there is none. */
export function readReason(value: unknown): Reading<string> {
	const text = readText(value);
	return 'value' in text ? { value: text.value.trim() } : text;
}

export function readSwitch(value: unknown): Reading<boolean> {
	const isOn = value === undefined || value === null || value === '' ? false : switchOf(value);
	return isOn === undefined ? { fault: 'is neither true nor false' } : { value: isOn };
}

/** A whole number from 1 on; `byDefault` when there is none. */
export function readLimit(value: unknown, byDefault: number): Reading<number> {
	const text = readText(value);
	if ('fault' in text) return text;
	if (text.value.trim() === '') return { value: byDefault };
	const limit = Number(text.value);
	return Number.isSafeInteger(limit) && limit >= 1
		? { value: limit }
		: { fault: 'is not a whole number from 1 on' };
}

/** One of the choices; case, blanks and marks make no difference. */
export function readChoice<Choice extends string>(
	value: unknown,
	choices: readonly Choice[],
): Reading<Choice> {
	const letters = (text: string) => text.replaceAll(/[^a-z]/gi, '').toLowerCase();
	const found = choices.find(
		(choice) => typeof value === 'string' && letters(choice) === letters(value),
	);
	return found === undefined ? { fault: 'is none of its choices' } : { value: found };
}
