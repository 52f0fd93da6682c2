import { WorkflowExecute } from 'n8n-core';
import { WorkflowDataProxy, type IExecuteData, type INodeExecutionData } from 'n8n-workflow';

/**
 * What n8n 3.0 does in another way, done by an engine of n8n 2, as its list of breaking changes says it
 * (https://docs.n8n.io, "v3.0 breaking changes"):
 *  - nodes and expressions get no `$getPairedItem`; the engine itself still looks items up
 *  - Always Output Data adds an item only when all outputs are empty
 */

type Outputs = INodeExecutionData[][] | null | undefined;

/** The engine's own steps that are changed; its types do not show them. */
interface EngineSteps {
	handleNodeErrorOutput: (...args: unknown[]) => void;
	ensureAlwaysOutputData: (outputs: Outputs, executionData: IExecuteData) => Outputs;
}

const steps = WorkflowExecute.prototype as unknown as EngineSteps;
let isEngineAsking = false;

const { handleNodeErrorOutput, ensureAlwaysOutputData } = steps;
steps.handleNodeErrorOutput = function (...args) {
	isEngineAsking = true;
	try {
		handleNodeErrorOutput.apply(this, args);
	} finally {
		isEngineAsking = false;
	}
};
steps.ensureAlwaysOutputData = function (outputs, executionData) {
	const isEmpty = !outputs?.some((items) => items.length > 0);
	return isEmpty ? ensureAlwaysOutputData.call(this, outputs, executionData) : outputs;
};

const { getDataProxy } = WorkflowDataProxy.prototype;
WorkflowDataProxy.prototype.getDataProxy = function (...args) {
	const proxy = getDataProxy.apply(this, args);
	if (isEngineAsking) return proxy;
	return new Proxy(proxy, {
		has: (target, name) => name !== '$getPairedItem' && Reflect.has(target, name),
		get: (target, name) =>
			name === '$getPairedItem' ? undefined : (Reflect.get(target, name) as unknown),
	});
};
