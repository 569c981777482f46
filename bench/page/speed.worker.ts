/** Measures the engine where the page runs it: in a worker. Part of the benchmark, not of the site. */
import { measureEngine } from '../engine';

const { joinParts } = await import('../../src/worker/late');
joinParts();
postMessage(measureEngine());
