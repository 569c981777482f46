import type { CallOutcome } from '../remoting';

/** What the application sees when a send fails, in the product's own words; numbers that vary are left out. */

type Failure = Extract<CallOutcome<unknown>, { ok: false }>['error'];

const REMOTING: Readonly<Record<Failure, string>> = {
  timeout: 'RemotingTimeoutException',
  closed: 'RemotingSendRequestException',
  connect: 'RemotingConnectException',
  budget: 'RemotingTooMuchRequestException',
};

/** What `MQClientAPIImpl` wraps it in before the callback hears of it. */
const ASYNC: Readonly<Record<Failure, string>> = {
  timeout: 'wait response timeout',
  closed: 'send request failed',
  connect: 'unknown reason',
  budget: 'unknown reason',
};

export const remotingException = (error: Failure): string => REMOTING[error];

/** `MQBrokerException 2 [TIMEOUT_CLEAN_QUEUE]`: the code, and the tag or the sentence of its remark. */
export function brokerException(code: number, remark: string): string {
  const tag = /^\[[^\]]*\]/.exec(remark)?.[0] ?? remark;
  return `MQBrokerException ${code} ${tag}`.trim();
}

export const CALL_TIMEOUT = 'RemotingTooMuchRequestException: sendDefaultImpl call timeout';
export const SELECT_TIMEOUT = 'RemotingTooMuchRequestException: sendSelectImpl call timeout';
export const BODY_EMPTY = 'MQClientException 13 the message body length is zero';
export const noBroker = (name: string): string => `MQClientException: The broker[${name}] not exist`;
/** A message of the batch is empty or too large. */
export const BATCH_ILLEGAL = 'MQClientException: Failed to initiate the MessageBatch';
export const bodyTooLarge = (max: number): string =>
  `MQClientException 13 the message body size over max value, MAX: ${max}`;
export const noRoute = (topic: string): string => `MQClientException: No route info of this topic: ${topic}`;
/** The query itself failed: the client throws what it caught, inside an illegal-state error (CL-11). */
export const noNameserver = (topic: string): string =>
  `No route info of this topic: ${topic} (IllegalStateException: no name server answered)`;
export const stillFailed = (attempts: number, last: string): string =>
  `MQClientException: Send [${attempts}] times, still failed (${last})`;
export const asyncException = (error: Failure): string =>
  `MQClientException: ${ASYNC[error]} (${REMOTING[error]})`;
