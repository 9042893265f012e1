// The documents' comparison tables and five points, word for word; nothing here is ours.

/** `comparison`: the brief comparison in five points. `duplex`: the one with the two tables. */
export type DocumentId = 'comparison' | 'duplex';

/** One row of a document's table, or one of its points, without the marks of emphasis. */
export interface DocumentRow {
  readonly feature: string;
  readonly websocket: string;
  readonly kafka: string;
}

/** Document `duplex`, “Summary”. */
export const summaryRows: readonly DocumentRow[] = [
  {
    feature: 'Type',
    websocket: 'Communication protocol',
    kafka: 'Message broker',
  },
  {
    feature: 'Use Case',
    websocket: 'Real-time applications',
    kafka: 'Data streaming and processing',
  },
  {
    feature: 'Architecture',
    websocket: 'Client-Server, no built-in durability',
    kafka: 'Publish-Subscribe, durable storage',
  },
  {
    feature: 'Protocol',
    websocket: 'WebSocket protocol',
    kafka: 'Custom binary over TCP',
  },
  {
    feature: 'Latency',
    websocket: 'Lower latency',
    kafka: 'Higher latency',
  },
];

/** Document `duplex`, “Summary of Duplex Communication”. */
export const duplexRows: readonly DocumentRow[] = [
  {
    feature: 'Duplex Type',
    websocket: 'Full-Duplex',
    kafka: 'Half-Duplex',
  },
  {
    feature: 'Communication Flow',
    websocket: 'Both parties can send/receive simultaneously',
    kafka: 'Producers send, consumers read (not simultaneous)',
  },
  {
    feature: 'Use Cases',
    websocket: 'Real-time chats, live updates',
    kafka: 'Event processing, data streaming',
  },
];

/** Document `comparison`, points 1 to 5. */
export const pointRows: readonly DocumentRow[] = [
  {
    feature: 'Communication Model',
    websocket:
      'It provides a full-duplex communication channel over a single, long-lived connection. WebSocket is often used for real-time bidirectional communication between a client (e.g., a web browser) and a server.',
    kafka:
      'It is a distributed streaming platform designed for publish-subscribe and event sourcing. Kafka enables communication between different components of a distributed system, allowing them to publish and consume messages.',
  },
  {
    feature: 'Use Cases',
    websocket:
      'Commonly used for building real-time web applications, such as chat applications, live updates in web pages, online gaming, and interactive features.',
    kafka:
      'Primarily used for building scalable and distributed data pipelines, event sourcing architectures, and real-time data streaming applications. Kafka is well-suited for scenarios where large volumes of data need to be ingested, processed, and consumed in real-time.',
  },
  {
    feature: 'Message Semantics',
    websocket:
      'It supports real-time bidirectional communication, and messages are typically short-lived and transient. WebSocket messages are often used for immediate interactions between a client and a server.',
    kafka:
      'It supports persistent and durable message storage. Messages in Kafka are retained for a configurable period, and consumers can consume messages at their own pace. Kafka is designed for high-throughput and fault-tolerant message processing.',
  },
  {
    feature: 'Scale and Distribution',
    websocket:
      'Typically used for communication between a single client and a server. While it can be scaled horizontally, it may not be the best choice for extremely large-scale and distributed systems.',
    kafka:
      'Built for distributed architectures and can scale horizontally across multiple nodes or clusters. Kafka provides fault tolerance, high throughput, and the ability to handle large volumes of data across a distributed environment.',
  },
  {
    feature: 'Integration Patterns',
    websocket:
      'Integrates directly into web applications and is often used for user interface interactions in web browsers.',
    kafka:
      'Integrates into backend systems and serves as a central communication hub for different components and microservices.',
  },
];
