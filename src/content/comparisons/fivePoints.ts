// The first document's five points; the document's paragraphs are quoted from documents.ts.
import type { Comparison, ComparisonRow, ShowMe, Side } from './comparison';
import { pointRows } from './documents';
import {
  missedSoFar,
  needsReader,
  openConnections,
  readAgain,
  slowestArrival,
} from './expressions';

const bothTalkDone: ShowMe = { scenario: 'both-talk', atUs: 'end' };
/** Ben is back and has caught up, where there is anything to catch up on. */
const outOfTheTunnel: ShowMe = { scenario: 'tunnel', atUs: 20_200_000 };
/** The middle has been down and up again, and Cy, who came late, has read what there is. */
const afterTheRestart: ShowMe = { scenario: 'durability', atUs: 4_300_000 };

const wordsOf = (point: number, side: Side): string => pointRows[point]?.[side] ?? '';
const featureOf = (point: number): string => pointRows[point]?.feature ?? '';

const communicationModel: ComparisonRow = {
  id: 'communication-model',
  feature: featureOf(0),
  cells: {
    websocket: {
      words: wordsOf(0, 'websocket'),
      claims: ['DX-W-full', 'W-single', 'W-long', 'W-bidir'],
      measured: [
        { measure: 'overlapConnection', format: 'percent', words: 'both at once' },
        openConnections,
      ],
      showMe: bothTalkDone,
      footnote: 'W-single',
    },
    kafka: {
      words: wordsOf(0, 'kafka'),
      claims: ['K-pubsub', 'K-components', 'K-decouple'],
      measured: [needsReader],
      showMe: afterTheRestart,
      footnote: 'K-pubsub',
    },
  },
  sentence:
    'One line between two people, or a log that anyone may read without the sender knowing.',
};

const useCases: ComparisonRow = {
  id: 'point-use-cases',
  feature: featureOf(1),
  cells: {
    websocket: {
      words: wordsOf(1, 'websocket'),
      claims: ['UC-W', 'DX-W-instant'],
      measured: [slowestArrival],
      showMe: bothTalkDone,
      footnote: 'UC-W',
    },
    kafka: {
      words: wordsOf(1, 'kafka'),
      claims: ['UC-K', 'K-pipe', 'K-es', 'K-volume'],
      measured: [{ ...readAgain, words: 'ready for a second reader' }],
      showMe: afterTheRestart,
      footnote: 'UC-K',
    },
  },
  sentence: 'Quick words on one side; on the other a stream that a late reader can go through.',
};

const messageSemantics: ComparisonRow = {
  id: 'message-semantics',
  feature: featureOf(2),
  cells: {
    websocket: {
      words: wordsOf(2, 'websocket'),
      claims: ['W-bidir', 'W-transient', 'W-immediate', 'W-miss'],
      measured: [readAgain, missedSoFar],
      showMe: outOfTheTunnel,
      footnote: 'W-miss',
    },
    kafka: {
      words: wordsOf(2, 'kafka'),
      claims: ['K-durable', 'K-retain', 'K-pace', 'K-thr', 'K-ft'],
      measured: [readAgain, missedSoFar],
      showMe: outOfTheTunnel,
      footnote: 'K-retain',
    },
  },
  sentence: 'Ben is away for ten seconds: here they are lost to him, there they wait for him.',
};

const scaleAndDistribution: ComparisonRow = {
  id: 'scale-and-distribution',
  feature: featureOf(3),
  cells: {
    websocket: {
      words: wordsOf(3, 'websocket'),
      claims: ['W-1to1', 'W-horiz', 'W-limit'],
      measured: [openConnections],
      showMe: bothTalkDone,
      footnote: 'W-1to1',
    },
    kafka: {
      words: wordsOf(3, 'kafka'),
      claims: ['K-dist', 'K-scale', 'K-ft', 'K-thr', 'K-volume'],
      measured: null,
      showMe: null,
      footnote: 'K-scale',
    },
  },
  sentence: 'One client and one server share a line; several brokers are not simulated yet.',
};

const integrationPatterns: ComparisonRow = {
  id: 'integration-patterns',
  feature: featureOf(4),
  cells: {
    websocket: {
      words: wordsOf(4, 'websocket'),
      claims: ['INT-W', 'INT-W-ui'],
      measured: null,
      showMe: null,
      footnote: null,
    },
    kafka: {
      words: wordsOf(4, 'kafka'),
      claims: ['INT-K', 'INT-K-hub'],
      measured: null,
      showMe: null,
      footnote: 'INT-K-hub',
    },
  },
  sentence: 'No scene joins a browser and a backend yet.',
};

export const fivePoints: Comparison = {
  id: 'points',
  title: 'Point by point',
  source: 'First document, points 1 to 5',
  rows: [communicationModel, useCases, messageSemantics, scaleAndDistribution, integrationPatterns],
};
