export type ProducerState = Record<string, never>;
