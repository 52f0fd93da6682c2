import type { IExecuteFunctions } from 'n8n-workflow';

import type { Problem } from '../../credentials/deskAccount';
import type { RunSettings } from '../shared/delivery/run';
import { cutText } from '../shared/desk/values';
import { outputModeOf } from '../shared/n8n/runItems';
import { switchOf, numberIn, quoted } from '../shared/n8n/text';
import { readCollection, type ParameterReading } from '../shared/n8n/parameters';
import { OPTION_LABELS, OPTION_RANGES } from './options';

/** Which spelling of two keys the request uses; the vendor's page has one in its sample, the other in its table. */
export type FieldNames = 'both' | 'sample' | 'table';

/** The options of a run, brought into range. */
export interface RunOptions extends RunSettings {
	includeInputFields: boolean;
	includeSession: boolean;
	fieldNames: FieldNames;
	/** Nobody is contacted. */
	simulateOnly: boolean;
	/** What concerns the whole application follows On Error. */
	stopWhenNothingCanBeSent: boolean;
}

/** `problem`: what is wrong with the first option that could not be read; its default stands in `options`. */
export interface OptionsReading {
	options: RunOptions;
	problem?: Problem;
}

/** One request in ten seconds. */
const SLOWEST_PACE = 0.1;

type OptionName = keyof typeof OPTION_LABELS;

interface Kind<T> {
	default: T;
	/** What may be entered, as it stands in a sentence. */
	wanted: string;
	/** undefined: it is nothing of this kind. */
	read: (value: unknown) => T | undefined;
}

/**
 * The options are the run's: read once, with the first item. What cannot be read is a problem of every item. A tool
 * keeps no input fields: they are what n8n hands to the agent, not an answer.
 */
export function readRunOptions(context: IExecuteFunctions): OptionsReading {
	const { options, problem } = readOptions(readCollection(context, 'options', 0));
	const includeInputFields = options.includeInputFields && outputModeOf(context) !== 'tool';
	return { options: { ...options, includeInputFields }, problem };
}

/**
 * Reads the options. What is empty counts as not given, numbers are brought into range, and `"true"`, `"false"`, 1 and
 * 0 count as booleans, as expressions often give them. Anything else odd is told, rather than replaced in silence.
 */
export function readOptions(given: Partial<Record<string, ParameterReading>>): OptionsReading {
	const problems: Problem[] = [];
	const read = <T>(name: OptionName, kind: Kind<T>): T => {
		const reading = given[name] ?? { value: undefined };
		if ('unreadable' in reading) {
			problems.push(failingExpression(OPTION_LABELS[name], reading.unreadable));
			return kind.default;
		}
		if (isEmpty(reading.value)) return kind.default;
		const value = kind.read(reading.value);
		if (value !== undefined) return value;
		problems.push(notOfKind(OPTION_LABELS[name], reading.value, kind.wanted));
		return kind.default;
	};
	const options: RunOptions = {
		concurrency: Math.floor(read('concurrency', numberOf(OPTION_RANGES.concurrency))),
		includeInputFields: read('includeInputFields', booleanOr(true)),
		includeSession: read('includeSession', booleanOr(false)),
		fieldNames: read('fieldNames', FIELD_NAMES),
		simulateOnly: read('simulateOnly', booleanOr(false)),
		stopWhenNothingCanBeSent: read('stopWhenNothingCanBeSent', booleanOr(false)),
		requestsPerSecond: read('requestsPerSecond', PACE),
		maxRetries: Math.floor(read('maxRetries', numberOf(OPTION_RANGES.maxRetries))),
		timeoutMs: read('timeout', numberOf(OPTION_RANGES.timeout)),
	};
	return { options, problem: problems[0] };
}

function failingExpression(label: string, reason: string): Problem {
	return {
		message: `The option ${label} could not be read (${cutText(reason, 200)}), so nothing was sent.`,
		advice: `Correct the expression of ${label}: options are read once, for the first item.`,
	};
}

function notOfKind(label: string, value: unknown, wanted: string): Problem {
	return {
		message: `The option ${label} is ${quoted(value)}, but must be ${wanted}, so nothing was sent.`,
		advice: `Enter ${wanted} in ${label}, or remove this option.`,
	};
}

function isEmpty(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

function booleanOr(fallback: boolean): Kind<boolean> {
	return {
		default: fallback,
		wanted: 'true or false',
		read: switchOf,
	};
}

function numberOf(range: { min: number; max: number; default: number }): Kind<number> {
	return {
		default: range.default,
		wanted: 'a number',
		read: (value) => numberIn(value, range),
	};
}

/** 0 means no pace, so the nearest allowed value of a negative number would be the fastest one. */
const PACE: Kind<number> = {
	default: OPTION_RANGES.requestsPerSecond.default,
	wanted: 'a number',
	read: (value) => {
		const pace = numberIn(value, { ...OPTION_RANGES.requestsPerSecond, min: -1 });
		if (pace === undefined || pace === 0) return pace;
		return pace < 0 ? PACE.default : Math.max(pace, SLOWEST_PACE);
	},
};

const FIELD_NAMES: Kind<FieldNames> = {
	default: 'both',
	wanted: 'both, sample or table',
	read: (value) =>
		value === 'both' || value === 'sample' || value === 'table' ? value : undefined,
};
