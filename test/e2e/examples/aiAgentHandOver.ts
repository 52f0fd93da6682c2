import { strict as assert } from 'node:assert';

import { handOver } from '../../../examples/stub-model.mjs';
import { finishedExecution, newestExecution, runManually, type Execution } from '../../n8n/api';
import { CREDENTIAL } from '../../n8n/deskNodes';
import { readExample } from '../../n8n/examples';
import type { Instance } from '../../n8n/instance';
import { createModelCredential, replyOf } from '../agentWorkflow';
import type { Case } from '../lab';
import { withScriptedModel } from '../scriptedModel';
import { contactedUsers, importExample, MANUAL_TRIGGER } from './exampleFile';

const FILE = 'ai-agent-hand-over.json';

export const aiAgentHandOver: Case[] = [
	{
		name: `example ${FILE}: with the stub model, the user hears the truth, without a chat and in one`,
		run: async (lab) => {
			const { n8n, simulator } = lab;
			await withScriptedModel(handOver, async (model) => {
				const name = 'OpenAI account';
				await createModelCredential(n8n.rest, name, model);
				const id = await importExample(lab, readExample(FILE), {
					...CREDENTIAL,
					openAiApi: { id: null, name },
				});
				const run = () => runManually(n8n.rest, id, MANUAL_TRIGGER);

				assert.equal(replyOf(await run()), 'A live agent now contacts the user.');
				assert.deepEqual(contactedUsers(lab), ['mia']);
				const [{ messages, tools }] = model.requests;
				assert.match(
					String(messages[0].content),
					/only if the tool's outcome is "contacted"\. Otherwise pass on its message/,
				);
				const [fields] = (tools ?? []).map((tool) => tool.function.parameters.properties);
				assert.deepEqual(Object.keys(fields), ['Agent_Group'], 'whom to contact is not asked');

				simulator.reset();
				simulator.plan('mia', { answer: 141001 });
				assert.match(replyOf(await run()), /^No live agent is available, so the user was not/);
				assert.deepEqual(contactedUsers(lab), []);

				simulator.reset();
				const chatting = await chat(n8n, id, 'Can I talk to a human?');
				assert.equal(replyOf(chatting), 'A live agent now contacts the user.');
				const [, said] = model.requests.at(-1)?.messages ?? [];
				assert.equal(said.content, 'Can I talk to a human?');
			});
		},
	},
];

/** Says something in the chat of the editor: n8n waits for it after a run from the chat trigger was asked for. */
async function chat(
	{ rest, url }: Instance,
	workflowId: string,
	chatInput: string,
): Promise<Execution> {
	const sessionId = 'session-of-this-test';
	const workflowData = await rest.get(`/rest/workflows/${workflowId}`);
	const triggerToStartFrom = { name: 'When Chat Message Received' };
	const order = { workflowData, triggerToStartFrom, chatSessionId: sessionId };
	await rest.post(`/rest/workflows/${workflowId}/run`, order);
	await fetch(`${url}/webhook-test/${workflowId}/${sessionId}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ action: 'sendMessage', sessionId, chatInput }),
	});
	return await finishedExecution(rest, (await newestExecution(rest, workflowId)).id);
}
