import { readFileSync } from 'node:fs';
import path from 'node:path';
import { importsIn, importsOf, type Imports } from './imports';
import { importCycles, roomFaults } from './rooms';

const root = path.resolve(__dirname, '..', '..');
const published = importsIn(root, ['credentials', 'nodes']);

test('every published file imports from its own room and from lower ones only', () => {
	expect(Object.keys(published).length).toBeGreaterThan(20);
	expect(roomFaults(published)).toEqual([]);
});

test('no published files import each other', () => {
	expect(importCycles(published)).toEqual([]);
});

test('no two published files export the same name: one word, one meaning', () => {
	const EXPORTED = /^export (?:async )?(?:const|class|function|interface|type) (\w+)/gm;
	const names = Object.keys(published).flatMap((file) =>
		[...readFileSync(path.join(root, file), 'utf8').matchAll(EXPORTED)].map(([, name]) => name),
	);
	expect(names.length).toBeGreaterThan(300);
	expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
});

test.each([
	['nodes/shared/sending/new.ts', "import { callDesk } from '../desk/callDesk';"],
	['nodes/shared/sending/new.ts', "import type { IExecuteFunctions } from 'n8n-workflow';"],
	['nodes/shared/sending/new.ts', "import * as n8n from 'n8n-workflow';"],
	['nodes/shared/sending/new.ts', "import { createHash } from 'node:crypto';"],
	['nodes/shared/sending/new.ts', "import { a } from '../../../credentials/deskAccount';"],
	['nodes/shared/desk/new.ts', "import { a } from '../sending/scheduler';"],
	['nodes/shared/desk/new.ts', "import type { Report } from '../../ContactUser/report';"],
	['nodes/shared/desk/new.ts', "import { a } from '../delivery/deliver';"],
	['nodes/shared/delivery/new.ts', "import { a } from '../n8n/parameters';"],
	['nodes/shared/n8n/new.ts', "import { a } from '../../TencentDesk/operations';"],
	['nodes/TencentDesk/new.ts', "import { a } from '../ContactUser/report';"],
	['nodes/TencentDesk/fields/new.ts', "import { a } from '../operations/operations';"],
	['nodes/TencentDesk/operations/new.ts', "import { a } from '../work';"],
	['nodes/ContactUser/ContactUser.node.ts', "import { a } from '../TencentDesk/operations';"],
	['credentials/new.ts', "import { a } from '../nodes/shared/desk/codes';"],
	['nodes/shared/misc/new.ts', ''],
	['nodes/shared/new.ts', ''],
	['nodes/ContactUser/misc/new.ts', ''],
])('%s is told when it says: %s', (file, code) => {
	expect(roomFaults({ [file]: importsOf(file, code) })).toEqual([expect.stringContaining(file)]);
});

test.each([
	['nodes/shared/sending/new.ts', "import { sleep } from 'n8n-workflow';"],
	['nodes/shared/sending/new.ts', "import { a } from './scheduler';"],
	['nodes/shared/desk/new.ts', "import { a } from '../../../credentials/deskAccount';"],
	['nodes/shared/n8n/new.ts', "import { a } from '../delivery/run';"],
	['nodes/ContactUser/new.ts', "import { a } from '../shared/delivery/deliver';"],
	['nodes/TencentDesk/operations/new.ts', "import { a } from '../fields/field';"],
])('%s may say: %s', (file, code) => {
	expect(roomFaults({ [file]: importsOf(file, code) })).toEqual([]);
});

test('files that import each other are told, also where it is only for a type', () => {
	expect(importCycles({ ...circle("import type { A } from './a';"), 'd.ts': [] })).toEqual([
		'a.ts -> b.ts -> c.ts -> a.ts',
	]);
	expect(importCycles(circle(''))).toEqual([]);
});

/** a imports b, b imports c, and c says what is given. */
function circle(code: string): Imports {
	return {
		'a.ts': importsOf('a.ts', "import { b } from './b'; import { c } from './c';"),
		'b.ts': importsOf('b.ts', "import { c } from './c';"),
		'c.ts': importsOf('c.ts', code),
	};
}

test.each([
	["import x, { a as b, c } from '../desk/reply';", ['default', 'a', 'c']],
	["import '../desk/reply';", ['*']],
	["import type { a } from '../desk/reply';", ['a']],
	["export { a } from '../desk/reply';", ['*']],
	["export * from '../desk/reply';", ['*']],
	["type A = import('../desk/reply').A;", ['*']],
	["const f = async () => await import('../desk/reply');", ['*']],
	["const a = require('../desk/reply');", ['*']],
])('%s is an import', (code, names) => {
	expect(importsOf('nodes/shared/n8n/x.ts', code)).toEqual([
		{ from: 'nodes/shared/desk/reply.ts', names },
	]);
});
