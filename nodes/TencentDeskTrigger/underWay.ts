import type { IPollFunctions } from 'n8n-workflow';

const underWay = new Set<string>();

/**
 * Runs a poll unless one of the same node is under way in this process: n8n starts the next one on time even if the last
 * has not ended, and both would give the same records.
 * @returns undefined when it was not run
 */
export async function unlessUnderWay<T>(
	context: IPollFunctions,
	poll: () => Promise<T>,
): Promise<T | undefined> {
	const node = `${context.getWorkflow().id}/${context.getNode().id}`;
	if (underWay.has(node)) return undefined;
	underWay.add(node);
	try {
		return await poll();
	} finally {
		underWay.delete(node);
	}
}
