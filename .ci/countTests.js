// Prints "N passed, N failed" over the reports in the folder that is its argument.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2] ?? '.';

/** A runner that left no report ran nothing: that is a failure to say, not a zero to hide. */
function countsOf(name, read) {
  const path = join(folder, name);
  if (!existsSync(path)) {
    console.error(`${name}: no report, so its tests did not run`);
    return { passed: 0, failed: 1 };
  }
  return read(JSON.parse(readFileSync(path, 'utf8')));
}

const counts = [
  countsOf('vitest.json', (report) => ({
    passed: report.numPassedTests,
    // A test file that does not load fails without holding a failed test.
    failed: report.numFailedTests + (report.success || report.numFailedTests > 0 ? 0 : 1),
  })),
  countsOf('playwright.json', (report) => ({
    passed: report.stats.expected,
    failed: report.stats.unexpected + report.stats.flaky,
  })),
];
const passed = counts.reduce((total, count) => total + count.passed, 0);
const failed = counts.reduce((total, count) => total + count.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;
