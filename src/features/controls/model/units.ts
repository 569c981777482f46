/** Units of the configuration keys that have one. A count of things has a word (`units.*` of the texts). */
export type Unit =
  | 'ms'
  | 's'
  | 'min'
  | 'h'
  | 'B'
  | 'B/s'
  | 'MiB'
  | '%'
  | 'pages'
  | 'messages'
  | 'threads'
  | 'queues'
  | 'retries'
  | 'requests'
  | 'replicas'
  | 'buffers'
  | 'files'
  | 'offsets';

const KEYS: Readonly<Record<Unit, string>> = {
  ms: `scanNotActiveBrokerInterval flushIntervalCommitLog flushCommitLogThoroughInterval syncFlushTimeout
    commitIntervalCommitLog commitCommitLogThoroughInterval flushIntervalConsumeQueue
    flushConsumeQueueThoroughInterval slaveTimeout haSendHeartbeatInterval haHousekeepingInterval
    registerNameServerPeriod registerBrokerTimeoutMills channelExpiredTimeout shortPollingTimeMills
    flushConsumerOffsetInterval flushDelayOffsetInterval osPageCacheBusyTimeOutMills waitTimeMillsInSendQueue
    waitTimeMillsInPullQueue waitTimeMillsInHeartbeatQueue cleanResourceInterval deleteCommitLogFilesInterval
    destroyMapedFileIntervalForcibly pollNameServerInterval heartbeatBrokerInterval mqClientApiTimeout
    connectTimeoutMillis sendMsgTimeout sendMsgMaxTimeoutPerRequest pullInterval persistConsumerOffsetInterval
    awaitTerminationMillisWhenShutdown`,
  s: 'waitSecondsForService serverChannelMaxIdleTimeSeconds clientChannelMaxIdleTimeSeconds',
  min: 'consumeTimeout',
  h: 'fileReservedTime',
  B: `haMaxGapNotInSync haSlaveFallbehindMax haTransferBatchSize maxTransferBytesOnMessageInMemory
    maxTransferBytesOnMessageInDisk maxFilterMessageSize maxMessageSize mappedFileSizeCommitLog
    compressMsgBodyOverHowmuch pullBatchSizeInBytes`,
  'B/s': 'maxHaTransferByteInSecond',
  MiB: 'pullThresholdSizeForQueue pullThresholdSizeForTopic',
  '%': `accessMessageInMemoryMaxRatio diskMaxUsedSpaceRatio diskSpaceCleanForciblyRatio
    diskSpaceWarningLevelRatio`,
  pages: 'flushCommitLogLeastPages commitCommitLogLeastPages flushConsumeQueueLeastPages',
  messages: `maxTransferCountOnMessageInMemory maxTransferCountOnMessageInDisk adjustThreadPoolNumsThreshold
    consumeMessageBatchMaxSize pullBatchSize pullThresholdForQueue pullThresholdForTopic`,
  threads: 'sendMessageThreadPoolNums pullMessageThreadPoolNums consumeThreadMin consumeThreadMax',
  queues: 'defaultTopicQueueNums readQueueNums writeQueueNums',
  retries: 'retryTimesWhenSendFailed retryTimesWhenSendAsyncFailed maxReconsumeTimes',
  requests: 'unRegisterBrokerQueueCapacity sendThreadPoolQueueCapacity pullThreadPoolQueueCapacity',
  replicas: 'inSyncReplicas minInSyncReplicas totalReplicas',
  buffers: 'transientStorePoolSize',
  files: 'deleteFileBatchMax',
  offsets: 'consumeConcurrentlyMaxSpan',
};

const BY_KEY: ReadonlyMap<string, Unit> = new Map(
  Object.entries(KEYS).flatMap(([unit, keys]) =>
    keys.split(/\s+/).map((key) => [key, unit as Unit] as const),
  ),
);

/** Undefined for what is no amount: a permission, a choice, a text. */
export const unitOf = (key: string): Unit | undefined => BY_KEY.get(key);
