// The command line: one scenario in, its ledger or its trace out.

import { EventLimitError, formatTrace, TRACE_LEGEND } from '../engine/index';
import { SCENARIOS } from '../scenarios/registry';
import { runScenario } from '../scenarios/runScenario';
import { parseArguments, type SimulateArguments, USAGE } from './arguments';
import { listReport, runReport } from './report';
import { summary } from './summary';

const WRONG_WORDS = 2;

function main(words: readonly string[]): number {
  if (words.length === 0 || words[0] === '--help') {
    print(USAGE);
    return words.length === 0 ? WRONG_WORDS : 0;
  }
  if (words[0] === 'list') return list(words.slice(1));
  const parsed = parseArguments(words);
  if ('problem' in parsed) return refuse(parsed.problem);
  try {
    simulateAndPrint(parsed.value);
    return 0;
  } catch (error) {
    if (error instanceof EventLimitError) return refuse(error.message);
    throw error;
  }
}

function list(flags: readonly string[]): number {
  const unknown = flags.find((flag) => flag !== '--json');
  if (unknown) return refuse(`list knows no "${unknown}"; it takes --json.`);
  if (flags.includes('--json')) print(JSON.stringify(listReport(), null, 2));
  else print(SCENARIOS.map(({ id, title, question }) => `${id}\t${title}: ${question}`).join('\n'));
  return 0;
}

function simulateAndPrint({ spec, at, output }: SimulateArguments): void {
  const run = runScenario(spec);
  if (output === 'trace')
    process.stdout.write(`# ${TRACE_LEGEND}\n${formatTrace(run.index.trace)}`);
  else if (output === 'json') print(JSON.stringify(runReport(run, at), null, 2));
  else print(summary(run, at));
}

function refuse(problem: string): number {
  process.stderr.write(`simulate: ${problem}\n`);
  return WRONG_WORDS;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

process.exitCode = main(process.argv.slice(2));
