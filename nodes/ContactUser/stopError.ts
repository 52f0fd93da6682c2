import type { INode } from 'n8n-workflow';

import { stopErrorOf, type StopWords } from '../shared/n8n/stopError';
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

/** The error that ends the node under On Error = Stop Workflow. */
export function stopError(
	node: INode,
	contacts: Array<Pick<ContactedItem, 'ended' | 'sameAs' | 'request'>>,
	itemIndex: number,
): Error {
	const items = contacts.map(({ ended, request }) => ({ ended, name: request.userId }));
	const { ended, sameAs } = contacts[itemIndex] as ContactedItem;
	return stopErrorOf(node, items, itemIndex, resultOf(ended, sameAs), WORDS);
}
