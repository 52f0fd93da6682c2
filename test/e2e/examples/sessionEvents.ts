import { strict as assert } from 'node:assert';

import { activate, type Execution } from '../../n8n/api';
import { readExample } from '../../n8n/examples';
import type { Case } from '../lab';
import { importExample, leaving } from './exampleFile';
import { executionsOf, sendEvent } from './webhookExample';

const FILE = 'session-events.json';
const PATH = 'tencent-desk-session-events';
const ENDS = ['Session Began', 'User Wrote to the Bot', 'Bot Answered', 'Any Other Event'];

export const sessionEvents: Case[] = [
	{
		name: `example ${FILE}: each event is answered at once, goes its way, and repeats and other apps are dropped`,
		run: async (lab) => {
			const id = await importExample(lab, readExample(FILE));
			await activate(lab.n8n.rest, id);
			const send = async (wish: Parameters<typeof sendEvent>[2]) =>
				await sendEvent(lab, PATH, wish);

			const answer = await send({ event: 'SessionBegin', userId: 'mia', requestId: 'r-1' });
			assert.match(answer.contentType, /^application\/json/);
			assert.deepEqual(JSON.parse(answer.body), {
				ActionStatus: 'OK',
				ErrorCode: 0,
				ErrorInfo: '',
				AIProvider: 1,
			});
			await send({ event: 'SessionBegin', userId: 'mia', requestId: 'r-1' });
			await send({ event: 'ChatBot.UserSendMsg', userId: 'mia', text: 'Hello', requestId: 'r-2' });
			await send({ event: 'ChatBot.RobotSendMsg', userId: 'mia', text: 'Hi' });
			await send({ event: 'ChatBot.RobotSendMsg', userId: 'mia', text: 'Hi' });
			await send({
				event: 'Session.NotYetNamed',
				userId: 'noa',
				fields: { SatisfactionSelected: 4, Extra: { a: 1 } },
			});
			await send({ event: 'SessionBegin', userId: 'mia', sdkAppId: '1499999999' });

			const runs = await executionsOf(lab, id, 7);
			assert.deepEqual(endsOf(runs), {
				'Session Began': [['mia', '', 0]],
				'User Wrote to the Bot': [['mia', 'Hello', 0]],
				// Without a RequestID nobody can tell a repeat from a second event.
				'Bot Answered': [
					['mia', 'Hi', 0],
					['mia', 'Hi', 0],
				],
				'Any Other Event': [['noa', '', 4]],
			});
			const [other] = runs.flatMap((run) => leaving(run, 'Any Other Event'));
			assert.equal(other.event, 'Session.NotYetNamed');
			assert.deepEqual((other.raw as { Extra: unknown }).Extra, { a: 1 });
			const dropped = runs.flatMap((run) => leaving(run, 'Not Ours: Drop It'));
			assert.equal(dropped.length, 1);
		},
	},
	{
		name: `example ${FILE}: an event with nothing but its name, and a call that is no event at all`,
		run: async (lab) => {
			const workflow = readExample(FILE);
			workflow.nodes[0].parameters.path = `${PATH}-bare`;
			const id = await importExample(lab, workflow);
			await activate(lab.n8n.rest, id);
			const empty = Object.fromEntries(
				['SessionId', 'EventTime', 'ClientUserId', 'CustomerServiceId', 'AgentId'].map((key) => [
					key,
					null,
				]),
			);
			await sendEvent(lab, `${PATH}-bare`, { event: 'Bare', userId: 'mia', fields: empty });
			const url = `${lab.n8n.url}/webhook/${PATH}-bare`;
			const answer = await fetch(url, { method: 'POST', body: 'not JSON' });
			assert.equal(answer.status, 200);
			const [first, second] = await executionsOf(lab, id, 2);
			assert.equal(leaving(first, 'Any Other Event').length, 1);
			assert.equal(leaving(second, 'Not Ours: Drop It').length, 1);
		},
	},
	{
		name: `example ${FILE}: the first events come at the same moment, and each goes its way`,
		run: async (lab) => {
			const workflow = readExample(FILE);
			workflow.nodes[0].parameters.path = `${PATH}-at-once`;
			const id = await importExample(lab, workflow);
			await activate(lab.n8n.rest, id);
			const send = async (wish: Parameters<typeof sendEvent>[2]) =>
				await sendEvent(lab, `${PATH}-at-once`, wish);
			// n8n serves the address, and has remembered no event yet.
			await send({ event: 'SessionBegin', userId: 'foreign', sdkAppId: '1499999999' });

			const users = Array.from({ length: 8 }, (_, n) => `at-once-${n}`);
			await Promise.all(
				users.map(async (userId) => {
					await send({ event: 'SessionBegin', userId, requestId: userId });
				}),
			);
			const runs = await executionsOf(lab, id, 9);
			const began = endsOf(runs)['Session Began'].map(([userId]) => userId);
			assert.deepEqual(began.sort(), users);
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
