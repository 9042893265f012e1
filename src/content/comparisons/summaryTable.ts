// The second document's summary table: type, use case, architecture, protocol, latency.
import type { Comparison, ShowMe } from './comparison';
import {
  aroundEach,
  onTheWay,
  openConnections,
  readAgain,
  slowestArrival,
  storedNow,
} from './expressions';

const bothTalkDone: ShowMe = { scenario: 'both-talk', atUs: 'end' };
const manyTalkDone: ShowMe = { scenario: 'many-talk', atUs: 'end' };
/** The middle has been down and up again, and Cy, who came late, has read what there is. */
const afterTheRestart: ShowMe = { scenario: 'durability', atUs: 4_300_000 };

export const summaryTable: Comparison = {
  id: 'summary',
  title: 'What it is',
  source: 'Second document, summary table',
  rows: [
    {
      id: 'type',
      feature: 'Type',
      cells: {
        websocket: {
          words: 'Communication protocol',
          claims: ['W-type', 'W-single'],
          measured: [storedNow, openConnections],
          showMe: bothTalkDone,
          footnote: 'W-type',
        },
        kafka: {
          words: 'Message broker',
          claims: ['K-type'],
          measured: [storedNow, openConnections],
          showMe: bothTalkDone,
          footnote: 'K-type',
        },
      },
      sentence:
        'One side carries messages and forgets them; the other has a place that keeps them.',
    },
    {
      id: 'use-case',
      feature: 'Use Case',
      cells: {
        websocket: {
          words: 'Real-time applications',
          claims: ['UC-W', 'DX-W-instant', 'UC-W-notif', 'LAT-W-fit'],
          measured: [slowestArrival],
          showMe: bothTalkDone,
          footnote: 'UC-W',
        },
        kafka: {
          words: 'Data streaming and processing',
          claims: ['UC-K', 'K-es', 'K-pipe', 'K-logs'],
          measured: [{ ...readAgain, words: 'ready for a second reader' }],
          showMe: afterTheRestart,
          footnote: 'UC-K',
        },
      },
      sentence: 'Quick words on one side; on the other a stream that a late reader can go through.',
    },
    {
      id: 'architecture',
      feature: 'Architecture',
      cells: {
        websocket: {
          words: 'Client-Server, no built-in durability',
          claims: ['W-cs', 'W-nodur', 'W-miss', 'W-many', 'W-state'],
          measured: [readAgain],
          showMe: afterTheRestart,
          footnote: 'W-nodur',
        },
        kafka: {
          words: 'Publish-Subscribe, durable storage',
          claims: ['K-pubsub', 'K-durable', 'K-disk', 'K-rate'],
          measured: [readAgain],
          showMe: afterTheRestart,
          footnote: 'K-durable',
        },
      },
      sentence: 'The middle restarts: what only passed through is gone, what was written is there.',
    },
    {
      id: 'protocol',
      feature: 'Protocol',
      cells: {
        websocket: {
          words: 'WebSocket protocol',
          claims: ['W-proto', 'W-upgrade'],
          measured: [aroundEach],
          showMe: bothTalkDone,
          footnote: 'W-proto',
        },
        kafka: {
          words: 'Custom binary over TCP',
          claims: ['K-proto'],
          measured: [aroundEach],
          showMe: bothTalkDone,
          footnote: 'K-proto',
        },
      },
      sentence: 'The same words travel in a thin frame here and in a batch with headers there.',
    },
    {
      id: 'latency',
      feature: 'Latency',
      cells: {
        websocket: {
          words: 'Lower latency',
          claims: ['LAT-W', 'LAT-W-why'],
          measured: [onTheWay],
          showMe: manyTalkDone,
          footnote: 'LAT-W',
        },
        kafka: {
          words: 'Higher latency',
          claims: ['LAT-K', 'LAT-K-why'],
          measured: [onTheWay],
          showMe: manyTalkDone,
          footnote: 'LAT-K',
        },
      },
      sentence: 'The same distance; one message stops half-way, is copied and waits to be fetched.',
    },
  ],
};
