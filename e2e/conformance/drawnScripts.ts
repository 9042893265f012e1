// Scripts drawn at random: any step that makes sense where things stand, from one seed.

import { createRandomStream, type RandomStream } from '../../src/engine/index';
import {
  close,
  cut,
  hold,
  open,
  PLAIN,
  ping,
  release,
  type Script,
  type Step,
  send,
  terminate,
} from './script';

/** Codes that an end may ask for, and none. */
const CLIENT_CODES = [null, 1000, 3000, 4999];
const SERVER_CODES = [null, 1000, 1001, 1011, 1012, 4000];
const LENGTHS = [1, 24, 125, 126, 300, 65_536];

export function drawnScripts(seed: number, count: number): Script[] {
  const random = createRandomStream(seed, 'conformance');
  return Array.from({ length: count }, (_, place) => ({
    name: `drawn ${place} of seed ${seed}`,
    terms: PLAIN,
    steps: drawnSteps(random),
  }));
}

function drawnSteps(random: RandomStream): Step[] {
  const pick = <T>(list: readonly T[]): T => list[random.integer(0, list.length - 1)] as T;
  const steps: Step[] = [open];
  let isHolding = false;
  let isOver = false;
  for (let turn = random.integer(4, 12); turn > 0; turn -= 1) {
    if (isOver) {
      // Nobody comes back while the line keeps everything.
      if (isHolding) steps.push(release);
      isHolding = false;
      steps.push(open);
      isOver = false;
      continue;
    }
    const drawn = random.integer(1, 100);
    if (drawn <= 30) steps.push(send('client', pick(LENGTHS)));
    else if (drawn <= 60) steps.push(send('server', pick(LENGTHS)));
    else if (drawn <= 68) steps.push(ping);
    else if (drawn <= 82) {
      steps.push(isHolding ? release : hold);
      isHolding = !isHolding;
    } else {
      isOver = true;
      if (drawn <= 87) steps.push(close('client', pick(CLIENT_CODES)));
      else if (drawn <= 92) steps.push(close('server', pick(SERVER_CODES)));
      else if (drawn <= 95) steps.push(terminate);
      else steps.push(cut);
      // More may be said while an end is on its way.
      if (isHolding && random.integer(0, 1) === 0) steps.push(send(pick(['client', 'server'])));
    }
  }
  return isHolding ? [...steps, release, cut] : [...steps, cut];
}
