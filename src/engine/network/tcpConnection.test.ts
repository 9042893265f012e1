// A TCP connection: opened in a round trip, in order each way, patient with a cut, dead at a blow.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant, milliseconds } from '../kernel/simTime';
import { EntryKind } from '../trace/entryKinds';
import { Link } from './link';
import { TcpConnection } from './tcpConnection';
import { twoNodes } from './twoNodes';

const LATENCY_MS = 10;

/** Two ends, a link and a connection over it, with what its user hears. */
function connected({ loss = 0 } = {}) {
  const world = twoNodes();
  const { environment, ends, simulation } = world;
  const link = new Link(environment, {
    ...{ index: 0, id: 'a-b', ends, loss, duplex: 'full-duplex' },
    latency: milliseconds(LATENCY_MS),
    rateBytesPerSecond: Number.POSITIVE_INFINITY,
    turnaround: milliseconds(0),
  });
  const heard: string[] = [];
  const arrivals: { readonly body: string; readonly atMs: number }[] = [];
  const [client, server] = ends;
  const connection = new TcpConnection<string>(
    environment,
    { index: 0, link, client, server },
    {
      established: () => heard.push(`open at ${simulation.now / 1_000}`),
      closed: (dropped) => heard.push(`closed, lost ${dropped.map((t) => t.parcel.body).join()}`),
      arrived: ({ parcel }) => arrivals.push({ body: parcel.body, atMs: simulation.now / 1_000 }),
    },
  );
  const at = (ms: number, act: () => void) =>
    simulation.schedule(instant(ms * 1_000), act, undefined);
  const say = (body: string, from: 0 | 1 = 0) => {
    const parcel = { type: 'message', bytes: 1, payloadBytes: 1, messages: [], body } as const;
    connection.send(ends[from], parcel);
  };
  at(-2 * LATENCY_MS, () => connection.open());
  return { ...world, link, connection, heard, arrivals, at, say };
}

test('it is open one round trip after the client has dialled', () => {
  const { heard, trace } = connected();
  trace();
  expect(heard).toEqual(['open at 0']);
});

test('what is sent arrives one way later, in order, whatever the line loses', () => {
  const plan = fc.array(fc.record({ pause: fc.nat(30), from: fc.constantFrom<0 | 1>(0, 1) }), {
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(plan, fc.constantFrom(0, 0.3, 1), (sends, loss) => {
      const { at, say, arrivals, trace } = connected({ loss });
      let ms = 1_000;
      const sent: string[][] = [[], []];
      sends.forEach(({ pause, from }, number) => {
        ms += pause;
        at(ms, () => say(`${from} ${number}`, from));
        sent[from]?.push(`${from} ${number}`);
      });
      trace();
      for (const from of [0, 1] as const) {
        const bodies = arrivals
          .map(({ body }) => body)
          .filter((body) => body.startsWith(`${from}`));
        expect(bodies).toEqual(sent[from]);
      }
    }),
    { seed: 20_260_906, numRuns: 100 },
  );
});

test('a dropped transfer arrives one retransmission later, and holds up what follows it', () => {
  const { at, say, link, arrivals, trace } = connected();
  at(5, () => link.dropNext());
  for (const ms of [10, 20, 300]) at(ms, () => say(`at ${ms}`));
  trace();
  expect(arrivals).toEqual([
    { body: 'at 10', atMs: 220 },
    { body: 'at 20', atMs: 220 },
    { body: 'at 300', atMs: 310 },
  ]);
});

test('a cut loses nothing if it heals', () => {
  const { at, say, link, arrivals, heard, trace } = connected();
  for (const ms of [10, 16, 50]) at(ms, () => say(`at ${ms}`));
  at(15, () => link.cutOff());
  at(100, () => link.restore());
  trace();
  expect(arrivals).toEqual([10, 16, 50].map((ms) => ({ body: `at ${ms}`, atMs: 110 })));
  expect(heard).toEqual(['open at 0']);
});

test('a cut that does not heal keeps everything in flight to the end', () => {
  const { at, say, link, arrivals, trace } = connected();
  at(15, () => link.cutOff());
  at(50, () => say('lost to sight'));
  const { transfers } = trace();
  expect(arrivals).toEqual([]);
  expect([...transfers.endSeq].filter((seq) => seq < 0)).toHaveLength(1);
});

test('an end that goes away kills the connection at once, with all that was on the line', () => {
  const { at, say, ends, heard, arrivals, connection, trace } = connected();
  at(10, () => say('there'));
  at(11, () => say('back', 1));
  at(15, () => ends[1].goAway());
  const { entries, transfers } = trace();
  expect(arrivals).toEqual([]);
  expect(heard).toEqual(['open at 0', 'closed, lost there,back']);
  expect(connection.state).toBe('closed');
  const closed = [...entries.kind].indexOf(EntryKind.Closed);
  expect(entries.value[closed]).toBe(1006);
  expect(transfers.endSeq).not.toContain(-1);
});

test('it opens anew when both ends are back, and waits for nothing of the old one', () => {
  const { at, say, link, ends, heard, arrivals, trace } = connected();
  at(5, () => link.dropNext());
  at(10, () => say('old'));
  at(15, () => ends[1].goAway());
  at(20, () => ends[1].comeBack());
  at(50, () => say('new'));
  trace();
  expect(heard).toEqual(['open at 0', 'closed, lost old', 'open at 40']);
  expect(arrivals).toEqual([{ body: 'new', atMs: 60 }]);
});

test('an end that goes while it dials loses nothing that the protocol sent', () => {
  const { at, ends, heard, trace } = connected();
  at(-15, () => ends[1].goAway());
  at(20, () => ends[1].comeBack());
  trace();
  expect(heard).toEqual(['closed, lost ', 'open at 40']);
});

test('a line without loss loses nothing, one with full loss everything, others their share', () => {
  const share = (loss: number) => {
    const { link } = connected({ loss });
    return Array.from({ length: 2_000 }, () => link.losesNext()).filter(Boolean).length / 2_000;
  };
  expect(share(0)).toBe(0);
  expect(share(1)).toBe(1);
  expect(Math.abs(share(0.25) - 0.25)).toBeLessThan(0.03);
});
