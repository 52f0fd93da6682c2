import { strict as assert } from 'node:assert';

import { handOver } from '../../../examples/stub-model.mjs';
import { activate, type Execution } from '../../n8n/api';
import { CREDENTIAL } from '../../n8n/deskNodes';
import { letDeskCall, type Answer, type Wish } from '../../n8n/deskCalls';
import { readExample } from '../../n8n/examples';
import { createModelCredential } from '../agentWorkflow';
import type { Case, Lab } from '../lab';
import { withScriptedModel, type Decide, type ScriptedModel } from '../scriptedModel';
import { importExample } from './exampleFile';
import { eventUrlOf, executionsOf } from './webhookExample';

const FILE = 'ai-front-desk.json';
const WRITES = { event: 'ChatBot.UserSendMsg', userId: 'mia', requestId: 'r-1' };

let desks = 0;

interface FrontDesk {
	model: ScriptedModel;
	/** Lets Desk call it. */
	send: (wish: Wish) => Promise<Answer>;
	/** The executions so far, when `count` have ended. */
	runs: (count: number) => Promise<Execution[]>;
}

export const aiFrontDesk: Case[] = [
	{
		name: `example ${FILE}: Desk is answered at once, the AI answers in the session; repeats and other calls do nothing; asked for a human, it hands over the session and remembers the talk`,
		run: async (lab) =>
			await withFrontDesk(lab, handOver, async ({ model, send, runs }) => {
				const { json } = await send({ ...WRITES, text: 'What do you cost?' });
				assert.deepEqual(json, {
					ActionStatus: 'OK',
					ErrorCode: 0,
					ErrorInfo: '',
					AIProvider: 0,
				});
				await send({ ...WRITES, text: 'What do you cost?' });
				await send({ ...WRITES, requestId: 'r-2', event: 'ChatBot.RobotSendMsg', text: 'Hi' });
				await send({ ...WRITES, requestId: 'r-3', sdkAppId: '1499999999', text: 'Hi' });
				const [first, ...others] = await runs(1);
				assert.equal(first.status, 'success', first.error?.message);
				assert.deepEqual(messagesOf(lab), [
					['mia', 'I am a stub and only know one thing: ask me for a human.'],
				]);
				assert.equal(model.requests.length, 1);
				assert.deepEqual(others, []);

				await send({ ...WRITES, requestId: 'r-4', text: 'I want a human' });
				await runs(2);
				assert.equal(stateOf(lab, 'mia'), 'Agent');
				assert.match(messagesOf(lab)[1][1], /^The session was handed to a live agent\.$/);
				const { messages, tools } = model.requests[1];
				assert.ok(messages.some(({ content }) => content === 'What do you cost?'));
				const [fields] = (tools ?? []).map((tool) => tool.function.parameters.properties);
				assert.deepEqual(Object.keys(fields), ['Agent_Group'], 'which session is not asked');
			}),
	},
	{
		name: `example ${FILE}: where nobody can be reached, the user hears that and not that an agent comes`,
		run: async (lab) =>
			await withFrontDesk(lab, handOver, async ({ send, runs }) => {
				lab.simulator.planCommand('transfer_to_human', { answer: 141001 });
				await send({ ...WRITES, text: 'A human, please' });
				const [run] = await runs(1);
				assert.equal(run.status, 'success', run.error?.message);
				assert.match(messagesOf(lab)[0][1], /^Not done: /);
				assert.notEqual(stateOf(lab, 'mia'), 'Agent');
			}),
	},
	{
		name: `example ${FILE}: a model that fails leaves nobody alone: the session is handed over at once`,
		run: async (lab) => {
			const broken: Decide = () => {
				throw new Error('out of order');
			};
			await withFrontDesk(lab, broken, async ({ send, runs }) => {
				await send({ ...WRITES, text: 'Hello?' });
				const [run] = await runs(1);
				assert.equal(run.status, 'success', run.error?.message);
				assert.equal(stateOf(lab, 'mia'), 'Agent');
				assert.deepEqual(messagesOf(lab), []);
			});
		},
	},
	{
		name: `example ${FILE}: a picture without text is told to the model, an answer that cannot be sent fails the run`,
		run: async (lab) =>
			await withFrontDesk(lab, handOver, async ({ model, send, runs }) => {
				lab.simulator.planCommand('send_msg', { answer: 80001 });
				const MsgBody = [{ MsgType: 'TIMImageElem', MsgContent: {} }];
				await send({ ...WRITES, fields: { MsgBody } });
				const [run] = await runs(1);
				const said = model.requests[0].messages.at(-1);
				assert.equal(said?.content, '(The user sent something that is not text.)');
				assert.equal(run.status, 'error');
				assert.deepEqual(messagesOf(lab), []);
			}),
	},
];

/** The example, published at an address of its own, with a scripted model. */
async function withFrontDesk(
	lab: Lab,
	decide: Decide,
	work: (desk: FrontDesk) => Promise<void>,
): Promise<void> {
	const number = ++desks;
	await withScriptedModel(decide, async (model) => {
		const name = `Model of front desk ${number}`;
		await createModelCredential(lab.n8n.rest, name, model);
		const workflow = readExample(FILE);
		const openAiApi = { id: null, name };
		const id = await importExample(lab, workflow, { ...CREDENTIAL, openAiApi });
		await activate(lab.n8n.rest, id);
		const url = await eventUrlOf(lab, id);
		await work({
			model,
			send: async (wish) => await letDeskCall(lab, url, wish),
			runs: async (count) => await executionsOf(lab, id, count, 60_000),
		});
	});
}

function messagesOf({ simulator }: Lab): string[][] {
	return simulator.messages.map(({ userId, text }) => [userId, text]);
}

function stateOf({ simulator }: Lab, userId: string): string | undefined {
	const sessions = [...simulator.world.sessions.values()];
	return sessions.find((session) => session.userId === userId)?.state;
}
