import { strict as assert } from 'node:assert';

import { TOOL_DESCRIPTION } from '../../nodes/ContactUser/description';
import { fromAI } from '../n8n/deskNodes';
import { splitOut } from '../n8n/workflow';
import { askAgent, NEWEST_AGENT, OLDER_AGENT, replyOf, type AgentSetup } from './agentWorkflow';
import type { Case, Lab } from './lab';
import {
	lastReport,
	passOn,
	toolResult,
	withScriptedModel,
	type Decide,
	type Turn,
} from './scriptedModel';

/** Whom the model asks for, what it must be told, and how many contacts are really made. */
export const OUTCOMES: Array<[userId: string, outcome: string, told: RegExp, contacts: number]> = [
	['mia', 'contacted', /^A live agent now contacts the user\.$/, 1],
	['answer-141001', 'agentUnavailable', /^No live agent is available, so the user was not con/, 0],
	[
		'answer-141016',
		'userUnavailable',
		/^No new contact was made: the user is already in a conv/,
		0,
	],
	['unknown-1', 'configurationError', /^The user was not contacted, since the request or its/, 0],
	['fault-http403', 'failed', /^The user was not contacted, since the request did not succeed/, 0],
	['fault-reset-commit-blind', 'unconfirmed', /^It is not known whether a live agent contacts/, 1],
];

const callFor =
	(User_ID: string, more: Record<string, unknown> = {}) =>
	(): Turn => ({ callTool: { User_ID, ...more } });

/** The newest AI Agent lets the engine run its tools; the older two call them themselves. */
const AGENTS: Array<[agentVersion: number, responseMode?: 'streaming']> = [
	[1.9],
	[OLDER_AGENT],
	[NEWEST_AGENT],
	[NEWEST_AGENT, 'streaming'],
];

export const aiAgent: Case[] = [
	...AGENTS.map(([agentVersion, responseMode], index): Case => ({
		name: `AI Agent ${agentVersion} ${responseMode ?? ''}: the model reads our description, and of each call the truth, which reaches the user`,
		run: async (lab) => {
			const parameters = {
				agentGroup: { __rl: true, mode: 'list', value: fromAI('Agent_Group') },
				agent: { __rl: true, mode: 'id', value: fromAI('Agent') },
			};
			// The n8n process remembers for a minute who is in doubt, so each agent has users of its own.
			const calls = OUTCOMES.map(
				([user, ...expected]) => [`${user}.${index}`, ...expected] as const,
			);
			const [again] = calls;
			const more = { Agent_Group: '1001', Agent: '' };
			const called = [...calls, again].map(([userId]) => callFor(userId, more));
			const script = [...called, passOn];
			await withScriptedModel(script, async (model) => {
				const execution = await askAgent(lab, model, {
					...{ agentVersion, responseMode },
					tool: { parameters },
				});
				const [{ tools, stream }, ...answered] = model.requests;
				const [tool] = (tools ?? []).map((each) => each.function);
				assert.deepEqual([tool.name, tool.description], ['Contact_User', TOOL_DESCRIPTION]);
				const fields = Object.keys(tool.parameters.properties);
				assert.deepEqual(fields.sort(), ['Agent', 'Agent_Group', 'User_ID']);
				if (responseMode === 'streaming') assert.equal(stream, true);
				calls.forEach(([userId, outcome, told], call) => {
					const report = lastReport(answered[call]);
					assert.deepEqual([report.userId, report.outcome], [userId, outcome]);
					assert.match(report.message, told);
				});
				const twice = lastReport(answered[calls.length]);
				assert.equal(twice.outcome, 'userUnavailable', 'called again for a user just contacted');
				assert.equal(replyOf(execution), `Well. ${twice.message}`);
			});
			const real = lab.simulator.ledger.map(({ userId, agentGroup }) => [userId, agentGroup]);
			const contacted = calls.filter(([, , , contacts]) => contacts === 1);
			assert.deepEqual(
				real,
				contacted.map(([userId]) => [userId, 1001]),
			);
		},
	})),
	{
		name: 'AI Agent, On Error = Continue (using error output): only older agents are told what failed, as README says',
		run: async (lab) => {
			for (const agentVersion of [OLDER_AGENT, NEWEST_AGENT]) {
				const end = (): Turn => ({ say: 'Well.' });
				await withScriptedModel([callFor('fault-http403'), end], async (model) => {
					const tool = { onError: 'continueErrorOutput' as const };
					await askAgent(lab, model, { agentVersion, tool });
					const [, answered] = model.requests;
					if (agentVersion === NEWEST_AGENT) assert.equal(toolResult(answered), '');
					else assert.equal(lastReport(answered).outcome, 'failed');
				});
			}
		},
	},
	...[OLDER_AGENT, NEWEST_AGENT].map((agentVersion): Case => ({
		name: `AI Agent ${agentVersion}: a model cannot put another user in place of the one who chats`,
		run: async (lab) => {
			const parameters = { userId: "={{ $('Webhook').item.json.body.userId }}" };
			const call = () => ({ callTool: { userId: 'eve', body: { userId: 'eve' } } });
			await withScriptedModel([call, passOn], async (model) => {
				const message = { userId: 'mia' };
				await askAgent(lab, model, { agentVersion, tool: { parameters }, message });
			});
			assert.deepEqual(usersOf(lab), ['mia']);
		},
	})),
	...[false, true].flatMap((nested) =>
		[1, 2].map((chats): Case => ({
			name: `AI Agent${nested ? ' Tool, an agent that is a tool of another one' : ''}, ${chats} chats at once: nobody's user is taken for another's`,
			run: async (lab) => {
				const told = await handOverIn(lab, CHATS.slice(-chats), { nested });
				const expected = chats === 1 ? ['contacted', ['bob']] : ['configurationError', []];
				assert.deepEqual([told.outcome, usersOf(lab)], expected);
			},
		})),
	),
];

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

/**
 * Sends the chats to the agent at once; n8n pairs a call of the tool with the first of them, whoever asked.
 * @returns what the tool told the model
 */
async function handOverIn(
	lab: Lab,
	chats: object[],
	{ nested }: Pick<AgentSetup, 'nested'>,
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
