import { NodeConnectionTypes, type INode, type INodeType } from 'n8n-workflow';

import { ContactUser } from '../../nodes/ContactUser/ContactUser.node';
import { node } from './testWorkflow';

/** A node of ours in a test workflow. */
export interface TestedNode {
	name: string;
	type: string;
	/** As many as it may have, with n8n's Error output. */
	outputs: number;
	create(): INodeType;
}

export const CONTACT_USER: TestedNode = {
	name: 'Contact User',
	type: 'n8n-nodes-tencent-desk.contactUser',
	outputs: 5,
	create: () => new ContactUser(),
};

/** The node in a workflow; as a tool, where the settings give it the type of one. */
export function placed(
	{ name, type }: TestedNode,
	{ credential, ...settings }: Partial<INode> & { credential: object | null },
): INode {
	const credentials = { tencentDeskApi: { id: '1', name: 'Desk' } };
	return node(name, type, { ...(credential && { credentials }), ...settings });
}

/**
 * What n8n runs for a node that was placed.
 * @param thrown collects what leaves `execute` as a throw: n8n stores a copy of an error, so only here can a
 * test see what the error object itself carries
 */
export function typeOf(
	{ create }: TestedNode,
	{ type }: INode,
	thrown: unknown[] = [],
): Record<string, INodeType> {
	const nodeType = type.endsWith('Tool') ? convertToTool(create()) : create();
	const { execute } = nodeType;
	nodeType.execute = async function (...args) {
		try {
			return (await execute?.apply(this, args)) ?? null;
		} catch (error) {
			thrown.push(error);
			throw error;
		}
	};
	return { [type]: nodeType };
}

/** What `convertNodeToAiTool` in n8n's cli package makes of a node that is `usableAsTool`. */
function convertToTool(nodeType: INodeType): INodeType {
	const { description } = nodeType;
	description.name += 'Tool';
	description.displayName += ' Tool';
	description.inputs = [];
	description.outputs = [NodeConnectionTypes.AiTool];
	delete description.usableAsTool;
	return nodeType;
}
