import { LONGEST_USER_ID, type Problem } from '../../credentials/deskAccount';
import { isRecord } from '../shared/desk/reply';
import { numberIn, readAgent, readAgentGroup, readName, readSwitch } from '../shared/n8n/text';
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
	const chosen = readFilters(isRecord(filters) ? filters : {});
	if ('problem' in chosen) return chosen;
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
			filters: chosen.filters,
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

/** What is broken is told: left out, a filter would let every session pass. */
function readFilters(chosen: Record<string, unknown>): { filters: Filters } | { problem: Problem } {
	const userId = readName(chosen.userId, LONGEST_USER_ID);
	if ('fault' in userId) return refused('User ID', userId);
	const agent = readAgent(valueOf(chosen.agent));
	if ('fault' in agent) return refused('Agent', agent);
	const agentGroup = readAgentGroup(valueOf(chosen.agentGroup));
	if ('fault' in agentGroup) return refused('Agent Group', agentGroup);
	const onlyRated = readSwitch(chosen.onlyRated);
	if ('fault' in onlyRated) return refused('Only Rated', onlyRated);
	return {
		filters: {
			userId: userId.value,
			agent: agent.value,
			agentGroup: agentGroup.value,
			onlyRated: onlyRated.value,
		},
	};
}

function refused(
	label: string,
	{ fault, advice }: { fault: string; advice?: string },
): { problem: Problem } {
	return {
		problem: {
			message: `The filter ${label} ${fault}.`,
			advice: advice ?? 'Correct its value, or leave the filter out.',
		},
	};
}

/** The value of a drop-down. */
function valueOf(parameter: unknown): unknown {
	return isRecord(parameter) ? parameter.value : parameter;
}

function readNumber(options: Record<string, unknown>, name: NumberOption): number | undefined {
	const range = OPTION_RANGES[name];
	return numberIn(options[name] ?? range.default, range);
}
