import type { SessionRecord } from '../../../nodes/shared/desk/session';
import { readMemory } from '../../../nodes/TencentDeskTrigger/memory';
import { nextPoll } from '../../../nodes/TencentDeskTrigger/newRecords';
import type { AskWindow } from '../../../nodes/TencentDeskTrigger/readRecords';
import type { Settings } from '../../../nodes/TencentDeskTrigger/settings';
import {
	answerFrom,
	HOUR,
	randomFrom,
	sessionRecord,
	sortedFor,
	type ListedRecord,
	type ListHabits,
} from './recordList';

/*
 * What these runs assume: a record appears at most the look back after its own time; n8n keeps what it was given, and
 * saves the memory with every execution it starts; a poll that gives nothing may or may not be saved (it depends on the
 * version of n8n); Desk's clock is right.
 */

const START = 1_790_000_000;
const APPLICATION = '1400000001';

export interface Troubles {
	seed: number;
	recordCount: number;
	/** Over how many hours the records spread. */
	hours: number;
	settings: Settings;
	habits: ListHabits;
	/** From 0 to 1, for each poll: a page of it fails, n8n is off for hours after it, n8n is restarted after it. */
	failures: number;
	outages: number;
	restarts: number;
	/** Hours that the clock of n8n may be wrong, to either side; it changes from poll to poll. */
	clockIsWrongBy: number;
	savesPollsWithoutRecords: boolean;
	minutesBetweenPolls: number;
	/** How many requests n8n leaves time for in one poll. */
	requestsPerPoll: number;
	/** The longest time after its own that a record appears; the look back when not told. */
	latestS?: number;
}

export interface Outcome {
	/** Session ids as they were given, in that order. */
	given: string[];
	/** Of the records that appeared after the first poll. */
	expected: string[];
	/** Of those that were there before it. */
	old: string[];
	longestMemory: number;
	polls: number;
	failedPolls: number;
	requests: number;
}

/** Lets a trigger live through the troubles, and then through some quiet polls after the last record. */
export async function live(troubles: Troubles): Promise<Outcome> {
	const { settings, habits } = troubles;
	const random = randomFrom(troubles.seed);
	const listed = sortedFor(habits, makeRecords(troubles, random));
	const end = Math.max(...listed.map(({ appearsAt }) => appearsAt));
	const outcome: Outcome = {
		given: [],
		expected: [],
		old: [],
		longestMemory: 0,
		polls: 0,
		failedPolls: 0,
		requests: 0,
	};

	let now = START;
	let held: unknown;
	let saved: unknown;

	async function poll(clock: number, isTroubled: boolean): Promise<void> {
		outcome.polls += 1;
		const failsAt = isTroubled && random() < troubles.failures ? Math.ceil(random() * 6) : Infinity;
		let pages = 0;
		const askWindow: AskWindow = async (window, offset) => {
			if (isTroubled && pages === troubles.requestsPerPoll) return undefined;
			pages += 1;
			outcome.requests += 1;
			now += Math.floor(random() * 3);
			if (pages === failsAt) throw new Error('the page was not to be had');
			// What the first reading misses of a list that moves nobody can tell from new records.
			const calm = { ...habits, shufflesTies: habits.shufflesTies && held !== undefined };
			return answerFrom(listed, window, offset, { now, habits: calm, random });
		};
		try {
			const isFirst = held === undefined;
			const { give, memory } = await nextPoll(
				readMemory(frozen(held), APPLICATION),
				{ settings, application: APPLICATION, now: clock },
				askWindow,
			);
			held = memory;
			outcome.given.push(...give.map(({ sessionId }) => String(sessionId)));
			const text = JSON.stringify(memory);
			outcome.longestMemory = Math.max(outcome.longestMemory, text.length);
			if (give.length > 0 || isFirst || troubles.savesPollsWithoutRecords) saved = text;
		} catch (error) {
			if (pages !== failsAt) throw error;
			outcome.failedPolls += 1;
		}
	}

	await poll(now, false);
	const firstPollEnded = now;
	while (now < end) {
		now += Math.ceil(random() * 2 * troubles.minutesBetweenPolls * 60);
		if (random() < troubles.outages) now += Math.floor(random() * 40 * HOUR);
		const wrongBy = Math.floor((random() * 2 - 1) * troubles.clockIsWrongBy * HOUR);
		await poll(now + wrongBy, true);
		if (random() < troubles.restarts) held = JSON.parse(String(saved));
	}
	for (let quiet = 0; quiet < 3; quiet++) {
		now += settings.holdBackS + HOUR;
		await poll(now, false);
	}

	for (const { record, appearsAt } of listed) {
		if (appearsAt <= START) outcome.old.push(String(record.sessionId));
		if (appearsAt > firstPollEnded) outcome.expected.push(String(record.sessionId));
	}
	return outcome;
}

/** Records from a day before the start on, a third of them with the time of another one, a third of them late. */
function makeRecords(troubles: Troubles, random: () => number): ListedRecord[] {
	const { recordCount, hours, settings, latestS = settings.lookBackS } = troubles;
	const listed: ListedRecord[] = [];
	for (let n = 0; n < recordCount; n++) {
		const anywhere = START - 24 * HOUR + Math.floor(random() * (hours + 24) * HOUR);
		const sharesTime = n > 0 && random() < 0.33;
		const other = listed[Math.floor(random() * n)];
		const timestamp = sharesTime ? (other.record.timestampSeconds ?? anywhere) : anywhere;
		const isLate = random() < 0.33;
		const appearsAt = timestamp + (isLate ? Math.floor(random() * latestS) : 5);
		const rated = random() < 0.3 ? { SatisfactionSelected: 1 + Math.floor(random() * 5) } : {};
		const record: SessionRecord = sessionRecord(`session-${n}`, timestamp, {
			Duration: Math.floor(random() * 8 * HOUR),
			...rated,
		});
		listed.push({ record, appearsAt });
	}
	return listed;
}

/** A memory that throws when somebody changes it. */
function frozen(memory: unknown): unknown {
	if (typeof memory === 'object' && memory !== null) {
		Object.values(memory).forEach(frozen);
		Object.freeze(memory);
	}
	return memory;
}
