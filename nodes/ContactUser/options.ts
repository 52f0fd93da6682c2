import type { FieldNames } from './contactRequest';

/** The options of a run, brought into range. */
export interface RunOptions {
	includeInputFields: boolean;
	includeSession: boolean;
	/** Most requests in flight at once. */
	concurrency: number;
	/** 0 means no pace. */
	requestsPerSecond: number;
	/** Per user. */
	maxRetries: number;
	timeoutMs: number;
	fieldNames: FieldNames;
}

/** Ranges and defaults, shared by the editor and the run. */
export const OPTION_RANGES = {
	concurrency: { min: 1, max: 200, default: 50 },
	/** Tencent's usual limit is 200 per second (269/93324); 5 % under it loses nothing. */
	requestsPerSecond: { min: 0, max: 10_000, default: 190 },
	maxRetries: { min: 0, max: 10, default: 3 },
	/** The server itself gives up after 3 s, so less than 1 s makes no sense. n8n's own limit is 300 s. */
	timeout: { min: 1000, max: 300_000, default: 10_000 },
} as const;

/** Reads the options collection; anything odd (an expression may give anything) becomes the nearest allowed value. */
export function readOptions(options: unknown): RunOptions {
	const given =
		typeof options === 'object' && options !== null ? (options as Record<string, unknown>) : {};
	return {
		includeInputFields: given.includeInputFields === true,
		includeSession: given.includeSession === true,
		concurrency: Math.floor(inRange(given.concurrency, OPTION_RANGES.concurrency)),
		requestsPerSecond: readPace(given.requestsPerSecond),
		maxRetries: Math.floor(inRange(given.maxRetries, OPTION_RANGES.maxRetries)),
		timeoutMs: inRange(given.timeout, OPTION_RANGES.timeout),
		fieldNames:
			given.fieldNames === 'sample' || given.fieldNames === 'table' ? given.fieldNames : 'both',
	};
}

/** 0 means no pace, so the nearest allowed value of a negative number would be the fastest one. */
function readPace(value: unknown): number {
	const range = OPTION_RANGES.requestsPerSecond;
	return Number(value) < 0 ? range.default : inRange(value, range);
}

function inRange(value: unknown, range: { min: number; max: number; default: number }): number {
	const isGiven = value !== '' && value !== null && typeof value !== 'boolean';
	const number = isGiven ? Number(value) : NaN;
	return Number.isNaN(number) ? range.default : Math.min(Math.max(number, range.min), range.max);
}
