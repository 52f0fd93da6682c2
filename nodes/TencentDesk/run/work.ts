import type { IDataObject } from 'n8n-workflow';

import { notSent, type Change, type Ended } from '../../shared/delivery/command';
import { read } from '../../shared/delivery/untilKnown';
import type { Line } from '../../shared/delivery/run';
import { list } from './list';
import type { Worked } from './worked';
import type { Values } from '../fields/field';
import type { Changing, Local, Operation, Scene } from '../operations/operation';

/** Changes something, or only does as if. */
export type Delivering = (line: Line, change: Change) => Promise<Ended>;

/** Does what an operation says, with these values. */
export async function work(
	line: Line,
	{ work: task, codes }: Operation & { work: Exclude<Operation['work'], Local> },
	values: Values,
	scene: Scene,
	delivering: Delivering,
): Promise<Worked> {
	const problem = task.problem?.(values, scene);
	if (problem !== undefined) return { ended: notSent(problem) };
	const body = task.body(values, scene);
	const question = { command: task.command(values), body, codes };
	if (task.kind === 'list') return await list(line, task, { ...question, values, scene });

	const ended =
		task.kind === 'read'
			? await read(line, question)
			: await delivering(line, changeOf(question, task, values));
	if (ended.kind !== 'done') return { ended };
	const isSimulated = ended.shownBy === 'simulation';
	const result = task.result(ended.answer, values, body);
	const json = isSimulated ? { ...result, simulated: true } : result;
	const raw = ended.answer as IDataObject;
	return { ended, found: { isList: false, results: [{ json, raw }], says: task.says(json) } };
}

type Question = Pick<Change, 'command' | 'body' | 'codes'>;

function changeOf(question: Question, task: Changing, values: Values): Change {
	const { what, doneCodes, whenUnclear } = task;
	const identity = task.identity?.(values) ?? [JSON.stringify(question.body)];
	return {
		...{ ...question, what, doneCodes },
		key: task.key(values),
		identity: [question.command, ...identity],
		whenUnclear:
			whenUnclear.may === 'look'
				? {
						may: 'look',
						look: {
							...whenUnclear.look,
							body: whenUnclear.look.body(values),
							asked: whenUnclear.look.asked(values),
							notDone:
								'Desk gave no clear answer, and a look afterwards shows that it was not done.',
						},
					}
				: whenUnclear,
	};
}
