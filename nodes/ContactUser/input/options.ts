import type { FieldNames } from '../contact/requestBodies';

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

/** One request in ten seconds. */
const SLOWEST_PACE = 0.1;

/**
 * Ranges and defaults. The editor repeats the defaults as literals, since n8n's lint rules want them; a test
 * compares the two.
 */
export const OPTION_RANGES = {
	concurrency: { min: 1, max: 200, default: 50 },
	/** Most commands allow 200 per second (https://cloud.tencent.com/document/product/269/93324); 5 % under it loses nothing. */
	requestsPerSecond: { min: 0, max: 10_000, default: 190 },
	maxRetries: { min: 0, max: 10, default: 3 },
	/** The server itself gives up after 3 s, so less than 1 s makes no sense. n8n's own limit is 300 s. */
	timeout: { min: 1000, max: 300_000, default: 10_000 },
} as const;

/** Reads the options collection: numbers are brought into range, anything else odd becomes the default. */
export function readOptions(options: unknown): RunOptions {
	const given =
		typeof options === 'object' && options !== null ? (options as Record<string, unknown>) : {};
	return {
		includeInputFields: given.includeInputFields !== false,
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
	const pace = inRange(value, { ...range, min: -1 });
	if (pace < 0) return range.default;
	return pace === 0 ? 0 : Math.max(pace, SLOWEST_PACE);
}

/** Text that is no number, and anything that is neither text nor number, counts as not given. */
function inRange(value: unknown, range: { min: number; max: number; default: number }): number {
	const isGiven = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
	const number = isGiven ? Number(value) : NaN;
	return Number.isNaN(number) ? range.default : Math.min(Math.max(number, range.min), range.max);
}
