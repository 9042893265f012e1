// Whether a producer is idempotent, as its settings together decide; what that does is elsewhere.

/** The broker remembers that many batches of a producer, so that no more may be in flight. */
const MAX_IN_FLIGHT_WITH_IDEMPOTENCE = 5;

export interface IdempotenceRelevant {
  readonly acks: string;
  readonly retries: number;
  /** `max.in.flight.requests.per.connection`. */
  readonly maxInFlight: number;
  /** `enable.idempotence` as it was set; null: not set, and so on by default. */
  readonly enableIdempotence: boolean | null;
}

/**
 * Idempotence needs acks=all and retries. Asked for by name, anything else is a ConfigException; on
 * by default, it is silently off. More requests in flight are an error either way (Kafka 4.3,
 * ProducerConfig.postProcessAndValidateIdempotenceConfigs).
 */
export function idempotenceOf(settings: IdempotenceRelevant): 'on' | 'off' | 'ConfigException' {
  if (settings.enableIdempotence === false) return 'off';
  const isPossible = settings.acks === 'all' && settings.retries > 0;
  if (!isPossible && settings.enableIdempotence === true) return 'ConfigException';
  if (settings.maxInFlight > MAX_IN_FLIGHT_WITH_IDEMPOTENCE) return 'ConfigException';
  return isPossible ? 'on' : 'off';
}
