import { NodeOperationError, type INode } from 'n8n-workflow';

import type { ContactResult } from '../contact/results';

/** The one error that ends the node under On Error = Stop Workflow: what happened to which item, and to the others. */
export function stopError(
	node: INode,
	results: ContactResult[],
	itemIndex: number,
): NodeOperationError {
	const culprit = results[itemIndex];
	const notTried = results.filter((result) => result.notTried).length;
	const contacted = results.filter(({ outcome }) => outcome === 'contacted').length;
	const unconfirmed = results.filter(({ outcome }) => outcome === 'unconfirmed').length;
	const counts = [
		`${contacted} of ${results.length} users ${contacted === 1 ? 'was' : 'were'} contacted`,
		`${results.length - contacted - unconfirmed - notTried} not contacted`,
		...(unconfirmed > 0 ? [`${unconfirmed} unconfirmed`] : []),
		`${notTried} not tried`,
	];
	return new NodeOperationError(node, `${culprit.message} [item ${itemIndex}]`, {
		itemIndex,
		description: `${culprit.advice} ${counts.join(', ')}. A retry of this execution contacts nobody twice; after several retries, retry the newest one.`,
	});
}
