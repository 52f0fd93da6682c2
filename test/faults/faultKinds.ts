import type { FaultName, Step } from '../../simulator/contract';

/** One fault of the matrix, and what is to become of the users who meet it (one retry is allowed). */
export interface FaultKind {
	name: string;
	step: Step;
	/** Who does not meet it; contacted when not said. */
	clean?: string;
	/** Who meets it with the first request only. */
	once: string;
	/** Who meets it with every request. */
	always: string;
	/** Who meets it with the first request, and whose session cannot be read. */
	blind: string;
	/** The request runs into the node's time-out. */
	timesOut?: true;
	/** Makes a contact whatever the state says, so that no double send can hide behind Desk's own refusal. */
	commits?: true;
}

const RATE_LIMIT_CODES = [60007, 60011, 60018, 60019, 141009];

/** Whoever sees one of these cannot know whether the contact was made. */
const DOUBTFUL: FaultName[] = [
	'reset',
	'hang',
	'halfBody',
	'stalledBody',
	'http500',
	'http502',
	'http503',
	'http504',
	'html',
	'empty',
	'codeMissing',
	'statusMissing',
	'contradiction',
	'duplicateKeys',
];
const DOUBTFUL_CODES = [60008, 70169, 91000];
const FINAL: FaultName[] = ['http302', 'http401', 'http403'];
const ODD_BUT_VALID: FaultName[] = ['gzip', 'wrongType', 'codeAsString', 'big'];

const NEVER_ENDING = new Set<FaultName>(['hang', 'stalledBody', 'slowHeaders', 'lateCommit']);

const doubtful = (name: string, step: Step): FaultKind => ({
	name,
	step,
	...('fault' in step && NEVER_ENDING.has(step.fault) && { timesOut: true }),
	once: 'contacted',
	always: 'failed',
	blind: 'unconfirmed',
});
const doubtfulAndDone = (name: string, step: Step): FaultKind => ({
	...doubtful(name, step),
	always: 'contacted',
	commits: true,
});
const surelyNotDone = (name: string, step: Step): FaultKind => ({
	name,
	step,
	once: 'contacted',
	always: 'failed',
	blind: 'contacted',
});
const final = (name: string, step: Step): FaultKind => ({
	name,
	step,
	once: 'failed',
	always: 'failed',
	blind: 'failed',
});
const done = (name: string, step: Step): FaultKind => ({
	name,
	step,
	once: 'contacted',
	always: 'contacted',
	blind: 'contacted',
});

export const FAULT_KINDS: FaultKind[] = [
	...DOUBTFUL.flatMap((fault) => [
		doubtful(`${fault}, not contacted`, { fault, commit: false }),
		doubtfulAndDone(`${fault}, contacted`, { fault, commit: true }),
	]),
	...DOUBTFUL_CODES.map((answer) => doubtful(`code ${answer}`, { answer })),
	doubtful('headers too late, not contacted', { fault: 'slowHeaders', commit: false }),
	doubtfulAndDone('headers too late, contacted', { fault: 'slowHeaders', commit: true }),
	doubtfulAndDone('time-out, contacted 2.5 s later', { fault: 'lateCommit' }),
	surelyNotDone('429', { fault: 'http429' }),
	{
		// The application's sending ends with the first of them.
		...surelyNotDone('429, Retry-After 3600', { fault: 'http429', retryAfter: '3600' }),
		...{ clean: 'contacted or failed', once: 'failed', blind: 'failed' },
	},
	surelyNotDone('429, Retry-After 1', { fault: 'http429', retryAfter: '1' }),
	...[...RATE_LIMIT_CODES, 141002].map((answer) => surelyNotDone(`code ${answer}`, { answer })),
	...ODD_BUT_VALID.map((fault) =>
		surelyNotDone(`${fault}, refused (141002)`, { fault, commit: false }),
	),
	...FINAL.map((fault) => final(fault, { fault })),
	...ODD_BUT_VALID.map((fault) => done(`${fault}, contacted`, { fault })),
	done('headers late but in time', { fault: 'slowHeaders', delayMs: 300 }),
];
