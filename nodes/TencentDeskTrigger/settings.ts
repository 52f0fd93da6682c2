import type { Problem } from '../../credentials/deskAccount';
import { isRecord } from '../shared/api/reply';
import { numberIn, switchOf } from '../shared/input/text';
import { HOUR_S } from './memory';
import { OPTION_RANGES } from './description';

/** What the builder chose, read once a poll. */
export interface Settings {
	filters: Filters;
	/** Seconds that a record may appear after its own time. */
	lookBackS: number;
	/** Seconds that a record waits for a rating. */
	holdBackS: number;
	/** Milliseconds for one answer. */
	timeoutMs: number;
}

/** Empty, null and false let every record pass. */
export interface Filters {
	userId: string;
	agent: string;
	agentGroup: number | null;
	onlyRated: boolean;
}

type NumberOption = keyof typeof OPTION_RANGES;

/**
 * Reads the parameters as n8n gives them: anything, since expressions may give anything. Numbers out of range are
 * brought into range.
 */
export function readSettings(
	filters: unknown,
	options: unknown,
): { settings: Settings } | { problem: Problem } {
	const chosen = isRecord(filters) ? filters : {};
	const agentGroup = readText(chosen.agentGroup);
	if (agentGroup !== '' && !/^[1-9]\d{0,14}$/.test(agentGroup)) {
		return {
			problem: {
				message: 'The Agent Group of the filters is not the number of a group.',
				advice: 'Choose a group from the list, enter its number, or leave the filter out.',
			},
		};
	}
	const numbers = isRecord(options) ? options : {};
	const wrong = (Object.keys(OPTION_RANGES) as NumberOption[]).find(
		(name) => readNumber(numbers, name) === undefined,
	);
	if (wrong !== undefined) {
		return {
			problem: {
				message: `The option ${SHOWN_AS[wrong]} is not a number.`,
				advice: 'Enter a number, or remove the option.',
			},
		};
	}
	const inRange = (name: NumberOption) => readNumber(numbers, name) as number;
	return {
		settings: {
			filters: {
				userId: readText(chosen.userId),
				agent: readText(chosen.agent),
				agentGroup: agentGroup === '' ? null : Number(agentGroup),
				onlyRated: switchOf(chosen.onlyRated) ?? false,
			},
			lookBackS: inRange('lookBack') * HOUR_S,
			holdBackS: inRange('holdBack') * 60,
			timeoutMs: inRange('timeout'),
		},
	};
}

const SHOWN_AS: Record<NumberOption, string> = {
	lookBack: 'Look Back',
	holdBack: 'Hold Back',
	timeout: 'Timeout',
};

/** A text or number, or the value of a drop-down. */
function readText(parameter: unknown): string {
	const value = isRecord(parameter) ? parameter.value : parameter;
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function readNumber(options: Record<string, unknown>, name: NumberOption): number | undefined {
	const range = OPTION_RANGES[name];
	return numberIn(options[name] ?? range.default, range);
}
