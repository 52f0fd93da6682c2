import type { INodeTypeDescription } from 'n8n-workflow';

import { OUTPUT_NAMES } from './outputs';

/** What n8n's workflow builder reads, which would otherwise wire the first output only and lose the rest. */
export const BUILDER_HINT: INodeTypeDescription['builderHint'] = {
	searchHint: `Contacts one user for each item, and every item leaves by one of ${OUTPUT_NAMES.length} main outputs, in this order: ${OUTPUT_NAMES.join(', ')}. Always connect all of them, since only the first one holds users who were contacted. Where nothing follows the node, in a sub-workflow or behind a webhook that answers with the last node, turn on the option Single Output instead. Take User ID from a field of the item; leave Agent Group and Agent empty unless asked for.`,
	relatedNodes: [
		{
			nodeType: 'n8n-nodes-base.wait',
			relationHint: `Behind ${OUTPUT_NAMES[1]}, to come back to this node later`,
		},
		{
			nodeType: 'n8n-nodes-base.merge',
			relationHint:
				'Behind all outputs, where the workflow goes on in the same way for every outcome',
		},
	],
};
