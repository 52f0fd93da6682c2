import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Workflow } from './workflow';

const FOLDER = join(__dirname, '..', '..', 'examples');

/** The example workflows, by the names of their files. */
export const EXAMPLE_FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

/** @returns the file as it stands */
export function exampleText(file: string): string {
	return readFileSync(join(FOLDER, file), 'utf8');
}

/** The workflow of an example, as a builder imports it. */
export function readExample(file: string): Workflow {
	return JSON.parse(exampleText(file)) as Workflow;
}
