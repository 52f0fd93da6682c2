import type { INode, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { stopErrorOf, type StopWords } from '../shared/n8n/output';
import type { ContactedItem } from './contactItem';
import { resultOf } from './result';

const WORDS: StopWords = {
	noun: 'user',
	account: {
		done: 'Contacted',
		perhapsDone: 'Unclear, perhaps contacted',
		notDone: 'Not contacted',
		retry: 'contacts nobody twice',
		execute: 'contacts users again',
	},
};

interface EndedContact extends Pick<ContactedItem, 'ended' | 'sameAs'> {
	request: Pick<ContactedItem['request'], 'userId'>;
}

/** The error that ends the node under On Error = Stop Workflow. */
export function stopError(
	node: INode,
	contacts: EndedContact[],
	itemIndex: number,
): NodeApiError | NodeOperationError {
	const items = contacts.map(({ ended, request }) => ({ ended, name: request.userId }));
	const { ended, sameAs } = contacts[itemIndex] as EndedContact;
	return stopErrorOf(node, items, itemIndex, resultOf(ended, sameAs), WORDS);
}
