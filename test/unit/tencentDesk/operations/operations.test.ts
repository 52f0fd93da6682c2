import { existsSync } from 'node:fs';
import path from 'node:path';

import { OPERATIONS, RESOURCES } from '../../../../nodes/TencentDesk/operations/operations';

const all = OPERATIONS.map((operation) => ({
	name: `${operation.resource}.${operation.operation}`,
	operation,
}));

test('every operation has a place of its own, and every resource has one', () => {
	expect(new Set(all.map(({ name }) => name)).size).toBe(OPERATIONS.length);
	expect(new Set(OPERATIONS.map(({ resource }) => resource))).toEqual(
		new Set(RESOURCES.map(({ value }) => value)),
	);
});

describe.each(all)('$name', ({ operation }) => {
	test('stores its fields under the names that it reads them by', () => {
		for (const [name, { property }] of Object.entries(operation.fields)) {
			expect(property.name).toBe(name);
		}
	});

	test('shows a field only after the one that it hangs on', () => {
		const names = Object.keys(operation.fields);
		for (const [name, { shownWhen }] of Object.entries(operation.fields)) {
			if (shownWhen === undefined) continue;
			expect(names.slice(0, names.indexOf(name))).toContain(shownWhen.name);
		}
	});

	test('has a preview of its fields', () => {
		const { resource, operation: value } = operation;
		const file = `nodes/TencentDesk/__schema__/v1.0.0/${resource}/${value}.json`;
		expect(existsSync(path.resolve(__dirname, '../../../..', file))).toBe(true);
	});

	test('tells a model of doubt, where there can be one', () => {
		if (operation.work.kind !== 'change') return;
		expect(operation.toolDescription).toMatch(/unclear/);
	});
});
