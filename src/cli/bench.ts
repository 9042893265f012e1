// `npm run bench`: one JSON object of ratios, each measured against its baseline in this process.

import { benchKafka } from './bench/kafkaBench';
import { bareHeapMedian, benchKernel } from './bench/kernelBench';
import { benchModel, benchSeek } from './bench/modelBench';
import { benchSockets } from './bench/socketsBench';

// The model first: a kernel that has run a million events of one kind is tuned to them.
const model = benchModel(bareHeapMedian());
const kafka = benchKafka();
const sockets = benchSockets();
const seek = benchSeek();
const report = { kernel: benchKernel(), model, kafka, sockets, seek };
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
