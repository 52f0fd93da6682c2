import { read, type Line } from '../asking/ask';
import type { Values } from '../fields/field';
import type { Operation, Scene } from '../operations/operation';
import { change } from './change';
import { failed, notSent, single, type Done } from './done';
import { list } from './list';

/** Does what an operation says, with these values. */
export async function work(
	line: Line,
	operation: Operation,
	values: Values,
	scene: Scene,
): Promise<Done> {
	const { work: task, codes } = operation;
	const problem = task.problem?.(values, scene);
	if (problem !== undefined) return failed(notSent(problem));
	const body = task.body(values, scene);
	switch (task.kind) {
		case 'read':
			return single(
				await read(line, { command: task.command(values), body, describe: codes }),
				task,
				values,
				body,
			);
		case 'list':
			return await list(line, task, codes, values, body);
		case 'change':
			return await change(line, task, codes, values, body);
	}
}
