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
	test('shows a field only after the one that it hangs on', () => {
		const names = Object.keys(operation.fields);
		for (const [name, { shownWhen }] of Object.entries(operation.fields)) {
			if (shownWhen === undefined) continue;
			expect(names.slice(0, names.indexOf(name))).toContain(shownWhen.name);
		}
	});

	test('tells a model of doubt, where there can be one', () => {
		if (operation.work.kind !== 'change') return;
		expect(operation.toolDescription).toMatch(/unclear/);
	});
});
