/** What the first picture of a cluster can do without: reading files and actions, answering questions, words. */
export { parseScenario } from '../engine/scenario/parse';
export { comparing } from './comparing';
export { joinParts } from './late-parts';
export { Questions } from './questions';
export { readAction } from './read-action';
export { sentences } from './sentences';
