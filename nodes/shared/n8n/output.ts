import {
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	NodeApiError,
	type NodeExecutionHint,
	NodeOperationError,
} from 'n8n-workflow';
import type { Ended, Failed } from '../delivery/command';
import { isRecord } from '../desk/values';

/**
 * Whether n8n can look up the input item of an output item, as its error routing does. Up to n8n 2 by the very call
 * that it makes; n8n 3 has taken that one away from nodes, so there by the lookup that expressions use.
 */
export function canPairInput(context: IExecuteFunctions): (itemIndex: number) => boolean {
	return (itemIndex) => {
		try {
			const source = context.getInputSourceData();
			const proxy = context.getWorkflowDataProxy(0);
			const found: unknown =
				proxy.$getPairedItem === undefined
					? proxy.$(source.previousNode).pairedItem(itemIndex)
					: proxy.$getPairedItem(source.previousNode, source, { item: itemIndex });
			return found === null || (isRecord(found) && isRecord(found.json));
		} catch {
			return false;
		}
	};
}

/** Fields of the node together with those of the input item. Ours twice: they stand first, where the editor shows them, and they win. */
export function withInputFields(ours: IDataObject, input: IDataObject | undefined): IDataObject {
	// n8n takes an `error` key for a failure of the item. Some nodes hand on items without fields.
	const kept = Object.entries(input ?? {}).filter(([key]) => key !== 'error');
	const fields = Object.fromEntries(kept) as IDataObject;
	return { ...ours, ...fields, ...ours };
}

/** The one box that n8n shows beside the output of a run, line by line; none without lines. */
export function hintOf(lines: string[], type: 'info' | 'warning'): NodeExecutionHint[] {
	if (lines.length === 0) return [];
	return [{ type, location: 'outputPane', message: lines.map(forHtml).join('<br>') }];
}

/** The editor takes hints for HTML. */
function forHtml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** "1 item", "3 items". */
export function nounFor(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The first `most` of them, then how many more there are. */
export function namesOf(names: string[], most: number): string {
	const more = names.length - most;
	const shown = names.slice(0, most).join(', ');
	return more > 0 ? `${shown} and ${more} more` : shown;
}

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
		...(done.length + unclear.length === 0
			? ['To go on, correct the cause, then run the workflow again.']
			: [
					`To go on, press Retry in the Executions tab, which ${words.retry}; after several retries, retry the newest one.`,
					`Do not press Execute step, which ${words.execute}.`,
				]),
	];
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
