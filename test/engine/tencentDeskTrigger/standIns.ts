/** What n8n's server hands to the classes that activate and poll. */

export const quiet = { scoped: () => quiet, debug() {}, info() {}, warn() {}, error() {} };

export const reporter = { error() {} };

const inSpan = async <T>(_options: unknown, work: (span: object) => Promise<T>) =>
	await work({ setStatus() {} });

export const tracing = {
	startSpan: inSpan,
	startNewTraceSpan: inSpan,
	pickWorkflowAttributes: () => ({}),
	pickNodeAttributes: () => ({}),
};

export const noOtherTrigger = (): never => {
	throw new Error('there is no other trigger');
};
