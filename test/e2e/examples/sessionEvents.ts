import { strict as assert } from 'node:assert';

import { activate, type Execution } from '../../n8n/api';
import { letDeskCall, type Wish } from '../../n8n/deskCalls';
import { readExample } from '../../n8n/examples';
import type { Case } from '../lab';
import { importExample, leaving } from './exampleFile';
import { eventUrlOf, executionsOf } from './webhookExample';

const FILE = 'session-events.json';
const ENDS = ['Session Began', 'User Wrote to the Bot', 'Bot Answered', 'Any Other Event'];
const BARE = ['SessionId', 'EventTime', 'ClientUserId', 'CustomerServiceId', 'AgentId'];

export const sessionEvents: Case[] = [
	{
		name: `example ${FILE}: each event is answered at once, goes its way, and repeats and other apps are dropped`,
		run: async (lab) => {
			const id = await importExample(lab, readExample(FILE));
			await activate(lab.n8n.rest, id);
			const url = await eventUrlOf(lab, id);
			const send = async (wish: Wish) => await letDeskCall(lab, url, wish);
			const { json } = await send({ event: 'SessionBegin', userId: 'mia', requestId: 'r-1' });
			assert.deepEqual(json, { ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '', AIProvider: 1 });
			await send({ event: 'SessionBegin', userId: 'mia', requestId: 'r-1' });
			await send({ event: 'ChatBot.UserSendMsg', userId: 'mia', text: 'Hello', requestId: 'r-2' });
			await send({ event: 'ChatBot.RobotSendMsg', userId: 'mia', text: 'Hi' });
			await send({ event: 'ChatBot.RobotSendMsg', userId: 'mia', text: 'Hi' });
			await send({
				event: 'Session.NotYetNamed',
				userId: 'noa',
				fields: { SatisfactionSelected: 4, Extra: { a: 1 } },
			});
			const empty = Object.fromEntries(BARE.map((key) => [key, null]));
			await send({ event: 'Bare', userId: 'mia', fields: empty });
			const other = await send({ event: 'SessionBegin', userId: 'mia', sdkAppId: '1499999999' });
			assert.equal(other.status, 403);

			const ended = await executionsOf(lab, id, 6, 60_000);
			assert.deepEqual(endsOf(ended), {
				'Session Began': [['mia', null, null]],
				'User Wrote to the Bot': [['mia', 'Hello', null]],
				// Without a RequestID nobody can tell a repeat from a second event.
				'Bot Answered': [
					['mia', 'Hi', null],
					['mia', 'Hi', null],
				],
				'Any Other Event': [
					['noa', null, 4],
					[null, null, null],
				],
			});
			const [unknown] = ended.flatMap((run) => leaving(run, 'Any Other Event'));
			assert.equal(unknown.deskEvent, 'Session.NotYetNamed');
			assert.deepEqual((unknown.raw as { Extra: unknown }).Extra, { a: 1 });
		},
	},
];

/** User, text and rating of what arrived at each end. */
function endsOf(runs: Execution[]): Record<string, unknown[][]> {
	for (const { status, error } of runs) assert.equal(status, 'success', error?.message);
	return Object.fromEntries(
		ENDS.map((end) => [
			end,
			runs.flatMap((run) =>
				leaving(run, end).map(({ userId, text, rating }) => [userId, text, rating]),
			),
		]),
	);
}
