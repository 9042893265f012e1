// Bundles a few lines of code, with what they import, into one script for a page.

import { build } from 'vite';

/** A classic script that puts the module's exports on `window[name]`. */
export async function bundle(name: string, code: string): Promise<string> {
  // Named as a file of the root, so that packages are found from there.
  const id = `${name}.bundled.ts`;
  const output = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'code-at-hand',
        resolveId: (source) => (source.endsWith(id) ? source : null),
        load: (source) => (source.endsWith(id) ? code : null),
      },
    ],
    build: { write: false, lib: { entry: id, formats: ['iife'], name } },
  });
  const [first] = Array.isArray(output) ? output : [output];
  const chunk = first && 'output' in first ? first.output[0] : undefined;
  if (chunk?.type !== 'chunk') throw new Error(`"${name}" could not be bundled.`);
  return chunk.code;
}
