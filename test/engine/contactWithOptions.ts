import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Simulator } from '../../simulator/contract';
import { parameters, type OnError } from './desk';
import { runContactUser, type ContactUserRun } from './harness';

/** Contacts the user of each item with the options of a test. */
export function contactWithOptions(simulator: () => Simulator) {
	return async (
		items: IDataObject[],
		options: INodeParameters,
		onError: OnError = 'continueRegularOutput',
	): Promise<ContactUserRun> =>
		await runContactUser({
			items,
			parameters: parameters({}, options),
			node: { onError },
			credential: simulator().credential,
		});
}
