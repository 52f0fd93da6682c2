import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { publish, repoRoot, runScript, type Published } from './published';

let published: Published;
let folder: string;
let installed: { code: number; output: string; packages: string[] };
beforeAll(() => {
	published = publish();
	folder = mkdtempSync(path.join(tmpdir(), 'nodes-'));
	installed = runScript('install.mjs', [published.tarball, folder]);
});
afterAll(() => {
	published?.remove();
	if (folder) rmSync(folder, { recursive: true, force: true });
});

test('npm install of the tarball in an empty folder brings one package', () => {
	expect(installed).toMatchObject({ code: 0, packages: ['node_modules/n8n-nodes-tencent-desk'] });
});

// A copy of its own would be another NodeApiError than the one that n8n looks for.
test("the installed node works with n8n's own n8n-workflow", () => {
	const host = path.join(repoRoot, 'node_modules');
	const found = runScript<string[]>('whichWorkflow.cjs', [folder], { NODE_PATH: host });
	expect(found).toHaveLength(1);
	const inHost = path.relative(realpathSync(path.join(host, 'n8n-workflow')), found[0] ?? '');
	expect(inHost).not.toMatch(/^\.\./);
});
