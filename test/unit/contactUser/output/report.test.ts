import { readFileSync } from 'node:fs';
import path from 'node:path';

import { makeReport } from '../../../../nodes/ContactUser/report';
import { resultOf, REQUEST } from '../contact/resultOf';

const session = { sessionId: 's-1', state: 'Agent', agent: 'agent@example.com' };

test('a report has the fields that workflows read, and no others', () => {
	const result = resultOf({ notTried: true, fromEarlierTry: true, session });
	expect(makeReport(REQUEST, result, { includeSession: false })).toEqual({
		outcome: 'contacted',
		message: 'A live agent now contacts the user.',
		advice: '',
		retryLater: false,
		errorCode: 0,
		errorInfo: '',
		userId: 'user-1',
		customerServiceAccount: '@account',
		agentGroup: 1001,
		agent: 'agent@example.com',
		assignedAgent: null,
		attempts: 1,
	});
});

test('with Include Session Details it has the session, or null where none is known', () => {
	const withSession = makeReport(REQUEST, resultOf({ session }), { includeSession: true });
	expect(withSession.session).toEqual(session);
	const without = makeReport(REQUEST, resultOf({}), { includeSession: true });
	expect(without.session).toBeNull();
});

test('a report begins with the user, then tells what happened and what to do', () => {
	const report = makeReport(REQUEST, resultOf({}), { includeSession: false });
	expect(Object.keys(report).slice(0, 4)).toEqual(['userId', 'outcome', 'message', 'advice']);
});

test('the agent asked for and the agent assigned are told apart', () => {
	const result = resultOf({ assignedAgent: 'other@example.com' });
	expect(makeReport(REQUEST, result, { includeSession: false })).toMatchObject({
		agent: 'agent@example.com',
		assignedAgent: 'other@example.com',
	});
});

test('a report outlives being stored as JSON', () => {
	const report = makeReport(REQUEST, resultOf({ session }), { includeSession: true });
	expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});

test('the shape that n8n offers for mapping before a first run is that of a report', () => {
	const file = path.join(__dirname, '../../../../nodes/ContactUser/__schema__/v1.0.0.json');
	const { type, properties } = JSON.parse(readFileSync(file, 'utf8')) as {
		type: string;
		properties: Record<string, { type: string }>;
	};
	const report = makeReport(REQUEST, resultOf({ assignedAgent: 'agent@example.com' }), {
		includeSession: false,
	});
	expect(type).toBe('object');
	expect(Object.entries(properties).map(([name, { type: of }]) => [name, of])).toEqual(
		Object.entries(report).map(([name, value]) => [name, typeof value]),
	);
});
