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
  | 'offsets'
  | 'checks'
  | 'periods'
  | 'slots';

const KEYS: Readonly<Record<Unit, string>> = {
  ms: `scanNotActiveBrokerInterval flushIntervalCommitLog flushCommitLogThoroughInterval syncFlushTimeout
    commitIntervalCommitLog commitCommitLogThoroughInterval flushIntervalConsumeQueue
    flushConsumeQueueThoroughInterval slaveTimeout haSendHeartbeatInterval haHousekeepingInterval
    registerNameServerPeriod registerBrokerTimeoutMills channelExpiredTimeout shortPollingTimeMills
    flushConsumerOffsetInterval flushDelayOffsetInterval osPageCacheBusyTimeOutMills waitTimeMillsInSendQueue
    waitTimeMillsInPullQueue waitTimeMillsInHeartbeatQueue cleanResourceInterval deleteCommitLogFilesInterval
    destroyMapedFileIntervalForcibly pollNameServerInterval heartbeatBrokerInterval mqClientApiTimeout
    connectTimeoutMillis sendMsgTimeout sendMsgMaxTimeoutPerRequest pullInterval persistConsumerOffsetInterval
    awaitTerminationMillisWhenShutdown scanInactiveMasterInterval haMaxTimeSlaveNotCatchup
    brokerHeartbeatInterval brokerNotActiveTimeoutMillis syncBrokerMemberGroupPeriod
    controllerHeartBeatTimeoutMills syncControllerMetadataPeriod syncBrokerMetadataPeriod
    checkSyncStateSetPeriod timerPrecisionMs transactionTimeOut transactionCheckInterval
    transactionOpBatchInterval reviveInterval 
    suspendCurrentQueueTimeMillis popInvisibleTime`,
  s: 'waitSecondsForService timerMaxDelaySec serverChannelMaxIdleTimeSeconds clientChannelMaxIdleTimeSeconds',
  min: 'consumeTimeout',
  h: 'fileReservedTime',
  B: `haMaxGapNotInSync haSlaveFallbehindMax haTransferBatchSize maxTransferBytesOnMessageInMemory
    maxTransferBytesOnMessageInDisk maxFilterMessageSize maxMessageSize mappedFileSizeCommitLog
    compressMsgBodyOverHowmuch transactionOpMsgMaxSize pullBatchSizeInBytes`,
  'B/s': 'maxHaTransferByteInSecond',
  MiB: 'pullThresholdSizeForQueue pullThresholdSizeForTopic',
  '%': `accessMessageInMemoryMaxRatio diskMaxUsedSpaceRatio diskSpaceCleanForciblyRatio
    diskSpaceWarningLevelRatio popFromRetryProbability`,
  pages: 'flushCommitLogLeastPages commitCommitLogLeastPages flushConsumeQueueLeastPages',
  messages: `maxTransferCountOnMessageInMemory maxTransferCountOnMessageInDisk adjustThreadPoolNumsThreshold
    consumeMessageBatchMaxSize pullBatchSize pullThresholdForQueue pullThresholdForTopic
    popBatchNums popThresholdForQueue defaultQueryMaxNum`,
  threads: 'sendMessageThreadPoolNums pullMessageThreadPoolNums consumeThreadMin consumeThreadMax',
  queues: 'defaultTopicQueueNums readQueueNums writeQueueNums retryQueueNums reviveQueueNum',
  retries: 'retryTimesWhenSendFailed retryTimesWhenSendAsyncFailed maxReconsumeTimes retryMaxTimes',
  requests: `unRegisterBrokerQueueCapacity sendThreadPoolQueueCapacity pullThreadPoolQueueCapacity
    popPollingSize maxPopPollingSize`,
  replicas: 'inSyncReplicas minInSyncReplicas totalReplicas',
  buffers: 'transientStorePoolSize',
  files: 'deleteFileBatchMax',
  offsets: 'consumeConcurrentlyMaxSpan',
  checks: 'transactionCheckMax',
  periods: 'reviveMaxSlow',
  slots: 'timerRollWindowSlot',
};

const BY_KEY: ReadonlyMap<string, Unit> = new Map(
  Object.entries(KEYS).flatMap(([unit, keys]) =>
    keys.split(/\s+/).map((key) => [key, unit as Unit] as const),
  ),
);

/** Undefined for what is no amount: a permission, a rank, a choice, a text. */
export const unitOf = (key: string): Unit | undefined => BY_KEY.get(key);
