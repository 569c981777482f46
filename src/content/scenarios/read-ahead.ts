import type { ReadScenario } from '../../engine/scenario/types';

/** What the scenario of a first visit reads as. The built site has it; elsewhere the engine reads the file. */
export const READ_AHEAD: ReadScenario | undefined = undefined;
