import { readFileSync } from 'node:fs';
import path from 'node:path';

import { judge } from '../../nodes/ContactUser/contact/verdict';
import { CODES } from '../codes';

const README = readFileSync(path.join(__dirname, '..', '..', 'README.md'), 'utf8');

/** The rows of the first table below a heading of the README, cell by cell, without the head of the table. */
function tableBelow(heading: string): string[][] {
	const section = README.split(`\n## ${heading}\n`)[1].split('\n## ')[0];
	const [first] = section.slice(section.indexOf('|')).split('\n\n');
	const [, , ...rows] = first.trim().split('\n');
	return rows.map((row) =>
		row
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim()),
	);
}

const codesIn = (text: string): number[] => [...text.matchAll(/\b\d{5,6}\b/g)].map(Number);

const outcomeOf = (errorCode: number) =>
	judge({ kind: 'answer', errorCode, errorInfo: '', body: {} }).result.outcome;

test('Outputs names every code beside the outcome it leads to', () => {
	// `contacted` is no answer of a code, but of the session after one.
	const rows = tableBelow('Outputs').filter(([, outcome]) => outcome !== '`contacted`');
	const named = rows.flatMap(([, outcome, when]) =>
		codesIn(when).map((code) => [code, outcome.replaceAll('`', '')] as const),
	);
	expect(named.length).toBeGreaterThan(15);
	expect(named.filter(([code, outcome]) => outcomeOf(code) !== outcome)).toEqual([]);
});

describe('Troubleshooting by code', () => {
	const listed = tableBelow('Troubleshooting by code').flatMap(([codes]) => codesIn(codes));

	test('has each code once, and only codes that the node knows', () => {
		expect(listed.length).toBeGreaterThan(40);
		expect(listed.filter((code, index) => listed.indexOf(code) !== index)).toEqual([]);
		const known = CODES.map(([code]) => code);
		expect(listed.filter((code) => !known.includes(code))).toEqual([]);
	});

	test("has Desk's own codes, and every code that refuses a whole application or asks for a slower pace", () => {
		const isDesks = (code: number) => code >= 141000 && code < 141100;
		const needed = CODES.filter(
			([code, , { outcome, next, rateLimited }]) =>
				next === 'stopApp' ||
				rateLimited ||
				(isDesks(code) && (next !== 'report' || outcome !== 'failed')),
		).map(([code]) => code);
		expect(needed.length).toBeGreaterThan(50);
		expect(needed.filter((code) => !listed.includes(code))).toEqual([]);
	});
});
