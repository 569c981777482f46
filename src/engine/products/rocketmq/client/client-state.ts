/** One `MQClientInstance`: what producers and consumers share. */
export type ClientState = Record<string, never>;
