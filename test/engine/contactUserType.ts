import { NodeConnectionTypes, type INodeType } from 'n8n-workflow';

import { ContactUser } from '../../nodes/ContactUser/ContactUser.node';

/**
 * The node under test.
 * @param thrown collects what leaves `execute` as a throw: n8n stores a copy of an error, so only here can a
 * test see what the error object itself carries
 */
export function createContactUserType({
	asTool,
	thrown,
}: {
	asTool: boolean;
	thrown: unknown[];
}): INodeType {
	const contactUser = new ContactUser();
	return watched(asTool ? convertToTool(contactUser) : contactUser, thrown);
}

/** The same type, which notes what leaves it as a throw. */
export function watched(nodeType: INodeType, thrown: unknown[]): INodeType {
	const { execute } = nodeType;
	nodeType.execute = async function (...args) {
		try {
			return (await execute?.apply(this, args)) ?? null;
		} catch (error) {
			thrown.push(error);
			throw error;
		}
	};
	return nodeType;
}

/** What `convertNodeToAiTool` in n8n's cli package makes of a node that is `usableAsTool`. */
export function convertToTool<T extends INodeType>(nodeType: T): T {
	const { description } = nodeType;
	description.name += 'Tool';
	description.displayName += ' Tool';
	description.inputs = [];
	description.outputs = [NodeConnectionTypes.AiTool];
	delete description.usableAsTool;
	return nodeType;
}
