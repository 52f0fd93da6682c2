import type { IDataObject } from 'n8n-workflow';

import { DESK_IS_DONE_AFTER_MS } from '../../shared/api/callDesk';
import { ask, read, type InDoubt, type Line } from '../../shared/asking/ask';
import type { DescribeCode, Finding } from '../../shared/asking/verdict';
import type { Answer } from '../../shared/desk/values';
import type { Values } from '../fields/field';
import type { Changing } from '../operations/operation';
import { failed, single, type Done } from './done';

/** Changes something, and says so only when it is sure. */
export async function change(
	line: Line,
	task: Changing,
	describe: DescribeCode,
	values: Values,
	body: IDataObject,
): Promise<Done> {
	const { look } = task;
	const before =
		look &&
		(await read(line, {
			command: look.command,
			body: look.body(values),
			describe,
			mostRetries: 0,
		}));
	if (before?.kind === 'stopped') return before;
	const seenBefore = before?.kind === 'done' ? before.answer : undefined;
	const inDoubt = async (triedUntil: number): Promise<InDoubt> => {
		if (task.mayRepeat) return 'again';
		if (look === undefined) return 'tell';
		const shows = (answer: Answer) => look.shows(answer, values, seenBefore);
		return await lookAfter(line, { ...look, shows }, describe, values, triedUntil);
	};
	const ended = await ask(line, { command: task.command(values), body, describe }, inDoubt);
	if (ended.kind !== 'failed') return single(ended, task, values, body);
	const { finding } = ended;
	if (finding.errorCode !== null && task.doneCodes?.includes(finding.errorCode)) {
		return single(
			{ kind: 'done', answer: { ErrorCode: finding.errorCode, ErrorInfo: finding.errorInfo } },
			task,
			values,
			body,
		);
	}
	return failed({
		...(ended.doubt === undefined ? finding : inDoubtAbout(task.what, ended.doubt, finding)),
		mayBeDone: ended.doubt !== undefined,
		forAll: ended.forAll,
	});
}

type LookAtIt = NonNullable<Changing['look']>;
type Look = Omit<LookAtIt, 'shows'> & { shows(answer: Answer): ReturnType<LookAtIt['shows']> };

/** What shows afterwards of a try without a clear answer: at once, and when Desk has surely done with it. */
async function lookAfter(
	line: Line,
	{ command, body, shows }: Look,
	describe: DescribeCode,
	values: Values,
	triedUntil: number,
): Promise<InDoubt> {
	const believedFrom = triedUntil + DESK_IS_DONE_AFTER_MS;
	for (;;) {
		const askedAt = line.now();
		const ended = await read(line, { command, body: body(values), describe });
		const shown = ended.kind === 'done' ? shows(ended.answer) : 'unknown';
		if (typeof shown === 'object') return shown;
		if (askedAt >= believedFrom) return shown === 'notDone' ? 'notDone' : 'tell';
		if (line.isStopped()) return 'tell';
		await line.waitUntil(believedFrom);
	}
}

function inDoubtAbout(what: string, doubt: string, { message, ...finding }: Finding): Finding {
	const later = message === `${doubt}.` ? '' : ` A later try ended so: ${message}`;
	return {
		...finding,
		message: `${doubt}, so it is not known whether ${what}.${later}`,
		advice: 'Look in Desk whether it was done before you try again.',
		retryLater: false,
	};
}
