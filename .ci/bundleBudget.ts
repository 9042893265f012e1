// Fails the build when the first view asks for more script or type than a slow line should carry.
import { readFileSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { dist, firstViewOf } from './firstView';

/**
 * 150 kB for two people on one broker; a cluster with leaders, copies and its controller has taken
 * that broker's place since, in the first scene too, and the scenes to come add to what they share.
 */
const scriptBudgetBytes = 180_000;
const fontBudgetBytes = 150_000;

/** Other alphabets' files are fetched only when a page holds their letters. */
function latinFonts(stylesheets: readonly string[]): string[] {
  const names = stylesheets.flatMap((stylesheet) => {
    const css = readFileSync(dist + stylesheet, 'utf8');
    return [...css.matchAll(/[\w.-]+\.woff2/g)].map(([name]) => name);
  });
  return [...new Set(names)].filter((name) => /-latin-(?!ext-)/.test(name));
}

function report(what: string, bytes: number, budgetBytes: number): boolean {
  const isWithin = bytes <= budgetBytes;
  const numbers = `${(bytes / 1000).toFixed(1)} of ${budgetBytes / 1000} kB`;
  console.log(`${isWithin ? 'within' : 'OVER'} budget: ${what} ${numbers}`);
  return isWithin;
}

const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
const { scripts, stylesheets } = firstViewOf();
const scriptBytes = sum(scripts.map((file) => gzipSync(readFileSync(dist + file)).length));
const fontBytes = sum(
  latinFonts(stylesheets).map((name) => statSync(`${dist}assets/${name}`).size),
);
const verdicts = [
  report('first view scripts (gzip)', scriptBytes, scriptBudgetBytes),
  report('first view fonts (latin)', fontBytes, fontBudgetBytes),
];
if (verdicts.includes(false)) process.exitCode = 1;
