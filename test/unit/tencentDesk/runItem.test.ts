import type { IExecuteFunctions } from 'n8n-workflow';

import { runSeed, uint32Of } from '../../../nodes/TencentDesk/runItem';

/** One node in one execution; `store` is what n8n keeps of it for a retry. */
const context = ({ executionId = '7', store = {}, runIndex = 0, id = 'node-1' } = {}) =>
	({
		getNode: () => ({ id, name: 'Tencent Desk' }),
		getExecutionId: () => executionId,
		getContext: () => store,
		getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
	}) as unknown as IExecuteFunctions;

test('a retry, which has another execution ID, keeps the seed of the first try', () => {
	const store = {};
	const first = runSeed(context({ store }));

	expect(runSeed(context({ store, executionId: '8' }))).toBe(first);
	expect(runSeed(context({ store, executionId: '9' }))).toBe(first);
});

test('an execution that a worker begins anew has the seed of its ID', () => {
	expect(runSeed(context())).toBe(runSeed(context()));
});

test.each([
	['execution', { executionId: '8' }],
	['turn of a loop', { runIndex: 1 }],
	['node', { id: 'node-2' }],
])('another %s has another seed', (_what, different) => {
	expect(runSeed(context(different))).not.toBe(runSeed(context()));
});

test('an execution without an ID has a seed of its own', () => {
	expect(runSeed(context({ executionId: '' }))).not.toBe(runSeed(context({ executionId: '' })));
});

test('where n8n keeps nothing, the ID of the execution still tells', () => {
	const refuse = () => {
		throw new Error('no context');
	};
	const bare = { ...context(), getContext: refuse, getWorkflowDataProxy: refuse };

	expect(runSeed(bare)).toBe(runSeed(bare));
});

test('its number is a uint32, and spread over all of them', () => {
	const numbers = Array.from({ length: 1000 }, (_value, i) => uint32Of('seed', i));

	expect(numbers.every((n) => Number.isInteger(n) && n >= 0 && n < 2 ** 32)).toBe(true);
	expect(new Set(numbers).size).toBe(1000);
	expect(Math.max(...numbers)).toBeGreaterThan(2 ** 31);
	expect(Math.min(...numbers)).toBeLessThan(2 ** 28);
});
