/**
 * What one jest run (its --json report and exit code) adds to the totals. A suite that could not
 * even be loaded, a run without a report and a run without tests count as one failure each:
 * jest's own count of failed tests is 0 there.
 *
 * @returns {{ passed: number, failed: number, skipped: number, note: string, files: string[] }} files: with failures
 */
export function totalsOfJest(report, exitCode) {
	if (!report) {
		return { passed: 0, failed: 1, skipped: 0, note: 'jest ended without a report', files: [] };
	}
	const files = report.testResults
		.filter(({ status }) => status === 'failed')
		.map(({ name }) => name);
	const passed = report.numPassedTests;
	const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
	const skipped = report.numPendingTests + report.numTodoTests;
	if (failed === 0 && exitCode !== 0) {
		return { passed, failed: 1, skipped, note: `jest ended with exit code ${exitCode}`, files };
	}
	if (failed === 0 && passed === 0) {
		return { passed, failed: 1, skipped, note: 'no test ran', files };
	}
	return { passed, failed, skipped, note: '', files };
}

/** The closing line: "12 passed, 0 failed", and ", 1 skipped" where there is any. */
export function closingLine(results) {
	const sum = (key) => results.reduce((total, result) => total + result[key], 0);
	const line = `${sum('passed')} passed, ${sum('failed')} failed`;
	return sum('skipped') > 0 ? `${line}, ${sum('skipped')} skipped` : line;
}
