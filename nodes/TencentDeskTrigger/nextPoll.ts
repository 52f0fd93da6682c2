import { readMemory } from './memory';
import {
	decide,
	firstMemory,
	firstWindow,
	windowOf,
	type Decision,
	type TimeWindow,
} from './newRecords';
import type { Reading } from './readRecords';
import type { Settings } from './settings';

export interface Polling {
	settings: Settings;
	/** SDKAppID. */
	application: string;
	/** By n8n's clock, epoch seconds. */
	now: number;
}

/** Reads all records of a time; those of any user when the user is empty. */
export type ReadAll = (window: TimeWindow, userId: string) => Promise<Omit<Reading, 'isWhole'>>;

/**
 * What the next poll gives, and what must be stored together with that. Nothing that is stored is changed.
 * @param stored what was stored last; anything that is no memory of this application is a first poll, which gives nothing
 */
export async function nextPoll(
	stored: unknown,
	{ settings, application, now }: Polling,
	readAll: ReadAll,
): Promise<Decision> {
	const memory = readMemory(stored, application);
	if (memory !== undefined) {
		const reading = await readAll(windowOf(memory, now), settings.filters.userId);
		return decide(reading, memory, settings, now);
	}
	const window = firstWindow(settings, now);
	// Of any user: the filter may change, and what is there now is not given then either.
	const { records } = await readAll(window, '');
	return { give: [], memory: firstMemory(records, window, application, now) };
}
