import { FAULT_NAMES, type FaultName, type Step } from './contract';

/** What a user id asks for: see "User ids for every branch" in `simulator/README.md`. */
export interface Directive {
	step: Step;
	/** Only the user's first contact_user request; the state decides afterwards. */
	once: boolean;
	/** get_session_state cannot be read for this user either. */
	blind: boolean;
}

const MAX_DELAY_MS = 600_000;

const plain = (name: string): string => name.replace(/-/g, '').toLowerCase();

const FAULT_BY_PLAIN_NAME = new Map<string, FaultName>(
	FAULT_NAMES.map((name) => [plain(name), name]),
);

const faultStep = (text: string): Step | null => {
	// `late-commit` is a name of its own, so the whole text is tried before its ending is cut off.
	const whole = FAULT_BY_PLAIN_NAME.get(plain(text));
	if (whole !== undefined) return { fault: whole };
	if (!text.endsWith('-commit')) return null;
	const named = FAULT_BY_PLAIN_NAME.get(plain(text.slice(0, -'-commit'.length)));
	return named === undefined ? null : { fault: named, commit: true };
};

const readStep = (text: string): Step | null => {
	const [, kind, value] = /^(answer|delay|fault)-(.+)$/.exec(text) ?? [];
	if (kind === 'fault') return faultStep(value);
	if (kind === undefined || !/^\d{1,9}$/.test(value)) return null;
	return kind === 'answer'
		? { answer: Number(value) }
		: { delayMs: Math.min(Number(value), MAX_DELAY_MS) };
};

/**
 * Reads `answer-<code>`, `delay-<ms>`, `fault-<name>[-commit]`, each with `[-blind][-once][.<anything>]`.
 * Null for every other id, also for a fault that does not exist: then the state decides.
 */
export const readDirective = (userId: string): Directive | null => {
	const [head] = userId.split('.', 1);
	const [, text, blind, once] = /^(.+?)(-blind)?(-once)?$/.exec(head) ?? [];
	const step = text === undefined ? null : readStep(text);
	return step === null ? null : { step, once: once !== undefined, blind: blind !== undefined };
};
