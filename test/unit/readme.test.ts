import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { OUTPUT_NAMES } from '../../nodes/ContactUser/description';
import { OPTION_LABELS, OPTION_RANGES } from '../../nodes/ContactUser/options';
import { OPERATIONS, RESOURCES } from '../../nodes/TencentDesk/operations/operations';
import { CODES } from '../codes';

const ROOT = path.join(__dirname, '..', '..');
const README = readFileSync(path.join(ROOT, 'README.md'), 'utf8');

/** The rows of the first table below a heading of the README. */
const tableBelow = (heading: string) =>
	firstTable(README.split(`\n## ${heading}\n`)[1].split('\n## ')[0]);

/** Its rows, cell by cell, without the head. */
function firstTable(text: string): string[][] {
	const [first] = text.slice(text.indexOf('|')).split('\n\n');
	const [, , ...rows] = first.trim().split('\n');
	return rows.map((row) =>
		row
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim()),
	);
}

const codesIn = (text: string): number[] => [...text.matchAll(/\b\d{5,6}\b/g)].map(Number);

const outcomes = new Map(CODES.map(([code, { outcome }]) => [code, outcome]));

test('Outputs names every code beside the outcome it leads to', () => {
	// `contacted` is no answer of a code, but of the session after one.
	const rows = tableBelow('Outputs').filter(([, outcome]) => outcome !== '`contacted`');
	const named = rows.flatMap(([, outcome, when]) =>
		codesIn(when).map((code) => [code, outcome.replaceAll('`', '')] as const),
	);
	expect(named.length).toBeGreaterThan(15);
	expect(named.filter(([code, outcome]) => outcomes.get(code) !== outcome)).toEqual([]);
});

describe('docs/codes.md', () => {
	const page = readFileSync(path.join(ROOT, 'docs', 'codes.md'), 'utf8');
	const listed = firstTable(page).flatMap(([codes]) => codesIn(codes));

	test('has each code once, and only codes that the node knows', () => {
		expect(listed.length).toBeGreaterThan(40);
		expect(listed.filter((code, index) => listed.indexOf(code) !== index)).toEqual([]);
		const known = CODES.map(([code]) => code);
		expect(listed.filter((code) => !known.includes(code))).toEqual([]);
	});

	test("has Desk's own codes, and every code that refuses a whole application or asks for a slower pace", () => {
		const isDesks = (code: number) => code >= 141000 && code < 141100;
		const needed = CODES.filter(
			([code, { class: of }]) =>
				['app', 'credential', 'rateLimit'].includes(of) || (isDesks(code) && of !== 'failed'),
		).map(([code]) => code);
		expect(needed.length).toBeGreaterThan(50);
		expect(needed.filter((code) => !listed.includes(code))).toEqual([]);
	});
});

test('Outputs names the outputs of the node, in their order', () => {
	const named = tableBelow('Outputs').map(([output]) => output.replace(' *', ''));
	expect([...new Set(named)]).toEqual([...OUTPUT_NAMES]);
});

describe('Parameters of Contact User', () => {
	const rows = new Map(
		tableBelow('Parameters of Contact User').map(([name, text]) => [
			name.replace('Options > ', ''),
			text,
		]),
	);

	test('has every option', () => {
		const labels = [...Object.values(OPTION_LABELS), 'Single Output'];
		expect(labels.filter((label) => !rows.has(label))).toEqual([]);
	});

	test.each([
		['concurrency', '1 to 200, default 200'],
		['requestsPerSecond', 'Default 190, at most 10000'],
		['maxRetries', '0 to 10 per user, default 3'],
		['timeout', '1000 to 300000, default 10000'],
	] as const)('tells the range of %s as it is', (name, words) => {
		expect(rows.get(OPTION_LABELS[name])).toContain(words);
		const { min, max, default: byDefault } = OPTION_RANGES[name];
		const numbers = [...words.matchAll(/\d+/g)].map(([number]) => Number(number));
		const expected = name === 'requestsPerSecond' ? [byDefault, max] : [min, max, byDefault];
		expect(numbers).toEqual(expected);
	});
});

test('the tables of Tencent Desk have every operation, and every command that it sends', () => {
	const rows = tableBelow('Tencent Desk: the steps around a contact').filter(([, operation]) =>
		operation.includes(':'),
	);
	const told = rows.map(([, operation]) => operation).sort();
	const nameOf = (resource: string) => RESOURCES.find(({ value }) => value === resource)?.name;
	const built = OPERATIONS.map(({ resource, name }) => `${nameOf(resource)}: ${name}`).sort();
	expect(told).toEqual(built);
	const section = README.split('\n## Tencent Desk: the steps around a contact\n')[1].split(
		'\n## ',
	)[0];
	const sources = [...section.matchAll(/`([a-z]+_[a-z_]+)`/g)].map(([, command]) => command);
	const file = readFileSync(path.join(ROOT, 'nodes/shared/desk/callDesk.ts'), 'utf8');
	const known = [...file.matchAll(/'([a-z]+_[a-z_]+)'/g)].map(([, command]) => command);
	expect(sources.sort()).toEqual(known.filter((command) => command !== 'contact_user').sort());
});

test('every link leads to a file or a heading that is there', () => {
	const links = [...README.matchAll(/(?:\]\(|srcset="|src=")([^)"\s]+)/g)].map(([, to]) => to);
	const slugs = [...README.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
		heading
			.toLowerCase()
			.replaceAll(/[^\w -]/g, '')
			.replaceAll(' ', '-'),
	);
	const own = links.filter((to) => !/^https?:/.test(to));
	expect(own.length).toBeGreaterThan(20);
	const broken = own.filter((to) =>
		to.startsWith('#') ? !slugs.includes(to.slice(1)) : !existsSync(path.join(ROOT, to)),
	);
	expect(broken).toEqual([]);
});

test('every table can be read: no cell is longer than 200 characters', () => {
	const cells = README.split('\n')
		.filter((line) => line.startsWith('|'))
		.flatMap((line) => line.split('|').map((cell) => cell.trim()));
	expect(cells.filter((cell) => cell.length > 200)).toEqual([]);
});

test('it is in English only', () => {
	expect(README).not.toMatch(/\p{Script=Han}/u);
});
