import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

import { activate, createWorkflow, type Execution } from '../n8n/api';
import { letDeskCall, type Answer, type Wish } from '../n8n/deskCalls';
import { eventTriggerNode, tencentDesk } from '../n8n/deskNodes';
import { eventually } from '../n8n/waiting';
import { chain, type NodeSketch } from '../n8n/workflow';
import { executionsOf } from './examples/webhookExample';
import type { Case, Lab } from './lab';

const TRIGGER = 'Tencent Desk Event Trigger';
const ALL_EVENTS = [
	...['agentStatusChanged', 'assignAgent', 'botAnswered', 'otherSessionEvent', 'sessionBegan'],
	...['taskFlowCall', 'taskFlowEvent', 'userWroteToBot'],
];
const OK = { ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '' };
const NO_VALUES = { ActionStatus: 'FAIL', ErrorCode: 1, ErrorInfo: 'No answer of the workflow.' };
const TOKEN = 'xxxxyyyy';
/** Of Tencent's page about callbacks, 269/32431: right, and old. */
const VECTOR = {
	requestTime: 1669872112,
	sign: '17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061',
};
const BURST = 200;
const BURST_WITHIN_MS = 300_000;

const SESSION: Wish = { event: 'SessionBegin', userId: 'mia' };
const ASSIGN: Wish = { call: 'assign', userId: 'mia' };
const CALL: Wish = { call: 'taskFlowCall', userId: 'mia' };

const ANNA = tencentDesk('event', 'answer', {
	agent: { __rl: true, mode: 'id', value: 'anna@example.com' },
	agentGroup: { __rl: true, mode: 'id', value: '1001' },
});
const ORDER = tencentDesk('event', 'answer', {
	answerTo: 'taskFlowCall',
	values: { value: [{ name: 'order', value: '={{ $json.userId }}' }] },
});

let workflows = 0;

interface Published {
	id: string;
	url: string;
	send: (wish: Wish) => Promise<Answer>;
	runs: (count: number) => Promise<Execution[]>;
}

/** Publishes a workflow that Desk can call. */
async function publish(
	lab: Lab,
	behind: NodeSketch[],
	parameters: Record<string, unknown> = {},
): Promise<Published> {
	const webhookId = `desk-calls-${++workflows}`;
	const trigger = eventTriggerNode(webhookId, { events: ALL_EVENTS, ...parameters });
	const id = await createWorkflow(lab.n8n.rest, chain(webhookId, [trigger, ...behind], ['Behind']));
	await activate(lab.n8n.rest, id);
	const url = `${lab.n8n.url}/webhook/${webhookId}/webhook`;
	return {
		id,
		url,
		send: async (wish) => await letDeskCall(lab, url, wish),
		runs: async (count) => await executionsOf(lab, id, count, 60_000),
	};
}

const code = (jsCode: string): NodeSketch => ({
	name: 'Code',
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: { jsCode },
});

function eventsOf(runs: Execution[]): unknown[] {
	return runs.map((run) => run.outputs(TRIGGER)[0][0].json.event);
}

/**
 * Sends events, each of them twice, and an assignment twice at once.
 * @returns what must be true after a restart of n8n: what it was sent before is still a repeat
 */
export async function callThroughRestart(lab: Lab) {
	const { send, runs } = await publish(lab, [ANNA]);
	const step: Wish = { call: 'taskFlow', userId: 'mia' };
	await send({ ...SESSION, requestId: 'r-1' });
	await send({ ...SESSION, requestId: 'r-1' });
	await send({ ...step, requestId: 'r-2' });
	await send({ ...step, requestId: 'r-3' });
	const twice = [send({ ...ASSIGN, requestId: 'r-4' }), send({ ...ASSIGN, requestId: 'r-4' })];
	for (const { json } of await Promise.all(twice)) assert.equal(json.AgentGroupId, 1001);
	await runs(3);
	return {
		afterwards: async () => {
			await send({ ...SESSION, requestId: 'r-1' });
			await send(step);
			await send({ ...SESSION, requestId: 'r-5' });
			assert.deepEqual(eventsOf(await runs(4)), [
				...['sessionBegan', 'taskFlowEvent', 'assignAgent', 'sessionBegan'],
			]);
		},
	};
}

export const eventTrigger: Case[] = [
	{
		name: 'event trigger: the workflow says who gets the session, and which values a task flow gets',
		run: async (lab) => {
			const assigned = await publish(lab, [
				ANNA,
				code('await new Promise((r) => setTimeout(r, 3000)); return [{}]'),
			]);
			assert.deepEqual((await assigned.send(ASSIGN)).json, {
				...OK,
				AgentIdList: ['anna@example.com'],
				AgentGroupId: 1001,
			});
			const called = await publish(lab, [ORDER]);
			assert.deepEqual((await called.send(CALL)).json, { ...OK, Body: { order: 'mia' } });
		},
	},
	...(
		[
			['fails', [code('throw new Error("no CRM")'), ANNA]],
			['ends before the answer', [code('return []'), ANNA]],
			['has no answer', []],
			['is late', [code('await new Promise((r) => setTimeout(r, 4000)); return [{}]'), ANNA]],
		] satisfies Array<[string, NodeSketch[]]>
	).map(([what, behind]) => ({
		name: `event trigger: a workflow that ${what} leaves Desk its own strategy, in time`,
		run: async (lab: Lab) => {
			const { send, runs } = await publish(lab, behind);
			assert.deepEqual((await send(ASSIGN)).json, OK);
			assert.deepEqual((await send(CALL)).json, NO_VALUES);
			await runs(2);
			// The same connection may be used again: a late answer must not have broken it.
			assert.deepEqual((await send(SESSION)).json, { ...OK, AIProvider: 1 });
		},
	})),
	{
		name: 'event trigger: what is not for it is answered and starts nothing',
		run: async (lab) => {
			const { url, send, runs } = await publish(lab, [], {
				events: ['sessionBegan'],
				aiProvider: 'workflow',
				options: { callbackToken: TOKEN },
			});
			const signed = { ...SESSION, token: TOKEN };
			const refused: Array<[Wish, string]> = [
				[{ ...signed, sdkAppId: '1499999999' }, 'Refused: another SDKAppID.'],
				[SESSION, 'Refused: no signature.'],
				[{ ...signed, token: 'another' }, 'Refused: a wrong signature.'],
				[{ ...signed, ...VECTOR }, 'Refused: an old signature.'],
			];
			for (const [wish, ErrorInfo] of refused) {
				const { status, json } = await send(wish);
				assert.deepEqual([status, json.ErrorInfo], [403, ErrorInfo]);
			}
			const others: Array<[Wish, object]> = [
				[
					{ ...signed, event: 'Session.New' },
					{ ...OK, AIProvider: 0 },
				],
				[{ ...ASSIGN, token: TOKEN }, OK],
				[{ ...CALL, token: TOKEN }, NO_VALUES],
				[{ ...signed, fields: { CallbackCommand: 'C2C.CallbackBeforeSendMsg' } }, OK],
			];
			for (const [wish, answer] of others) assert.deepEqual((await send(wish)).json, answer);

			const { sent } = await send(signed);
			const post = async (type: string, body: string) => {
				const headers = { 'content-type': type };
				const asSent = `${url}${new URL(sent.url).search}`;
				return (await fetch(asSent, { method: 'POST', headers, body })).status;
			};
			const huge = JSON.stringify({ ...sent.body, Text: 'x'.repeat(5_000_000) });
			assert.deepEqual(
				[
					await post('text/plain', 'no JSON'),
					await post('application/json', '[]'),
					// n8n itself reads JSON before any node is asked.
					await post('application/json', '{'),
					await post('application/json', huge),
				],
				[400, 400, 422, 413],
			);
			assert.deepEqual(eventsOf(await runs(1)), ['sessionBegan']);
			assert.ok(!(await readFile(lab.n8n.logFile, 'utf8')).includes(TOKEN), 'no token in the log');
		},
	},
	{
		name: "event trigger: the editor's test URL takes one event, and the same one again",
		run: async (lab) => {
			const { id, url } = await publish(lab, [ANNA]);
			for (const round of [1, 2]) {
				const workflowData = await lab.n8n.rest.get(`/rest/workflows/${id}`);
				await lab.n8n.rest.post(`/rest/workflows/${id}/run`, {
					workflowData,
					triggerToStartFrom: { name: TRIGGER },
				});
				const testUrl = url.replace('/webhook/', '/webhook-test/');
				const { json } = await letDeskCall(lab, testUrl, { ...ASSIGN, requestId: 'r-1' });
				assert.equal(json.AgentGroupId, 1001, `round ${round}`);
				assert.equal((await executionsOf(lab, id, round)).length, round);
			}
		},
	},
	{
		name: `event trigger: ${BURST} events within a second start one execution each`,
		run: async (lab) => {
			const { id, send } = await publish(lab, []);
			// n8n 2.41 takes 0.1 s of processor time for each call by its newer engine, used or not.
			await lab.n8n.restart({ N8N_EXPRESSION_ENGINE: 'legacy' });
			await send(SESSION);
			const answers = await Promise.all(
				Array.from({ length: BURST }, async (_, n) => {
					await wait((n * 1000) / BURST);
					return await send({ ...SESSION, requestId: `r-${n}`, timeoutMs: 60_000 });
				}),
			);
			const ms = answers.map((answer) => answer.ms).sort((a, b) => a - b);
			const inTime = ms.filter((each) => each <= 2000).length;
			console.log(
				`     ${BURST} events within a second: ${inTime} answered within 2 s, the median in ${ms[BURST / 2]} ms, the last in ${ms.at(-1)} ms`,
			);
			const filter = encodeURIComponent(JSON.stringify({ workflowId: id, status: ['success'] }));
			await eventually('each event is worked through', BURST_WITHIN_MS, async () => {
				const { count } = await lab.n8n.rest.get<{ count: number }>(
					`/rest/executions?limit=1&filter=${filter}`,
				);
				assert.ok(count <= BURST + 1, `${count} executions`);
				return count === BURST + 1 ? true : undefined;
			});
			assert.deepEqual(new Set(answers.map(({ json }) => json.ActionStatus)), new Set(['OK']));
		},
	},
];
