import { refuse, succeed, type Answer } from './answers';
import type { FaultName, FaultStep, Step } from './contract';

/** What a command can do when a step tells it to; reading commands have nothing to commit. */
export interface Doing {
	/** The state's own answer, with its effect. */
	decide: () => Answer;
	/** The answer OK, with its effect, whatever the state says. */
	force: (agent?: string) => Answer;
	/** What the answer would look like, without the effect. */
	pretend: () => Answer;
}

export interface Delivery {
	answer: Answer;
	fault: FaultName | null;
	delayMs: number;
	retryAfter?: string;
	/** Runs `delayMs` after arrival although nothing is ever answered. */
	late?: () => void;
}

/** Faults in the shape of an answer that is itself true: the state decides, unless told otherwise. */
const TRUTHFUL: FaultName[] = [
	'slowHeaders',
	'gzip',
	'wrongType',
	'codeAsString',
	'codeMissing',
	'big',
];

const DEFAULT_DELAY_MS: Partial<Record<FaultName, number>> = {
	slowHeaders: 3000,
	lateCommit: 2500,
};

const answerOf = (step: FaultStep, doing: Doing): Answer => {
	if (step.commit === true) return doing.force();
	if (!TRUTHFUL.includes(step.fault)) return doing.pretend();
	// Told not to commit, a truthful answer has to say so.
	return step.commit === false ? refuse(141002) : doing.decide();
};

const playFault = (step: FaultStep, doing: Doing): Delivery => {
	const { fault, retryAfter } = step;
	const delayMs = step.delayMs ?? DEFAULT_DELAY_MS[fault] ?? 0;
	if (fault === 'lateCommit') {
		const late = step.commit === false ? undefined : () => void doing.force();
		return { answer: succeed(), fault, delayMs, late };
	}
	return { answer: answerOf(step, doing), fault, delayMs, retryAfter };
};

/** Carries out a step: its effect on the state happens now, its answer is delivered by the caller. */
export const play = (step: Step | undefined, doing: Doing): Delivery => {
	if (step !== undefined && 'fault' in step) return playFault(step, doing);
	if (step !== undefined && 'answer' in step) {
		const { answer, info, agent, fields } = step;
		const scripted = answer === 0 ? doing.force(agent) : refuse(answer);
		return {
			answer: { ...scripted, ...(info === undefined ? {} : { ErrorInfo: info }), ...fields },
			fault: null,
			delayMs: 0,
		};
	}
	return { answer: doing.decide(), fault: null, delayMs: step?.delayMs ?? 0 };
};
