// What each stage is called in sentences.

import type { StageId } from '../engine/index';

export const STAGE_TITLES: Readonly<Record<StageId, string>> = {
  websocket: 'WebSocket',
  kafka: 'Kafka',
  'half-duplex': 'Half-duplex',
  'full-duplex': 'Full-duplex',
  polling: 'Polling',
  'long-polling': 'Long polling',
  sse: 'Server-sent events',
  together: 'Together',
};
