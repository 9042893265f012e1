// The address names the run and the moment; read with one sentence for each fault.

import { formatDuration, parseDuration } from '../../engine/index';
import type { Speed } from '../../player/playhead';
import { SPEEDS } from '../../player/playhead';
import type { ParameterValue, Scenario } from '../../scenarios/defineScenario';
import { DEFAULT_SCENARIO, DEFAULT_SEED } from '../../scenarios/firstScenarios';
import type { Intervention, RunSpec } from '../../scenarios/run';
import {
  formatIntervention,
  formatParameter,
  parseIntervention,
  parseParameter,
} from '../../scenarios/runSpecText';
import { SCENE_TITLES } from '../scenes';
import type { Address, Page } from './address';
import { PAGES } from './address';

const ADDRESS_VERSION = 1;

const LARGEST_SEED = 4_294_967_295;

/** Names that others hang on links, and those that the page reads elsewhere. */
const FOREIGN_NAMES = /^(utm_\w+|fbclid|gclid|ref|embed)$/;
const KNOWN_NAMES = ['v', 'scenario', 'seed', 't', 'speed', 'page', 'do', 'h', 's'];

const listed = (names: readonly string[]): string => names.join(', ');

/** The scene that a query names, which may have to be fetched before the rest can be read. */
export const sceneOf = (query: string): string =>
  new URLSearchParams(query).get('scenario') ?? DEFAULT_SCENARIO.id;

export type FindScenario = (id: string) => Scenario | undefined;

/**
 * Reads the query of an address, with or without its question mark. Never throws.
 * @param find knows the scene that the query names, if there is one of that name.
 */
export function parseAddress(query: string, find: FindScenario): Address {
  const fields = new URLSearchParams(query);
  const problems: string[] = [];
  const say = (sentence: string): void => {
    problems.push(sentence);
  };
  sayUnknownNames(fields, say);
  readVersion(fields.get('v'), say);
  const scenario = readScenario(sceneOf(query), find, say);
  const spec: RunSpec = {
    scenarioId: scenario.id,
    parameters: readParameters(fields, scenario, say),
    seed: readSeed(fields.get('seed'), say),
    interventions: readInterventions(fields.getAll('do'), scenario, say),
  };
  return {
    spec,
    timeUs: readTime(fields.get('t'), say),
    speed: readSpeed(fields.get('speed'), say),
    page: readPage(fields.get('page'), say),
    traceHash: readHash(fields.get('h'), say),
    isPlainStart: !fields.has('t') && !fields.has('do'),
    problems,
  };
}

type Say = (sentence: string) => void;

function sayUnknownNames(fields: URLSearchParams, say: Say): void {
  const names = new Set(fields.keys());
  for (const name of names) {
    const isKnown = KNOWN_NAMES.includes(name) || name.startsWith('set.');
    if (isKnown || FOREIGN_NAMES.test(name)) continue;
    say(`The address names “${name}”, which this page does not know, so it was left out.`);
  }
  for (const name of names) {
    if (name === 'do' || fields.getAll(name).length === 1) continue;
    say(`The address gives “${name}” more than once; the first one holds.`);
  }
}

function readVersion(text: string | null, say: Say): void {
  if (text === null || text === String(ADDRESS_VERSION)) return;
  say(
    `The address is of version “${text}”, this page reads version ${ADDRESS_VERSION}: ` +
      'what it understood is shown.',
  );
}

function readScenario(id: string, find: FindScenario, say: Say): Scenario {
  const scenario = find(id);
  if (scenario !== undefined) return scenario;
  say(
    `There is no scene “${id}”. You see “${DEFAULT_SCENARIO.id}” instead; ` +
      `there are ${listed(SCENE_TITLES.map((scene) => scene.id))}.`,
  );
  return DEFAULT_SCENARIO;
}

function readParameters(
  fields: URLSearchParams,
  scenario: Scenario,
  say: Say,
): Record<string, ParameterValue> {
  const parameters: Record<string, ParameterValue> = {};
  for (const key of new Set(fields.keys())) {
    if (!key.startsWith('set.')) continue;
    const name = key.slice('set.'.length);
    const definition = scenario.parameters.find((candidate) => candidate.name === name);
    if (definition === undefined) {
      const names = listed(scenario.parameters.map((candidate) => candidate.name));
      say(`The scene “${scenario.id}” has no setting “${name}”; it has ${names}.`);
      continue;
    }
    const read = parseParameter(definition, fields.get(key) ?? '');
    if ('problem' in read) {
      say(`The address’s set.${name} was not understood, so its default holds: ${read.problem}`);
    } else if (read.value !== definition.default) {
      parameters[name] = read.value;
    }
  }
  return parameters;
}

function readSeed(text: string | null, say: Say): number {
  if (text === null) return DEFAULT_SEED;
  if (/^\d{1,10}$/.test(text) && Number(text) <= LARGEST_SEED) return Number(text);
  say(
    `The seed “${text}” is not a whole number from 0 to ${LARGEST_SEED}; ` +
      `seed ${DEFAULT_SEED} is used.`,
  );
  return DEFAULT_SEED;
}

function readInterventions(texts: readonly string[], scenario: Scenario, say: Say): Intervention[] {
  const interventions: Intervention[] = [];
  for (const text of texts) {
    const read = parseIntervention(scenario, text);
    if ('problem' in read) say(`The act “${text}” was left out: ${read.problem}`);
    else interventions.push(read.value);
  }
  return interventions;
}

function readTime(text: string | null, say: Say): number {
  if (text === null) return 0;
  const time = parseDuration(text);
  if (time !== null) return time;
  say(`The time “${text}” is not a whole number with us, ms or s, such as 132ms; you start at 0.`);
  return 0;
}

function readSpeed(text: string | null, say: Say): Speed {
  if (text === null) return 1;
  const speed = SPEEDS.find((candidate) => String(candidate) === text);
  if (speed !== undefined) return speed;
  say(`The speed “${text}” is not one of ${listed(SPEEDS.map(String))}; it plays at 1.`);
  return 1;
}

function readPage(text: string | null, say: Say): Page {
  const page = PAGES.find((candidate) => candidate === (text ?? 'compare'));
  if (page !== undefined) return page;
  say(`There is no page “${text}”; there are ${listed(PAGES)}. You see compare.`);
  return 'compare';
}

function readHash(text: string | null, say: Say): string | null {
  if (text === null || /^[0-9a-f]{16}$/.test(text)) return text;
  say(`The address’s fingerprint “${text}” is damaged, so it cannot be checked against this run.`);
  return null;
}

export interface AddressedState {
  readonly spec: RunSpec;
  /** That of `spec`. */
  readonly scenario: Scenario;
  readonly timeUs: number;
  readonly speed: Speed;
  readonly page: Page;
  readonly traceHash: string;
}

/** The query that `parseAddress` reads back to the same state; defaults are left out; '' if all are. */
export function formatAddress(state: AddressedState): string {
  const { spec, scenario } = state;
  const fields = new URLSearchParams();
  if (scenario !== DEFAULT_SCENARIO) fields.set('scenario', scenario.id);
  if (spec.seed !== DEFAULT_SEED) fields.set('seed', String(spec.seed));
  if (state.timeUs !== 0) fields.set('t', formatDuration(state.timeUs));
  if (state.speed !== 1) fields.set('speed', String(state.speed));
  if (state.page !== 'compare') fields.set('page', state.page);
  for (const definition of scenario.parameters) {
    const value = spec.parameters[definition.name];
    if (value === undefined || value === definition.default) continue;
    fields.set(`set.${definition.name}`, formatParameter(definition, value));
  }
  for (const act of spec.interventions) fields.append('do', formatIntervention(scenario, act));
  if (fields.size === 0) return '';
  // A tilde needs no escape in a query, and an act reads better with it.
  const query = String(fields).replaceAll('%7E', '~');
  return `v=${ADDRESS_VERSION}&${query}&h=${state.traceHash}`;
}
