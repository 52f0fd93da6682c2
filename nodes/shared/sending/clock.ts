/** The time source of all that waits; tests bring their own. Milliseconds that never run backwards. */
export interface Clock {
	now(): number;
	sleep(ms: number): Promise<void>;
}
