import { defineRequest } from '../remoting';

/** 4.x, broker to consumer: RESET_CONSUMER_CLIENT_OFFSET with an offset per queue id of its group of replicas. */
export const resetConsumerOffset = defineRequest<{
  readonly group: string;
  readonly topic: string;
  readonly brokerName: string;
  readonly offsets: readonly (number | undefined)[];
}>('RESET_CONSUMER_CLIENT_OFFSET');
