import type { DeskReply } from '../../shared/api/reply';
import type { Destination, Scheduler, Slot } from '../../shared/sending/scheduler';
import type { Clocks } from './moment';
import type { ContactResult } from './results';

/** The two commands of one user, ready to send. */
export interface DeskCalls {
	contactUser(): Promise<DeskReply>;
	/** @param customerServiceAccount through which the user was, or may have been, contacted */
	sessionState(customerServiceAccount: string): Promise<DeskReply>;
}

export interface ContactSettings {
	/** How often a user may be sent again after the first time. */
	maxRetries: number;
	includeSession: boolean;
}

/** What one contact needs. */
export interface ContactTask {
	calls: DeskCalls;
	customerServiceAccount: string;
	/** The one agent to contact the user; null for any. */
	agent: string | null;
	scheduler: Scheduler<ContactResult>;
	slot: Slot;
	to: Destination;
	settings: ContactSettings;
	/** A random number from 0 up to 1, for the jitter of the waits. */
	random: () => number;
	/** The process's own is that of the scheduler. */
	clocks: Clocks;
}
