import type { IExecuteFunctions } from 'n8n-workflow';

/** Logs a defect of a node: where it happened, never what it says, since its text could hold what was sent. */
export function logDefect(context: IExecuteFunctions, itemIndex: number, error: unknown): void {
	const name = error instanceof Error ? error.name : typeof error;
	const stack = error instanceof Error ? (error.stack ?? '') : '';
	const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
	context.logger.error(
		[`${context.getNode().name} met an unexpected ${name} at item ${itemIndex}`, ...frames].join(
			'\n',
		),
	);
}
