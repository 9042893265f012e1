// What the ledger asks of nodes and connections for each transfer, by their numbers: 1 where it
// holds; counts nothing.

import type { Legend } from '../trace';

export interface LegendFlags {
  // By node.
  readonly participant: Uint8Array;
  /** A server behind a balancer: servers pass messages on to each other. */
  readonly fleetServer: Uint8Array;
  readonly gateway: Uint8Array;
  /** On a stage with brokers. */
  readonly kafkas: Uint8Array;
  // By connection.
  /** Records go to a log over it. */
  readonly producers: Uint8Array;
  /** As `producers`, where gateways send what others have said. */
  readonly gateways: Uint8Array;
  /** Whoever sends keeps what it sends until the log has it. */
  readonly kept: Uint8Array;
}

export function legendFlags({ nodes, connections }: Legend): LegendFlags {
  const fleets = nodes.flatMap(({ role, stage }) => (role === 'balancer' ? [stage] : []));
  return {
    participant: flags(nodes, ({ role }) => role === 'participant'),
    fleetServer: flags(nodes, ({ role, stage }) => role === 'server' && fleets.includes(stage)),
    gateway: flags(nodes, ({ role }) => role === 'gateway'),
    kafkas: flags(nodes, ({ stage }) => stage === 'kafka' || stage === 'together'),
    producers: flags(connections, ({ purpose }) => purpose === 'producer'),
    gateways: flags(
      connections,
      ({ purpose, stage }) => purpose === 'producer' && stage === 'together',
    ),
    kept: flags(
      connections,
      ({ purpose, stage }) => purpose === 'producer' || stage === 'together',
    ),
  };
}

const flags = <T>(list: readonly T[], is: (one: T) => boolean): Uint8Array =>
  Uint8Array.from(list, (one) => Number(is(one)));
