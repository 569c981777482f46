export type BrokerStore = Record<string, never>;
