import { NodeOperationError } from 'n8n-workflow';

import { stopError } from '../../../nodes/ContactUser/stopError';
import { NOT_TRIED } from '../../../nodes/shared/delivery/command';
import { node } from '../../engine/testWorkflow';
import { busy, done, noConnection, timeOut } from '../replies';
import { endedBy } from './contacts';

const NODE = node('Contact User', 'n8n-nodes-tencent-desk.contactUser');

const contact = (userId: string, reply = done) => ({ request: { userId }, ended: endedBy(reply) });
const failed = contact('ben', noConnection);
const inDoubt = (userId: string) => contact(userId, timeOut);
const untried = { request: { userId: '' }, ended: NOT_TRIED };

const descriptionOf = (contacts: Parameters<typeof stopError>[1], itemIndex: number) =>
	stopError(NODE, contacts, itemIndex).description;

test('the message says what happened to which user, and counts the item as a person does', () => {
	const error = stopError(NODE, [contact('ann'), failed, untried], 1);
	expect(error).toBeInstanceOf(NodeOperationError);
	expect(error.message).toBe(
		'User ben: The server refused the connection, so nothing was sent. [item 2 of 3]',
	);
});

test('no index stands beside it, which the editor would add to the message, counted from 0', () => {
	expect(stopError(NODE, [contact('ann'), failed], 1).context.itemIndex).toBeUndefined();
});

test('the message of an item whose user could not be read names none', () => {
	const error = stopError(NODE, [contact('', timeOut)], 0);
	expect(error.message).toBe('The server did not answer in time. [item 1 of 1]');
});

test('the description says what to do, who was contacted, who is in doubt, and counts all others', () => {
	const contacts = [
		contact('ann'),
		failed,
		contact('cleo', busy),
		contact('dan'),
		inDoubt('eva'),
		untried,
		untried,
		untried,
	];
	expect(descriptionOf(contacts, 1)).toMatch(
		/^Check the data center or .*, then try again\. Contacted: 2 users \(ann, dan\)\. Unclear, perhaps contacted: 1 user \(eva\)\. Not contacted: 2 items\. Not tried: 3 items\. /,
	);
});

test('it says plainly when nobody was contacted and nothing was left, and speaks of no doubt where there is none', () => {
	const description = descriptionOf([failed], 0);
	expect(description).toContain('Contacted: 0 users. Not contacted: 1 item. Not tried: 0 items.');
	expect(description).not.toContain('Unclear');
});

test('it names the first 20 of each, and counts the others', () => {
	const names = (prefix: string, count: number) =>
		Array.from({ length: count }, (_, n) => `${prefix}${n + 1}`);
	const contacts = [
		failed,
		...names('ok', 20).map((userId) => contact(userId)),
		...names('odd', 503).map(inDoubt),
	];
	const description = descriptionOf(contacts, 0);
	expect(description).toContain('20 users (ok1, ok2,');
	expect(description).toContain('ok19, ok20).');
	expect(description).toContain('503 users (odd1, odd2,');
	expect(description).toContain('odd20 and 483 more).');
});

test('a user of several items is named and counted once', () => {
	const description = descriptionOf([contact('ann'), failed, contact('ann')], 1);
	expect(description).toContain('Contacted: 1 user (ann).');
});

test('it tells the one way to go on that contacts nobody twice, and the one that does not', () => {
	expect(descriptionOf([inDoubt('eva')], 0)).toMatch(
		/press Retry in the Executions tab, which contacts nobody twice; .* retry the newest one\. Do not press Execute step, which contacts users again\.$/,
	);
});
