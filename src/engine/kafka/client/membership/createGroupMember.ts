// Makes a membership that speaks the configured protocol.

import type { Environment } from '../../../network/node';
import type { KafkaSettings } from '../../configuration';
import { ClassicMembership } from './classicMembership';
import { ConsumerMembership } from './consumerMembership';
import type { GroupMember, GroupMemberOptions } from './groupMember';

/** The protocol is the settings' `group.protocol` for the whole run. */
export function createGroupMember(
  environment: Environment,
  settings: KafkaSettings,
  options: GroupMemberOptions,
): GroupMember {
  const Protocol = settings.groupProtocol === 'classic' ? ClassicMembership : ConsumerMembership;
  return new Protocol({ environment, settings, ...options });
}
