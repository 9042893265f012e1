// All that groups with members and transactions are made of: a scene that has some brings it along,
// so that the others run without it. Holds no rule of its own.

import type { Environment } from '../../network/node';
import { createGroupMember } from '../client/membership/createGroupMember';
import type { Coordinators } from '../cluster/coordinators';
import type { KafkaSettings } from '../configuration';
import {
  TransactionCoordinator,
  type TransactionTargets,
} from '../transactions/transactionCoordinator';
import { ClassicGroup, type GroupParts } from './classicGroup';
import { ConsumerGroup } from './consumerGroup';
import type { Membership } from './membership';

export interface GroupProtocols {
  /** A consumer's side of its membership. */
  readonly createGroupMember: typeof createGroupMember;
  /** The coordinator's side of a group. */
  readonly createMembership: (parts: GroupParts) => Membership;
  readonly createTransactions: (
    environment: Environment,
    settings: KafkaSettings,
    targets: TransactionTargets,
  ) => NonNullable<Coordinators['transactions']>;
}

/** Both sides speak the settings' `group.protocol` for the whole run. */
export const GROUP_PROTOCOLS: GroupProtocols = {
  createGroupMember,
  createMembership: (parts) => {
    const Protocol = parts.settings.groupProtocol === 'classic' ? ClassicGroup : ConsumerGroup;
    return new Protocol(parts);
  },
  createTransactions: (environment, settings, targets) =>
    new TransactionCoordinator(environment, settings, targets),
};
