import { read, type Line } from '../../shared/asking/ask';
import type { Operation, Scene } from '../operations/operation';
import type { Values } from '../fields/field';
import { list } from './list';
import { failed, notSent, single, type Done } from './done';
import { change } from './change';

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
			return await list(line, task, { describe: codes, values, body, scene });
		case 'change':
			return await change(line, task, codes, values, body);
	}
}
