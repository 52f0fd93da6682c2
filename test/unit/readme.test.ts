import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { OUTPUT_NAMES } from '../../nodes/ContactUser/description';
import { RUN_OPTIONS } from '../../nodes/ContactUser/options';
import { OPERATIONS, RESOURCES } from '../../nodes/TencentDesk/operations/operations';
import { CODES } from '../codes';

const ROOT = path.join(__dirname, '..', '..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const README = read('README.md');
const PAGES = [
	...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'examples/README.md', 'simulator/README.md'],
	...readdirSync(path.join(ROOT, 'docs'))
		.filter((file) => file.endsWith('.md'))
		.map((file) => `docs/${file}`),
];

/** The rows of the first table below a heading of a page. */
const tableBelow = (heading: string, page = README) =>
	firstTable(page.split(`\n## ${heading}\n`)[1].split('\n## ')[0]);

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

test('README can be read in ten minutes, and has the two commands', () => {
	expect(README.split(/\s+/).length).toBeLessThanOrEqual(1800);
	expect(README.split('\n').length).toBeLessThanOrEqual(161);
	expect(README).toMatch(/^npm run demo .*\nnpm test /m);
});

test('no sentence of README is longer than 25 words', () => {
	const prose = README.replaceAll(/```[^]*?```|<picture>[^]*?<\/picture>|<!--.*?-->/g, '')
		.replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
		.split(/\n|[.:!?](?=[\s*)]|$)| \| | · /);
	const long = prose.filter(
		(sentence) => (sentence.match(/[\p{L}\p{N}][^\s]*/gu) ?? []).length > 25,
	);
	expect(prose.length).toBeGreaterThan(150);
	expect(long).toEqual([]);
});

test('no page tells to deactivate the node while building, or to pin data', () => {
	const advice = /deactivate the node|pin (the )?data|pinned data/i;
	expect(PAGES.filter((page) => advice.test(read(page)))).toEqual([]);
});

describe('docs/codes.md', () => {
	const page = read('docs/codes.md');
	const listed = firstTable(page).flatMap(([codes]) => codesIn(codes));

	test('has each code once, and only codes that the node knows', () => {
		expect(listed.length).toBeGreaterThan(40);
		expect(listed.filter((code, index) => listed.indexOf(code) !== index)).toEqual([]);
		const known = CODES.map(([code]) => code);
		expect(listed.filter((code) => !known.includes(code))).toEqual([]);
	});

	test('names the outcome that each code leads to', () => {
		const named = firstTable(page).flatMap(([codes, , outcome]) =>
			codesIn(codes).map((code) => [code, outcome] as const),
		);
		expect(named.filter(([code, outcome]) => outcomes.get(code) !== outcome)).toEqual([]);
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
		tableBelow('Parameters', read('docs/contact-user.md')).map(([name, text]) => [
			name.replace('Options > ', ''),
			text,
		]),
	);

	test('has every option', () => {
		const labels = RUN_OPTIONS.map(({ displayName }) => displayName);
		expect(labels.filter((label) => !rows.has(label))).toEqual([]);
	});

	test.each([
		['concurrency', '1 to 200, default 200'],
		['requestsPerSecond', 'Default 190, at most 10000'],
		['maxRetries', '0 to 10 per user, default 3'],
		['timeout', '1000 to 300000, default 10000'],
	] as const)('tells the range of %s as it is', (name, words) => {
		const {
			displayName,
			typeOptions,
			default: byDefault,
		} = RUN_OPTIONS.find((option) => option.name === name) as (typeof RUN_OPTIONS)[number];
		expect(rows.get(displayName)).toContain(words);
		const { minValue: min, maxValue: max } = typeOptions ?? {};
		const numbers = [...words.matchAll(/\d+/g)].map(([number]) => Number(number));
		const expected = name === 'requestsPerSecond' ? [byDefault, max] : [min, max, byDefault];
		expect(numbers).toEqual(expected);
	});
});

test('README has every operation of Tencent Desk, and docs/documented.md every command', () => {
	const told = tableBelow('Operations of Tencent Desk').map(([, operation]) => operation);
	const nameOf = (resource: string) => RESOURCES.find(({ value }) => value === resource)?.name;
	const built = OPERATIONS.map(({ resource, name }) => `${nameOf(resource)}: ${name}`);
	expect(told.sort()).toEqual(built.sort());
	const page = read('docs/documented.md');
	const sources = [...page.matchAll(/`([a-z]+_[a-z_]+)`/g)].map(([, command]) => command);
	const known = [...read('nodes/shared/desk/callDesk.ts').matchAll(/'([a-z]+_[a-z_]+)'/g)];
	expect([...new Set(sources)].sort()).toEqual(known.map(([, command]) => command).sort());
});

test.each(PAGES)('every link of %s leads to a file and a heading that are there', (page) => {
	const links = [...read(page).matchAll(/(?:\]\(|srcset="|src=")([^)"\s]+)/g)].map(([, to]) => to);
	const broken = links.filter((to) => {
		if (/^https?:/.test(to)) return false;
		const [file, heading] = to.split('#');
		const target = file === '' ? page : path.join(path.dirname(page), file);
		if (!existsSync(path.join(ROOT, target))) return true;
		return heading !== undefined && !slugsOf(read(target)).includes(heading);
	});
	expect(broken).toEqual([]);
});

test('every page of docs is linked from README', () => {
	const pages = PAGES.filter((page) => page.startsWith('docs/'));
	// The bench writes the last one, and links it.
	const expected = pages.filter((page) => page !== 'docs/cost-per-item.md');
	expect(expected.filter((page) => !README.includes(`](${page}`))).toEqual([]);
});

/** The names by which GitHub links the headings of a page. */
function slugsOf(text: string): string[] {
	return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
		heading
			.toLowerCase()
			.replaceAll(/[^\w -]/g, '')
			.replaceAll(' ', '-'),
	);
}

test('every table can be read: no cell is longer than 200 characters', () => {
	const forBuilders = PAGES.filter((page) => /^(README|docs|examples)/.test(page));
	const cells = forBuilders
		.flatMap((page) => read(page).split('\n'))
		.filter((line) => line.startsWith('|'))
		.flatMap((line) => line.split('|').map((cell) => cell.trim()));
	expect(cells.filter((cell) => cell.length > 200)).toEqual([]);
});

test('it is in English only', () => {
	expect(README).not.toMatch(/\p{Script=Han}/u);
});
