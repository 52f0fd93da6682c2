import { strict as assert } from 'node:assert';

import { AGENT_VERSIONS, askAgent, NEWEST_AGENT, OLDER_AGENT, replyOf } from './agentWorkflow';
import type { Case } from './lab';
import { lastReport, passOn, toolResult, withScriptedModel, type Turn } from './scriptedModel';

/** Whom the model asks for, what it must be told, and how many contacts were really made. */
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
/** What only a contact allows to say. */
const CLAIMS = /transferred|connected|now contacts|on (the|their) way/i;

const callFor = (userId: unknown) => (): Turn => ({ callTool: { User_ID: userId } });

export const aiAgent: Case[] = [
	...AGENT_VERSIONS.flatMap((agentVersion) =>
		OUTCOMES.map(([user, outcome, told, contacts]): Case => ({
			name: `AI Agent ${agentVersion}: ${outcome} reaches the user as the truth`,
			run: async (lab) => {
				// The n8n process remembers for a minute who is in doubt, so each case has a user of its own.
				const userId = outcome === 'unconfirmed' ? `${user}.${agentVersion}` : user;
				await withScriptedModel([callFor(userId), passOn], async (model) => {
					const execution = await askAgent(lab, model, { agentVersion });
					const report = lastReport(model.requests[1]);
					assert.deepEqual([report.userId, report.outcome], [userId, outcome]);
					assert.match(report.message, told);
					assert.equal(replyOf(execution), `Well. ${report.message}`);
					if (outcome !== 'contacted') assert.doesNotMatch(replyOf(execution), CLAIMS);
				});
				assert.equal(lab.simulator.ledger.length, contacts, 'the ledger of the simulator');
			},
		})),
	),
	{
		name: 'AI Agent: a wrong secret key is told as no contact, and the key to nobody',
		run: async (lab) => {
			lab.simulator.plan('mia', { answer: 70009 });
			await withScriptedModel([callFor('mia'), passOn], async (model) => {
				const execution = await askAgent(lab, model);
				assert.match(replyOf(execution), /The user was not contacted/);
				assert.doesNotMatch(replyOf(execution), /key|SDKAppID/i);
				assert.match(lastReport(model.requests[1]).advice, /not for the user: The secret key/);
				const told = JSON.stringify(model.requests);
				for (const secret of lab.secrets) assert.ok(!told.includes(secret));
			});
			assert.deepEqual(lab.simulator.ledger, []);
		},
	},
	{
		name: 'AI Agent: a model that calls twice for the same user makes one contact, and is told so',
		run: async (lab) => {
			const script = [callFor('mia'), callFor('mia'), passOn];
			await withScriptedModel(script, async (model) => {
				const execution = await askAgent(lab, model);
				assert.equal(lastReport(model.requests[1]).outcome, 'contacted');
				assert.match(replyOf(execution), /No new contact was made: the user is already in a conv/);
			});
			assert.equal(lab.simulator.ledger.length, 1);
		},
	},
	{
		name: 'AI Agent: an answer that is streamed tells the truth too',
		run: async (lab) => {
			await withScriptedModel([callFor('answer-141001'), passOn], async (model) => {
				const execution = await askAgent(lab, model, { responseMode: 'streaming' });
				assert.deepEqual(
					model.requests.map(({ stream }) => stream),
					[true, true],
				);
				assert.match(replyOf(execution), /No live agent is available/);
			});
		},
	},
	...onErrorCases(),
];

/** README: n8n hides the answers of a tool whose On Error is Continue (using error output) from newer agents. */
function onErrorCases(): Case[] {
	const MODES = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;
	return MODES.flatMap((onError) =>
		[OLDER_AGENT, NEWEST_AGENT].map((agentVersion): Case => {
			const isHidden = onError === 'continueErrorOutput' && agentVersion === NEWEST_AGENT;
			return {
				name: `AI Agent ${agentVersion}, On Error = ${onError}: the model is told ${isHidden ? 'nothing' : 'what failed'}`,
				run: async (lab) => {
					const end = (): Turn => ({ say: 'Well.' });
					await withScriptedModel([callFor('fault-http403'), end], async (model) => {
						await askAgent(lab, model, { agentVersion, tool: { onError } });
						if (isHidden) assert.equal(toolResult(model.requests[1]), '');
						else assert.equal(lastReport(model.requests[1]).outcome, 'failed');
					});
				},
			};
		}),
	);
}
