// From the address bar to a run: unpacks the query, fetches the scene that it names, reads it, and
// says what can be doubted once the run is there.

import type { Player } from '../../player/createPlayer';
import type { ScenarioSource } from '../../player/scenarioSource';
import { SCENE_TITLES, titleOfScene } from '../scenes';
import { timeText } from '../timeText';
import { type Address, PLAIN_START } from './address';
import { unpackQuery } from './addressPacking';
import { hashOf } from './currentAddress';
import { parseAddress, sceneOf } from './urlState';

/** Never rejects: whatever is wrong, the first scene opens with a sentence. */
export async function readAddress(search: string, scenes: ScenarioSource): Promise<Address> {
  const packed = new URLSearchParams(search).get('s');
  const query = packed === null ? search : await unpackQuery(packed);
  if (query === null) return { ...PLAIN_START, problems: [DAMAGED] };
  const id = sceneOf(query);
  const isElsewhere = scenes.find(id) === undefined && SCENE_TITLES.some((one) => one.id === id);
  const haveCome = !isElsewhere || (await new Promise<boolean>(scenes.fetch));
  if (!haveCome) return { ...PLAIN_START, problems: [cannotFetch(id)] };
  return parseAddress(query, scenes.find);
}

const DAMAGED =
  'The packed address is damaged, so you see the first scene. Ask for the link once more.';

const cannotFetch = (id: string): string =>
  `The scene “${titleOfScene(id)}” could not be fetched, so you see the first one. ` +
  'Look to your connection, and open the link again.';

/** What can only be doubted once the run is there: its length, and whether it came out as it did. */
export function doubtsAbout(address: Address, player: Player): string[] {
  const { run } = player.store.getState();
  const sentences: string[] = [];
  if (address.timeUs > run.horizon) {
    const end = timeText(run.horizon, run.horizon);
    sentences.push(`The address asks for a moment after the end, ${end}; you stand at the end.`);
  }
  if (address.traceHash !== null && address.traceHash !== hashOf(run)) {
    sentences.push(
      'This link was made by another version of Both Ways, in which the run came out ' +
        'differently. You see it as this version runs it; copy a new link to keep it.',
    );
  }
  return sentences;
}
