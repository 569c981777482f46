export type BrokerService = Record<string, never>;
