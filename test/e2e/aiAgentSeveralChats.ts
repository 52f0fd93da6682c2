import { strict as assert } from 'node:assert';

import { splitOut } from '../n8n/workflow';
import { askAgent, type AgentSetup } from './agentWorkflow';
import type { Case, Lab } from './lab';
import { lastReport, passOn, withScriptedModel, type Decide } from './scriptedModel';

const CHATS = [
	{ userId: 'alice', chatInput: 'Good morning.' },
	{ userId: 'bob', chatInput: 'I want a human.' },
];

/** Hands over to a human who asks for one, and passes on what the tool said. */
const handOver: Decide = (request) => {
	const last = request.messages.at(-1);
	if (last?.role === 'tool') return passOn(request);
	const asked = JSON.stringify(last?.content);
	return asked.includes('human')
		? { callTool: { Prompt: 'The user wants a human.' } }
		: { say: 'Good morning!' };
};

/** One workflow for several chats: n8n pairs a call of the tool with the first of them, whoever asked. */
export const aiAgentSeveralChats: Case[] = [
	{
		name: 'AI Agent that is given several chats: the tool contacts nobody, rather than the user of another chat',
		run: async (lab) => {
			const told = await handOverIn(lab, CHATS);
			assert.match(told.message, /^The user was not contacted/);
			assert.match(told.advice, /several items or runs in a loop/);
			assert.deepEqual(lab.simulator.ledger, []);
		},
	},
	{
		name: 'AI Agent that is given one chat: the tool contacts its user, taken from a node of the chat',
		run: async (lab) => {
			const told = await handOverIn(lab, CHATS.slice(1));
			assert.equal(told.outcome, 'contacted');
			assert.deepEqual(usersOf(lab), ['bob']);
		},
	},
	...[CHATS.slice(1), CHATS].map((chats): Case => ({
		name: `AI Agent Tool, an agent that is a tool of another one, ${chats.length} chats at once: nobody's user is taken for another's`,
		run: async (lab) => {
			const told = await handOverIn(lab, chats, { nested: true });
			if (chats.length === 1) assert.deepEqual(usersOf(lab), ['bob']);
			else assert.deepEqual([usersOf(lab), told.outcome], [[], 'configurationError']);
		},
	})),
];

/** Sends the chats to the agent at once. @returns what the tool told the model last */
async function handOverIn(
	lab: Lab,
	chats: object[],
	{ nested }: Pick<AgentSetup, 'nested'> = {},
): Promise<Record<string, string>> {
	return await withScriptedModel(handOver, async (model) => {
		const execution = await askAgent(lab, model, {
			between: [splitOut('body.chats')],
			tool: { parameters: { userId: "={{ $('Split Out').item.json.userId }}" } },
			message: { chats },
			nested,
		});
		assert.equal(execution.status, 'success', execution.error?.message);
		const told = model.requests.find(({ messages }) => messages.at(-1)?.role === 'tool');
		assert.ok(told, 'the model was told what came of it');
		return lastReport(told);
	});
}

function usersOf({ simulator }: Lab): string[] {
	return simulator.ledger.map(({ userId }) => userId);
}
