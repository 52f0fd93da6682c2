import type { Ending } from './stage';

/** Whether n8n runs a node again that has Retry On Fail and a try left; test/engine/shared/runsAgain.test.ts asks n8n. */
export function runsAgain(ending: Ending): boolean {
	if ('error' in ending) return true;
	const error: unknown = ending.outputs[0]?.[0]?.json.error;
	return error !== undefined && error !== null && error !== false;
}
