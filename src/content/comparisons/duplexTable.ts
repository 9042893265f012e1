// The second document's table on duplex communication: type, flow, use cases.
import type { Comparison, ShowMe } from './comparison';
import { bothAtOnce, hopsEach, slowestArrival } from './expressions';

/** Ana and Ben are in the middle of it: both sides of the WebSocket line are busy. */
const bothTalking: ShowMe = { scenario: 'both-talk', atUs: 90_000 };
/** The one message lies in the log and has not left it. */
const stoppedInTheLog: ShowMe = { scenario: 'one-message', atUs: 12_000 };
const bothTalkDone: ShowMe = { scenario: 'both-talk', atUs: 'end' };

export const duplexTable: Comparison = {
  id: 'duplex',
  title: 'How it talks',
  source: 'Second document, summary of duplex communication',
  rows: [
    {
      id: 'duplex-type',
      feature: 'Duplex Type',
      cells: {
        websocket: {
          words: 'Full-Duplex',
          claims: ['DX-W-full', 'DX-full', 'DX-full-rt'],
          measured: [bothAtOnce],
          showMe: bothTalking,
          footnote: 'DX-W-full',
        },
        kafka: {
          words: 'Half-Duplex',
          claims: ['DX-K-half', 'DX-half', 'DX-half-wait'],
          measured: [bothAtOnce],
          showMe: bothTalking,
          footnote: 'DX-K-half',
          tryIt: {
            label: 'Try two threads',
            scene: { scenario: 'many-talk', atUs: 'end' },
          },
        },
      },
      sentence: 'Ana sends and gets in the same instant on one side, in turns on the other.',
    },
    {
      id: 'communication-flow',
      feature: 'Communication Flow',
      cells: {
        websocket: {
          words: 'Both parties can send/receive simultaneously',
          claims: ['DX-W-nowait'],
          measured: [hopsEach],
          showMe: bothTalking,
          footnote: 'DX-W-nowait',
        },
        kafka: {
          words: 'Producers send, consumers read (not simultaneous)',
          claims: ['DX-K-order', 'DX-K-notsim', 'DX-K-noback', 'DX-K-separate'],
          measured: [hopsEach],
          showMe: stoppedInTheLog,
          footnote: 'DX-K-notsim',
        },
      },
      sentence:
        'A message goes straight across, or stops in the log and leaves it when it is asked for.',
    },
    {
      id: 'use-cases',
      feature: 'Use Cases',
      cells: {
        websocket: {
          words: 'Real-time chats, live updates',
          claims: ['UC-W', 'DX-W-instant', 'LAT-W-fit', 'CH-W'],
          measured: [slowestArrival],
          showMe: bothTalkDone,
          footnote: 'UC-W',
        },
        kafka: {
          words: 'Event processing, data streaming',
          claims: ['UC-K', 'CH-K2', 'CH-K'],
          measured: [slowestArrival],
          showMe: bothTalkDone,
          footnote: 'UC-K',
        },
      },
      sentence: 'While both keep talking, words in the loop fall behind the wish to say them.',
    },
  ],
};
