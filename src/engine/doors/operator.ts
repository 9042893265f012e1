// The engine's door for those who watch a cluster as its operator does; who does not, goes without.

export { type MetricsAround, metricsAround } from '../trace/cluster/metricChanges';
