import { NodeOperationError, type INode } from 'n8n-workflow';

import { notTried } from '../../../../nodes/ContactUser/contact/results';
import { stopError } from '../../../../nodes/ContactUser/output/stopError';
import { resultOf } from '../contact/resultOf';

const NODE: INode = {
	id: '1',
	name: 'Contact User',
	type: 'n8n-nodes-tencent-desk.contactUser',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const failed = resultOf({
	outcome: 'failed',
	message: 'The server refused the connection, so the user was not contacted.',
	advice: 'Check the network.',
	errorCode: null,
});
const unconfirmed = resultOf({ outcome: 'unconfirmed' });

test('the error says what happened to which item, and what to do', () => {
	const error = stopError(NODE, [resultOf({}), failed], 1);
	expect(error).toBeInstanceOf(NodeOperationError);
	expect(error.message).toBe(`${failed.message} [item 1]`);
	expect(error.description).toMatch(/^Check the network\. /);
	expect(error.context.itemIndex).toBe(1);
});

test('it counts what was contacted, what was not, what stays open and what was not tried', () => {
	const results = [
		resultOf({}),
		resultOf({}),
		failed,
		resultOf({ outcome: 'agentUnavailable' }),
		unconfirmed,
		notTried(),
		notTried(),
		notTried(),
	];
	expect(stopError(NODE, results, 2).description).toContain(
		'2 of 8 users were contacted, 2 not contacted, 1 unconfirmed, 3 not tried.',
	);
});

test('it does not speak of unconfirmed ones where there are none', () => {
	const { description } = stopError(NODE, [resultOf({}), failed], 1);
	expect(description).toContain('1 of 2 users was contacted, 1 not contacted, 0 not tried.');
	expect(description).not.toContain('unconfirmed');
});

test('it says that a retry contacts nobody twice', () => {
	expect(stopError(NODE, [unconfirmed], 0).description).toMatch(
		/retry of this execution contacts nobody twice/,
	);
});
