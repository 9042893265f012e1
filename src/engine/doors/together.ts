// The engine's door for the stage on which services, Kafka, gateways and browsers work together.

export { raiseTogether, type TogetherScene } from '../raiseTogether';
