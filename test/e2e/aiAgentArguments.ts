import { strict as assert } from 'node:assert';

import { TOOL_DESCRIPTION } from '../../nodes/ContactUser/description';
import { fromAI } from '../n8n/deskNodes';
import { askAgent, NEWEST_AGENT, OLDER_AGENT, replyOf } from './agentWorkflow';
import type { Case } from './lab';
import { lastReport, passOn, withScriptedModel } from './scriptedModel';

/** What a model knows of the tool, and what it may decide. */
export const aiAgentArguments: Case[] = [
	...[OLDER_AGENT, NEWEST_AGENT].map((agentVersion): Case => ({
		name: `AI Agent ${agentVersion}: the model reads our description, and what the builder lets it fill in`,
		run: async (lab) => {
			const parameters = {
				agentGroup: { __rl: true, mode: 'list', value: fromAI('Agent_Group') },
				agent: { __rl: true, mode: 'id', value: fromAI('Agent') },
			};
			const call = () => ({ callTool: { User_ID: ' mia ', Agent_Group: '1001', Agent: '' } });
			await withScriptedModel([call, passOn], async (model) => {
				await askAgent(lab, model, { agentVersion, tool: { parameters } });
				const [tool] = (model.requests[0].tools ?? []).map((each) => each.function);
				assert.equal(tool.name, 'Contact_User');
				assert.equal(tool.description, TOOL_DESCRIPTION);
				const fields = Object.keys(tool.parameters.properties);
				assert.deepEqual(fields.sort(), ['Agent', 'Agent_Group', 'User_ID']);
			});
			const [{ userId, agentGroup }] = lab.simulator.ledger;
			assert.deepEqual([userId, agentGroup], ['mia', 1001]);
		},
	})),
	...[OLDER_AGENT, NEWEST_AGENT].map((agentVersion): Case => ({
		name: `AI Agent ${agentVersion}: a model cannot put another user in place of the one who chats`,
		run: async (lab) => {
			const parameters = { userId: "={{ $('Webhook').item.json.body.userId }}" };
			const call = () => ({ callTool: { userId: 'eve', body: { userId: 'eve' } } });
			await withScriptedModel([call, passOn], async (model) => {
				const message = { userId: 'mia' };
				const execution = await askAgent(lab, model, {
					agentVersion,
					tool: { parameters },
					message,
				});
				assert.match(replyOf(execution), /A live agent now contacts the user/);
			});
			assert.deepEqual(
				lab.simulator.ledger.map(({ userId }) => userId),
				['mia'],
			);
		},
	})),
	{
		name: 'AI Agent: a word that names no agent contacts nobody, and the model is told how to mend it',
		run: async (lab) => {
			const parameters = { agent: { __rl: true, mode: 'id', value: fromAI('Agent') } };
			const call = () => ({ callTool: { User_ID: 'mia', Agent: 'none' } });
			await withScriptedModel([call, passOn], async (model) => {
				await askAgent(lab, model, { tool: { parameters } });
				assert.match(lastReport(model.requests[1]).advice, /Agent is "none".*or leave it empty/);
			});
			assert.deepEqual(lab.simulator.ledger, []);
		},
	},
];
