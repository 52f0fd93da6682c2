import { NodeOperationError, type INode } from 'n8n-workflow';

import type { ContactedItem } from './contactItem';
import { namesOf, nounFor } from './report';
import { outcomeOf, resultOf, type Outcome } from './result';

/** Users whom the description names in each of its lists. */
const MOST_NAMES = 20;

interface EndedContact extends Pick<ContactedItem, 'ended' | 'sameAs'> {
	request: Pick<ContactedItem['request'], 'userId'>;
}

/**
 * The one error that ends the node under On Error = Stop Workflow: what happened to which user, who was contacted, who
 * is in doubt, and the one way to go on. It counts items from 1, and has no `itemIndex`: the editor would add that to
 * the message, counted from 0.
 */
export function stopError(
	node: INode,
	contacts: EndedContact[],
	itemIndex: number,
): NodeOperationError {
	const { request, ended, sameAs } = contacts[itemIndex] as EndedContact;
	const result = resultOf(ended, sameAs);
	const who = request.userId === '' ? '' : `User ${request.userId}: `;
	const item = `[item ${itemIndex + 1} of ${contacts.length}]`;
	const inDoubt = usersWith(contacts, 'unconfirmed');
	const notTried = contacts.filter((contact) => contact.ended.kind === 'notTried').length;
	const tried = contacts.length - notTried;
	const open = contacts.filter((contact) => mayBeContacted(outcomeOf(contact.ended))).length;
	const account = [
		`Contacted: ${list(usersWith(contacts, 'contacted'))}.`,
		...(inDoubt.length > 0 ? [`In doubt, perhaps contacted: ${list(inDoubt)}.`] : []),
		`Not contacted: ${nounFor(tried - open, 'item')}.`,
		`Not tried: ${nounFor(notTried, 'item')}.`,
	];
	const goOn =
		'To go on, press Retry in the Executions tab, which contacts nobody twice; after several retries, retry the newest one. Do not press Execute step, which contacts users again.';
	return new NodeOperationError(node, `${who}${result.message} ${item}`, {
		description: [result.advice, ...account, goOn].filter((sentence) => sentence !== '').join(' '),
	});
}

function mayBeContacted(outcome: Outcome): boolean {
	return outcome === 'contacted' || outcome === 'unconfirmed';
}

/** Each once, since several items may ask for the same contact. */
function usersWith(contacts: EndedContact[], outcome: Outcome): string[] {
	const found = contacts.filter(({ ended }) => outcomeOf(ended) === outcome);
	return [...new Set(found.map(({ request }) => request.userId))];
}

function list(userIds: string[]): string {
	if (userIds.length === 0) return 'nobody';
	return `${nounFor(userIds.length, 'user')} (${namesOf(userIds, MOST_NAMES)})`;
}
