import type { IExecuteFunctions } from 'n8n-workflow';

import { severalChats } from '../../../../nodes/shared/n8n/parameters';

/** A tool whose user is named by the node Chat, which gave `items` to the agent; with a real agent: the engine tests. */
const tool = ({ source = 'Agent', items = (): unknown => [{}] } = {}) =>
	({
		getNode: () => ({ parameters: { userId: "={{ $('Chat').item.json.userId }}" } }),
		getInputData: () => [{ json: {}, pairedItem: { sourceOverwrite: { previousNode: 'Chat' } } }],
		getInputSourceData: () => ({ previousNode: source }),
		getWorkflowDataProxy: () => ({ $items: items }),
	}) as unknown as IExecuteFunctions;

const isRefused = (context: IExecuteFunctions) =>
	severalChats(context, ['userId'], 'user') !== undefined;

test('one chat that came in once is told from another one', () => {
	expect(isRefused(tool())).toBe(false);
});

test.each([
	['several chats came in', tool({ items: () => [{}, {}] })],
	['the agent runs in a loop, where n8n names its own source', tool({ source: 'Chat' })],
	[
		'n8n cannot tell what came in',
		tool({
			items: () => {
				throw new Error('no such run');
			},
		}),
	],
	['n8n tells nothing of it', tool({ items: () => undefined })],
])('where %s, the chat is not known', (_what, context) => {
	expect(isRefused(context)).toBe(true);
});
