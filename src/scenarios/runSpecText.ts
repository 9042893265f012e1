// Parameters and interventions as text: the address and the command line read and write them here.

import { ACTION_KINDS, formatDuration, instant, parseDuration } from '../engine/index';
import type { ParameterDefinition, ParameterValue, Scenario } from './defineScenario';
import type { Intervention, InterventionKind } from './run';
import { ACTION_VALUES, targetsOf } from './targets';

/** What was read, or a sentence that says what was wrong and what to write instead. */
export type Parsed<T> = { readonly value: T } | { readonly problem: string };

/** Reads a parameter's value: `250ms`, `20`, or one of its options. */
export function parseParameter(
  definition: ParameterDefinition,
  text: string,
): Parsed<ParameterValue> {
  if (definition.type === 'choice') {
    if (definition.options.includes(text)) return { value: text };
    const options = definition.options.join(', ');
    return { problem: `${definition.name} cannot be "${text}"; it is one of ${options}.` };
  }
  const number = definition.type === 'duration' ? parseDuration(text) : parseInteger(text);
  if (number === null) {
    const form = definition.type === 'duration' ? 'a duration like 250ms or 12s' : 'a whole number';
    return { problem: `${definition.name} cannot be "${text}"; write ${form}.` };
  }
  const { min, max } = definition;
  if ((min !== null && number < min) || (max !== null && number > max)) {
    const bounds = [min, max].map((bound) => formatParameter(definition, bound ?? 0)).join(' to ');
    return { problem: `${definition.name} cannot be ${text}; it goes from ${bounds}.` };
  }
  return { value: number };
}

export function formatParameter(definition: ParameterDefinition, value: ParameterValue): string {
  return definition.type === 'duration' ? formatDuration(Number(value)) : String(value);
}

/** Reads a seed: a whole number from 0 to 2³¹ − 1. */
export function parseSeed(text: string): Parsed<number> {
  const seed = parseInteger(text);
  if (seed !== null && seed <= 0x7fffffff) return { value: seed };
  return { problem: `The seed cannot be "${text}"; write a whole number from 0 to 2147483647.` };
}

/** Reads a name and its value, `linger.ms` and `50ms`, for a scenario. */
export function parseSetting(
  scenario: Scenario,
  name: string,
  text: string,
): Parsed<{ readonly name: string; readonly value: ParameterValue }> {
  const definition = scenario.parameters.find((parameter) => parameter.name === name);
  if (!definition) {
    const names = scenario.parameters.map((parameter) => parameter.name).join(', ');
    return { problem: `${scenario.id} has no parameter "${name}"; it has ${names}.` };
  }
  const parsed = parseParameter(definition, text);
  return 'problem' in parsed ? parsed : { value: { name, value: parsed.value } };
}

/** What an intervention says, each part as text; `value` where its kind takes one. */
export interface InterventionText {
  readonly at: string;
  readonly kind: string;
  readonly target: string;
  readonly value?: string;
}

/** Reads `<at>~<kind>~<target>[~<value>]`, as the address carries it. */
export function parseIntervention(scenario: Scenario, text: string): Parsed<Intervention> {
  const [at, kind, target, value, ...rest] = text.split('~');
  if (at === undefined || kind === undefined || target === undefined || rest.length > 0) {
    return { problem: `"${text}" is no intervention; write <at>~<kind>~<target>[~<value>].` };
  }
  return readIntervention(scenario, {
    at,
    kind,
    target,
    ...(value === undefined ? {} : { value }),
  });
}

/** Reads an intervention from its parts. */
export function readIntervention(scenario: Scenario, text: InterventionText): Parsed<Intervention> {
  const at = parseDuration(text.at);
  if (at === null) {
    return { problem: `"${text.at}" is no time for an intervention; write one like 12s or 40ms.` };
  }
  const kind = ACTION_KINDS.find((known) => known === text.kind);
  if (!kind) {
    const kinds = ACTION_KINDS.join(', ');
    return { problem: `There is no intervention "${text.kind}"; there are ${kinds}.` };
  }
  if (kind === 'set') return readSet(scenario, text, instant(at));
  const targets = targetsOf(scenario, kind);
  if (!targets.includes(text.target)) {
    const known = targets.join(', ');
    return { problem: `${kind} cannot act on "${text.target}"; it acts on ${known}.` };
  }
  const { target } = text;
  if (text.value === undefined) return { value: { at: instant(at), kind, target } };
  const values = ACTION_VALUES[kind];
  if (!values) return { problem: `${kind} takes no value, but "${text.value}" was given.` };
  if (!values.includes(text.value)) {
    const known = values.join(', ');
    return { problem: `${kind} cannot take "${text.value}"; it takes ${known}.` };
  }
  return { value: { at: instant(at), kind, target, value: text.value } };
}

/** The form that `parseIntervention` reads back. */
export function formatIntervention(scenario: Scenario, act: Intervention): string {
  const parts = [formatDuration(act.at), act.kind, act.target];
  const definition = scenario.parameters.find(({ name }) => name === act.target);
  if (act.value !== undefined) {
    const value = act.value as ParameterValue;
    parts.push(definition ? formatParameter(definition, value) : String(value));
  }
  return parts.join('~');
}

function readSet(
  scenario: Scenario,
  text: InterventionText,
  at: Intervention['at'],
): Parsed<Intervention> {
  const settable = scenario.parameters.filter(({ isLive }) => isLive);
  const names = settable.map(({ name }) => name).join(', ');
  if (!settable.some(({ name }) => name === text.target)) {
    return {
      problem: `set cannot change "${text.target}" mid-run; it changes ${names || 'nothing'}.`,
    };
  }
  if (text.value === undefined) return { problem: `set ${text.target} needs a value.` };
  const parsed = parseSetting(scenario, text.target, text.value);
  if ('problem' in parsed) return parsed;
  const kind: InterventionKind = 'set';
  return { value: { at, kind, target: text.target, value: parsed.value.value } };
}

function parseInteger(text: string): number | null {
  return /^\d{1,10}$/.test(text) ? Number(text) : null;
}
