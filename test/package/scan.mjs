// node scan.mjs source|tarball <folder>: n8n's official scanner on one of its two targets. Prints JSON.
import { createRequire } from 'node:module';
import path from 'node:path';
import {
	analyzePackage,
	buildScanConfig,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const [target, folder] = process.argv.slice(2);
const patterns = target === 'source' ? SOURCE_FILE_PATTERNS : ['**/*.js', 'package.json'];
const { passed, message = '', details = '' } = await analyzePackage(folder, patterns);

// A scan that passes says nothing of its warnings, so they are read with the scanner's own settings.
const scannerEntry = new URL(
	import.meta.resolve('@n8n/scan-community-package/scanner/scanner.mjs'),
);
const { ESLint } = createRequire(scannerEntry)('eslint');
const eslint = new ESLint({
	cwd: folder,
	allowInlineConfig: false,
	overrideConfigFile: true,
	overrideConfig: await buildScanConfig(),
});
const results = await eslint.lintFiles(patterns);
const findings = results.flatMap(({ filePath, messages }) =>
	messages.map((found) => {
		const level = found.severity === 2 ? 'error' : 'warning';
		const file = path.relative(folder, filePath).replaceAll('\\', '/');
		return `${level} ${file}:${found.line} ${found.ruleId}: ${found.message}`;
	}),
);

console.log(
	JSON.stringify({ passed, report: `${message}\n${details}`, findings, files: results.length }),
);
