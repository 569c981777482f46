export type ConsumerState = Record<string, never>;
