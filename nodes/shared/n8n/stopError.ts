import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import type { Ended, Failed } from '../delivery/command';
import { namesOf, nounFor } from './words';

/** One item of a run that was stopped. */
export interface StoppedItem {
	ended: Ended;
	/** The user or session that it is about; empty when it could not be read. */
	name: string;
}

/** How the node speaks of what it does. */
export interface StopWords {
	/** What the names are, such as `user`. */
	noun: string;
	/** Of what changes something: for whom it was done. */
	account?: AccountWords;
}

export interface AccountWords {
	done: string;
	perhapsDone: string;
	notDone: string;
	/** How "To go on, press Retry in the Executions tab, which" goes on. */
	retry: string;
	/** How "Do not press Execute step, which" goes on. */
	execute: string;
}

/** Names in each list of the description. */
const MOST_NAMES = 20;

/**
 * The one error that ends a node under On Error = Stop Workflow: what happened to whom, for whom it was done, for whom
 * that is unclear, and the one way to go on. It counts items from 1, and has no `itemIndex`: the editor would add that to
 * the message, counted from 0.
 * @param told message and advice of the item that stopped the run
 */
export function stopErrorOf(
	node: INode,
	items: StoppedItem[],
	itemIndex: number,
	told: { message: string; advice: string },
	words: StopWords,
): NodeApiError | NodeOperationError {
	const { name, ended } = items[itemIndex] as StoppedItem;
	const said = ended.kind === 'failed' ? ended.finding.errorInfo : '';
	const description = [
		told.advice,
		said === '' ? '' : `Desk said: "${said}".`,
		...(words.account === undefined ? [] : accountOf(items, words.noun, words.account)),
	]
		.filter((sentence) => sentence !== '')
		.join(' ');
	const who = name === '' ? '' : `${capital(words.noun)} ${name}: `;
	const message = `${who}${told.message} [item ${itemIndex + 1} of ${items.length}]`;
	const code = (ended as Failed).finding.errorCode;
	if (code === null) return new NodeOperationError(node, message, { description });
	return new NodeApiError(node, { message }, { message, description, httpCode: String(code) });
}

/** Who got it, and how to go on. */
function accountOf(items: StoppedItem[], noun: string, words: AccountWords): string[] {
	const list = (chosen: StoppedItem[]) => {
		// Each once, since several items may ask for the same.
		const names = [...new Set(chosen.map((item) => item.name))];
		if (names.length === 0) return nounFor(0, noun);
		return `${nounFor(names.length, noun)} (${namesOf(names, MOST_NAMES)})`;
	};
	const done = items.filter((item) => item.ended.kind === 'done');
	const unclear = items.filter((item) => item.ended.kind === 'failed' && item.ended.mayBeDone);
	const notTried = items.filter((item) => item.ended.kind === 'notTried');
	const notDone = items.length - done.length - unclear.length - notTried.length;
	return [
		`${words.done}: ${list(done)}.`,
		unclear.length === 0 ? '' : `${words.perhapsDone}: ${list(unclear)}.`,
		`${words.notDone}: ${nounFor(notDone, 'item')}.`,
		`Not tried: ${nounFor(notTried.length, 'item')}.`,
		`To go on, press Retry in the Executions tab, which ${words.retry}; after several retries, retry the newest one.`,
		`Do not press Execute step, which ${words.execute}.`,
	];
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
