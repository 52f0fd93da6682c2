import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import type { Failure } from '../run/done';

/**
 * The error that ends the node under On Error = Stop Workflow. Nothing of what was sent is in it. The editor adds
 * `itemIndex` to the message.
 */
export function stopError(node: INode, failure: Failure, itemIndex: number): Error {
	const { message } = failure;
	const said = failure.errorInfo === '' ? '' : ` Desk said: ${failure.errorInfo}`;
	const description = `${failure.advice}${said}`.trim();
	if (failure.errorCode === null) {
		return new NodeOperationError(node, message, { itemIndex, description });
	}
	const httpCode = String(failure.errorCode);
	return new NodeApiError(node, { message }, { message, description, httpCode, itemIndex });
}
