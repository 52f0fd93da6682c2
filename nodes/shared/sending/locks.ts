import type { Clock } from './waiting';

/** What the holder of a lock leaves to know for those who come after. */
export interface Note {
	/** When what it tells of ended, on the clock of the process. */
	endedAt: number;
}

/** A place in the line for a lock. */
export interface Turn<Left extends Note> {
	/** Resolves when all who came before have ended; undefined when nobody is before. */
	ahead?: Promise<unknown>;
	/** What those before have left; right only once nobody is ahead. */
	before(): Left | undefined;
	/** Ends the turn; what those before have left is replaced. */
	end(left?: Left): void;
	/** Ends a turn that is given up before it came. */
	giveUp(): void;
}

/** A lock for each key. Turns of one key come one after the other, in the order in which they were taken. */
export interface Locks<Left extends Note> {
	take(key: string): Turn<Left>;
}

interface NoteSettings {
	/** How long a note is kept after what it tells of ended; for those who wait by then, until they have read it. */
	keepMs: number;
	/** The oldest are forgotten beyond that. */
	mostKept: number;
}

export function createLocks<Left extends Note>(
	clock: Clock,
	{ keepMs, mostKept }: NoteSettings,
): Locks<Left> {
	/** By key: settles when the last turn taken has ended. */
	const ends = new Map<string, Promise<unknown>>();
	const notes = new Map<string, Left>();

	function leave(key: string, left: Left | undefined): void {
		notes.delete(key);
		if (left !== undefined) notes.set(key, left);
		for (const [oldest, { endedAt }] of notes) {
			if (notes.size <= mostKept && clock.now() - endedAt <= keepMs) return;
			if (!ends.has(oldest) || notes.size > mostKept) notes.delete(oldest);
		}
	}

	return {
		take(key) {
			const takenAt = clock.now();
			const ahead = ends.get(key);
			let settle = () => {};
			const ended = new Promise<void>((resolve) => {
				settle = resolve;
			});
			// A turn given up before it came must not let the next one overtake those before.
			const end = Promise.all([ahead, ended]);
			ends.set(key, end);
			void end.then(() => {
				if (ends.get(key) === end) ends.delete(key);
			});
			return {
				ahead,
				before: () => {
					const left = notes.get(key);
					return left !== undefined && takenAt - left.endedAt <= keepMs ? left : undefined;
				},
				end: (left) => {
					leave(key, left);
					settle();
				},
				giveUp: settle,
			};
		},
	};
}
