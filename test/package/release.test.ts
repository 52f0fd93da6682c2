import { asOnTag, summaryOf, type Finding } from '../release/finding';
import { changelogFinding, versionFinding } from '../release/versions';

const TODAY = '2026-11-20';
const RC = '1.2.3-rc.1';
const DATED = `"## 1.2.3 - ${TODAY}"`;
const OTHER = 'but package.json has version 1.2.3';

const told = (text: string) => (text === '' ? [] : [expect.stringContaining(text)]);

/** The three texts of a package with version 1.2.3, and the changelog given. */
function texts(changelog = '', { version = '1.2.3', locked = '1.2.3', lockedRoot = '1.2.3' } = {}) {
	const packageLock = { version: locked, packages: { '': { version: lockedRoot } } };
	return {
		packageJson: JSON.stringify({ version }),
		packageLock: JSON.stringify(packageLock),
		changelog: `# Changelog\n\n${changelog}`,
	};
}

test.each<[what: string, given: ReturnType<typeof texts>, tag: string | undefined, mend: string]>([
	['the version without a tag', texts(), undefined, ''],
	['the version with its tag', texts(), '1.2.3', ''],
	['a tag of another version', texts(), '1.2.4', 'The tag is 1.2.4'],
	['a tag that begins with v', texts(), 'v1.2.3', 'The tag is v1.2.3'],
	['an older lock file', texts('', { locked: '1.2.2' }), '1.2.3', 'package-lock.json'],
	['a lock half renewed', texts('', { lockedRoot: '1.2.2' }), '1.2.3', 'package-lock.json'],
	[
		'a version that npm would not make the latest',
		texts('', { version: RC, locked: RC, lockedRoot: RC }),
		RC,
		RC,
	],
])('of %s is to be mended what is wrong', (_what, given, tag, mend) => {
	expect(versionFinding(given, tag)).toMatchObject({ mend: told(mend), toDo: [] });
});

test.each([
	['## 1.2.3 - 2026-11-20\n\n- New.\n\n## 1.2.2 - 2026-10-01\n\n- Old.\n', '', ''],
	['## 1.2.3 - 2026-11-20\n\nFirst version.\n', '', ''],
	['## Unreleased\n\n- New.\n\n## 1.2.2 - 2026-10-01\n\n- Old.\n', '', DATED],
	['## 1.2.3\n\n- New.\n', '', DATED],
	['## Unreleased\n\n- New.\n\n## 1.2.3 - 2026-10-01\n\n- Old.\n', '', 'set the next version'],
	['## 1.2.2 - 2026-10-01\n\n- Old.\n', `"1.2.2 - 2026-10-01", ${OTHER}`, ''],
	['## 1.2.30 - 2026-10-01\n\n- Old.\n', OTHER, ''],
	['## 1.2.3-rc.1 - 2026-10-01\n\n- Old.\n', OTHER, ''],
	['## 1.2.3 - 2026-11-20\n\n## 1.2.2 - 2026-10-01\n\n- Old.\n', 'tells nothing', ''],
	['## Unreleased\n\n## 1.2.2 - 2026-10-01\n\n- Old.\n', 'tells nothing', ''],
	['', 'tells nothing', ''],
])('of the changelog %j is to be mended: %j; on the day of the release: %j', (...row) => {
	const [changelog, mend, toDo] = row;
	expect(changelogFinding(texts(changelog), TODAY)).toMatchObject({
		mend: told(mend),
		toDo: told(toDo),
	});
});

describe('the summary', () => {
	const fine: Finding = { part: 'Version', good: '1.2.3', mend: [], toDo: [] };
	const later: Finding = { part: 'Changelog', good: 'x', mend: [], toDo: ['Give it a date.'] };
	const bad: Finding = { part: 'Lint', good: 'x', mend: ['Mend it.', 'Mend that.'], toDo: [] };

	test('tells what is right, what to mend, and what to do before the tag', () => {
		expect(summaryOf('1.2.3', [fine, later, bad]).split('\n')).toEqual([
			'Rehearsal of release 1.2.3',
			'  ok     Version    1.2.3',
			'  to do  Changelog  1 thing, see below',
			'  MEND   Lint       2 things, see below',
			'',
			'2 things to mend:',
			'  1. Mend it.',
			'  2. Mend that.',
			'',
			'1 thing to do before the tag:',
			'  1. Give it a date.',
			'',
			'Not ready: 2 things to mend.',
		]);
	});

	test.each([
		[[fine], 'Ready: a pushed tag 1.2.3 publishes it.'],
		[[fine, later], 'The package is in order; 1 thing left to do before the tag 1.2.3.'],
		[[fine, asOnTag(later)], 'Not ready: 1 thing to mend.'],
	])('ends with what follows from it (%#)', (findings, last) => {
		expect(summaryOf('1.2.3', findings).split('\n').at(-1)).toBe(last);
	});

	test('on a tag, nothing may be left to do', () => {
		expect(asOnTag(later)).toEqual({ ...later, mend: ['Give it a date.'], toDo: [] });
		expect(asOnTag(fine)).toEqual(fine);
		expect(summaryOf('1.2.3', [asOnTag(later)])).toContain(
			'  MEND   Changelog  1 thing, see below',
		);
	});
});
