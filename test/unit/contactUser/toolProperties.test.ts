import { NodeHelpers, type INodeTypeDescription } from 'n8n-workflow';

import { ContactUser } from '../../../nodes/ContactUser/ContactUser.node';

const ONLY_FOR_TOOLS = ['toolDescription', 'userIdNotice'];
const NOT_FOR_TOOLS = ['concurrency', 'includeInputFields', 'requestsPerSecond', 'singleOutput'];

/** Names of parameters and options that the editor shows; n8n gives the twin of a node that is a tool this name. */
function shownIn(name: string): string[] {
	const description: INodeTypeDescription = { ...new ContactUser().description, name };
	const node = { typeVersion: 1 };
	return description.properties
		.flatMap((property) => [
			property,
			...(property.name === 'options' ? (property.options as typeof description.properties) : []),
		])
		.filter((property) => NodeHelpers.displayParameter({}, property, node, description))
		.map((property) => property.name);
}

test('n8n may make a tool of the node', () => {
	expect(new ContactUser().description.usableAsTool).toBe(true);
});

test('the node asks for nothing that only a model reads', () => {
	const shown = shownIn('contactUser');
	expect(shown).toEqual(expect.arrayContaining(['userId', ...NOT_FOR_TOOLS]));
	expect(shown.filter((name) => ONLY_FOR_TOOLS.includes(name))).toEqual([]);
});

test('the tool asks for its description, and for no option that is of no use to it', () => {
	const shown = shownIn('contactUserTool');
	expect(shown).toEqual(expect.arrayContaining(['userId', 'maxRetries', ...ONLY_FOR_TOOLS]));
	expect(shown.filter((name) => NOT_FOR_TOOLS.includes(name))).toEqual([]);
});
