import type { IExecuteFunctions } from 'n8n-workflow';

import { isRecord } from '../api/reply';

/** Whether n8n can look up the input item of an output item; the same call as its error routing makes. */
export function canPairInput(context: IExecuteFunctions): (itemIndex: number) => boolean {
	return (itemIndex) => {
		try {
			const source = context.getInputSourceData();
			const found: unknown = context
				.getWorkflowDataProxy(0)
				.$getPairedItem(source.previousNode, source, { item: itemIndex });
			return found === null || (isRecord(found) && isRecord(found.json));
		} catch {
			return false;
		}
	};
}
