// Reads the command line of `simulate`; a word that it does not understand ends in one clear line.

import * as v from 'valibot';
import { parseDuration } from '../engine/index';
import type { Scenario } from '../scenarios/defineScenario';
import { DEFAULT_SEED } from '../scenarios/firstScenarios';
import { findScenario, SCENARIOS } from '../scenarios/registry';
import type { Intervention, RunSpec } from '../scenarios/runScenario';
import {
  type InterventionText,
  type Parsed,
  parseSeed,
  parseSetting,
  readIntervention,
} from '../scenarios/runSpecText';

/** What to print. */
export type Output = 'json' | 'trace' | 'text';

export interface SimulateArguments {
  readonly spec: RunSpec;
  /** The instant to measure at, in microseconds; null: the horizon. */
  readonly at: number | null;
  readonly output: Output;
}

export const USAGE = `Usage:
  simulate list [--json]
  simulate <scenario> [--set name=value]… [--seed n] [--intervene JSON]… [--at 12s] [--json | --trace]`;

const Word = v.pipe(v.union([v.string(), v.number(), v.boolean()]), v.transform(String));
const InterventionSchema = v.strictObject({
  at: Word,
  kind: v.string(),
  target: v.string(),
  value: v.optional(Word),
});

interface Draft {
  readonly parameters: Record<string, string | number>;
  readonly interventions: Intervention[];
  seed: number;
  at: number | null;
  output: Output;
}

const FLAGS = ['--set', '--seed', '--intervene', '--at', '--json', '--trace'];

/** Reads everything after `simulate`. */
export function parseArguments(words: readonly string[]): Parsed<SimulateArguments> {
  const [scenarioId = '', ...flags] = words;
  const scenario = findScenario(scenarioId);
  if (!scenario) {
    const ids = SCENARIOS.map(({ id }) => id).join(', ');
    return { problem: `There is no scenario "${scenarioId}"; there are ${ids}.` };
  }
  const draft: Draft = {
    parameters: {},
    interventions: [],
    seed: DEFAULT_SEED,
    at: null,
    output: 'text',
  };
  for (let at = 0; at < flags.length; at += 1) {
    const flag = flags[at] ?? '';
    if (flag === '--json') draft.output = 'json';
    else if (flag === '--trace') draft.output = 'trace';
    else {
      const problem = readFlag(scenario, draft, { flag, text: flags[at + 1] });
      if (problem) return { problem };
      at += 1;
    }
  }
  const { parameters, seed, interventions, at, output } = draft;
  return { value: { spec: { scenarioId, parameters, seed, interventions }, at, output } };
}

/** @returns what is wrong, or null. */
function readFlag(
  scenario: Scenario,
  draft: Draft,
  { flag, text }: { readonly flag: string; readonly text: string | undefined },
): string | null {
  if (!FLAGS.includes(flag)) return `There is no flag "${flag}"; there are ${FLAGS.join(', ')}.`;
  if (text === undefined) return `${flag} needs a value after it.`;
  if (flag === '--seed') return take(parseSeed(text), (seed) => Object.assign(draft, { seed }));
  if (flag === '--at') return readAt(draft, text);
  if (flag === '--set') {
    const [name = '', ...value] = text.split('=');
    return take(parseSetting(scenario, name, value.join('=')), (set) => {
      draft.parameters[set.name] = set.value;
    });
  }
  return take(readJson(scenario, text), (act) => draft.interventions.push(act));
}

function readAt(draft: Draft, text: string): string | null {
  draft.at = parseDuration(text);
  return draft.at === null ? `--at cannot be "${text}"; write a time like 12s or 40ms.` : null;
}

function readJson(scenario: Scenario, text: string): Parsed<Intervention> {
  const form = 'write {"at":"12s","kind":"disconnect","target":"B"}';
  try {
    const parsed = v.safeParse(InterventionSchema, JSON.parse(text));
    if (parsed.success) return readIntervention(scenario, parsed.output as InterventionText);
    return { problem: `--intervene ${text} has the wrong fields; ${form}.` };
  } catch {
    return { problem: `--intervene ${text} is no JSON; ${form}.` };
  }
}

function take<T>(parsed: Parsed<T>, use: (value: T) => void): string | null {
  if ('problem' in parsed) return parsed.problem;
  use(parsed.value);
  return null;
}
