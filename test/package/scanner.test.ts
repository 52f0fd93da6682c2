import { publish, repoRoot, runScript, say, type Published } from './published';

interface Scan {
	passed: boolean;
	report: string;
	/** "error|warning file:line rule: message" */
	findings: string[];
	files: number;
}

let published: Published;
beforeAll(() => {
	published = publish();
});
afterAll(() => published?.remove());

// Warnings do not fail n8n's scan. One that is read and accepted goes here, with the reason.
const ACCEPTED: string[] = [];

test.each([
	['the source, as n8n reads it from the repository', 'source', () => repoRoot],
	['the published files', 'tarball', () => published.folder],
])("n8n's own scanner has nothing to say about %s", (_what, target, folder) => {
	const scan = runScript<Scan>('scan.mjs', [target, folder()]);
	for (const finding of scan.findings) say(finding);
	expect(scan.report.trim()).toBe('');
	expect(scan.passed).toBe(true);
	expect(scan.files).toBeGreaterThan(3);
	expect(scan.findings).toEqual(ACCEPTED);
});
