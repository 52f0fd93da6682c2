import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { parameters, useSimulator, type OnError } from './desk';
import { runContactUser, type NodeRun, type NodeSetup } from './harness';

/** What differs from a run that takes the user of each item, and stops for what failed. */
export interface ContactWish {
	parameters?: INodeParameters;
	options?: INodeParameters;
	onError?: OnError;
	node?: Partial<INode>;
	/** Fields that differ from those of the simulator; `null`: the node has no credential. */
	credential?: IDataObject | null;
}

/** A Desk for all tests of a file, and runs of Contact User on it. Items may be given by their users alone. */
export function useContacts() {
	const simulator = useSimulator();
	const setup = (items: Array<string | IDataObject>, wish: ContactWish = {}): NodeSetup => ({
		items: items.map((item) => (typeof item === 'string' ? { userId: item } : item)),
		parameters: parameters(wish.parameters, wish.options),
		node: { onError: wish.onError, ...wish.node },
		credential: wish.credential === null ? null : { ...simulator().credential, ...wish.credential },
	});
	const contact = async (...run: Parameters<typeof setup>): Promise<NodeRun> =>
		await runContactUser(setup(...run));
	const contacted = () => simulator().ledger.map(({ userId }) => userId);
	return { simulator, setup, contact, contacted };
}
