import type { IExecuteFunctions } from 'n8n-workflow';

import type { Ended } from '../shared/delivery/command';

/** A run that is over sooner says nothing of itself; a longer one says this often how far it is. */
const EVERY_MS = 5000;

/**
 * Tells how far a long run is, by counts only: in n8n's log, in the console of the browser that runs it by hand, and as
 * custom data of the execution, which is all that n8n keeps of a run that is stopped.
 * @param now milliseconds
 * @returns to be called with how each item ended
 */
export function watchProgress(
	context: IExecuteFunctions,
	total: number,
	now: () => number,
): (ended: Ended) => void {
	const { name } = context.getNode();
	let [done, contacted] = [0, 0];
	let lastTold = now();
	let keep: ((text: string) => void) | undefined;
	return ({ kind }) => {
		done += 1;
		if (kind === 'done') contacted += 1;
		// With its last item the run is over, and its items tell all.
		const isTime = done < total && now() - lastTold >= EVERY_MS;
		if (!isTime && keep === undefined) return;
		const text = `${done} of ${total} items done, ${contacted} contacted`;
		try {
			keep ??= customDataOf(context, name);
			keep(text);
			if (!isTime) return;
			lastTold = now();
			context.logger.info(`${name}: ${text}`);
			context.sendMessageToUI(text);
		} catch {
			// Never a reason to fail a run.
		}
	};
}

/** Its keys may have letters, digits and underscores only. */
function customDataOf(context: IExecuteFunctions, nodeName: string): (text: string) => void {
	const key = nodeName.replaceAll(/[^\p{L}\p{N}_]+/gu, '_');
	const { customData } = context.getWorkflowDataProxy(0).$execution as {
		customData: { set(key: string, value: string): void };
	};
	return (text) => customData.set(key, text);
}
