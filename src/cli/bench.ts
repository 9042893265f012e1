// `npm run bench`: one JSON object of ratios, each measured against its baseline in this process.

import { benchKernel } from './bench/kernelBench';
import { benchModel, benchSeek } from './bench/modelBench';

const { result: kernel, heapSeconds } = benchKernel();
const report = { kernel, model: benchModel(heapSeconds), seek: benchSeek() };
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
