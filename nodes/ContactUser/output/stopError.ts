import { NodeOperationError, type INode } from 'n8n-workflow';

import type { Ending } from './report';

/** The one error that ends the node under On Error = Stop Workflow: what happened to which item, and to the others. */
export function stopError(node: INode, endings: Ending[], itemIndex: number): NodeOperationError {
	const culprit = endings[itemIndex];
	const notTried = endings.filter((ending) => ending.notTried).length;
	const contacted = endings.filter(({ outcome }) => outcome === 'contacted').length;
	const unconfirmed = endings.filter(({ outcome }) => outcome === 'unconfirmed').length;
	const counts = [
		`${contacted} of ${endings.length} users ${contacted === 1 ? 'was' : 'were'} contacted`,
		`${endings.length - contacted - unconfirmed - notTried} not contacted`,
		...(unconfirmed > 0 ? [`${unconfirmed} unconfirmed`] : []),
		`${notTried} not tried`,
	];
	return new NodeOperationError(node, `${culprit.message} [item ${itemIndex}]`, {
		itemIndex,
		description: `${culprit.advice} ${counts.join(', ')}. A retry of this execution contacts nobody twice; after several retries, retry the newest one.`,
	});
}
