/**
 * Real keys that this playground does not honour, by class: enough to tell a learner "real, but not here" from a
 * typing mistake. The fields of the configuration classes of 5.3.3 and 4.9.8; callbacks and internals are left out.
 */

import type { LocalizedText } from './localized-text';
import { both } from './problem';
import type { ConfigClass } from './rocketmq-key-spec';

/**
 * The last three of ClientConfig are copied while the client is built, before a setter can reach them, so setting
 * them does nothing in the product either.
 */
export const KEYS_NOT_MODELLED: Readonly<Record<ConfigClass, string>> = {
  NamesrvConfig: `
    rocketmqHome kvConfigPath configStorePath productEnvName clusterTest clientRequestThreadPoolNums
    defaultThreadPoolNums clientRequestThreadPoolQueueCapacity defaultThreadPoolQueueCapacity
    enableAllTopicList enableTopicList configBlackList returnOrderTopicConfigToBroker
    notifyMinBrokerIdChanged enableControllerInNamesrv`,
  ControllerConfig: `
    rocketmqHome configStorePath jraftConfig controllerType controllerThreadPoolNums
    controllerRequestThreadPoolQueueCapacity mappedFileSize controllerStorePath electMasterMaxRetryCount
    isProcessReadEvent metricsExporterType metricsGrpcExporterTarget metricsGrpcExporterHeader
    metricGrpcExporterTimeOutInMills metricGrpcExporterIntervalInMills
    metricLoggingExporterIntervalInMills metricsPromExporterPort metricsPromExporterHost metricsLabel
    metricsInDelta configBlackList`,
  NettyServerConfig: `
    bindAddress listenPort serverWorkerThreads serverCallbackExecutorThreads serverSelectorThreads
    serverOnewaySemaphoreValue serverAsyncSemaphoreValue serverSocketSndBufSize serverSocketRcvBufSize
    writeBufferHighWaterMark writeBufferLowWaterMark serverSocketBacklog serverNettyWorkerGroupEnable
    serverPooledByteBufAllocatorEnable enableShutdownGracefully shutdownWaitTimeSeconds
    useEpollNativeSelector`,
  BrokerConfig: `
    brokerClusterName brokerConfigPath rocketmqHome listenPort brokerIP1 brokerIP2 recoverConcurrently
    clusterTopicEnable brokerTopicEnable messageStorePlugIn putMessageFutureThreadPoolNums
    litePullMessageThreadPoolNums ackMessageThreadPoolNums processReplyMessageThreadPoolNums
    queryMessageThreadPoolNums adminBrokerThreadPoolNums clientManageThreadPoolNums
    consumerManageThreadPoolNums loadBalanceProcessorThreadPoolNums heartbeatThreadPoolNums
    recoverThreadPoolNums flushConsumerOffsetHistoryInterval fetchNameSrvAddrByDnsLookup
    fetchNamesrvAddrByAddressServer putThreadPoolQueueCapacity litePullThreadPoolQueueCapacity
    ackThreadPoolQueueCapacity replyThreadPoolQueueCapacity queryThreadPoolQueueCapacity
    clientManagerThreadPoolQueueCapacity consumerManagerThreadPoolQueueCapacity
    heartbeatThreadPoolQueueCapacity endTransactionPoolQueueCapacity adminBrokerThreadPoolQueueCapacity
    loadBalanceThreadPoolQueueCapacity highSpeedMode commercialBaseCount commercialSizePerMsg
    accountStatsEnable accountStatsPrintZeroValues maxStatsIdleTimeInMinutes transferMsgByHeap regionId
    sendHeartbeatTimeoutMillis disableConsumeIfConsumerReadSlowly consumerFallbehindThreshold
    waitTimeMillsInLitePullQueue waitTimeMillsInAdminBrokerQueue startAcceptSendRequestTimeStamp
    rejectPullConsumerEnable maxErrorRateOfBloomFilter filterDataCleanTimeSpan compressedRegister
    updateNameServerAddrPeriod enableNetWorkFlowControl enableBroadcastOffsetStore
    broadcastOffsetExpireSecond broadcastOffsetExpireMaxSecond enableSkipLongAwaitingAck reviveAckWaitMs
    enablePopLog popCkMaxBufferSize popCkOffsetMaxQueueSize enablePopBatchAck
    popLongPollingForceNotifyInterval enableNotifyBeforePopCalculateLag
    enableNotifyAfterPopOrderLockRelease retrieveMessageFromPopRetryTopicV1 popConsumerFSServiceInit
    popConsumerKVServiceLog popConsumerKVServiceInit popConsumerKVServiceEnable
    popReviveMaxReturnSizePerRead popReviveMaxAttemptTimes litePullMessageEnable
    loadBalancePollNameServerInterval cleanOfflineBrokerInterval serverLoadBalancerEnable
    transactionMetricFlushInterval aclEnable storeReplyMessageEnable enableDetailStat
    autoDeleteUnusedStats isolateLogEnable forwardTimeout skipPreOnline asyncSendEnable defaultMessageRequestMode
    defaultPopShareQueueNum popPollingMapSize enableCalcFilterBitMap expectConsumerNumUseFilter
    endTransactionThreadPoolNums msgTraceTopicName
    consumerOffsetUpdateVersionStep delayOffsetUpdateVersionStep compatibleWithOldNameSrv
    fetchControllerAddrByDnsLookup validateSystemTopicWhenUpdateTopic
    useStaticSubscription metricsExporterType metricsOtelCardinalityLimit metricsGrpcExporterTarget
    metricsGrpcExporterHeader metricGrpcExporterTimeOutInMills metricGrpcExporterIntervalInMills
    metricLoggingExporterIntervalInMills metricsPromExporterPort metricsPromExporterHost metricsLabel
    metricsInDelta subscriptionExpiredTimeout estimateAccumulation coldCtrStrategyEnable
    usePIDColdCtrStrategy cgColdReadThreshold globalColdReadThreshold fetchNamesrvAddrInterval
    popResponseReturnActualRetryTopic enableSingleTopicRegister enableMixedMessageType
    enableSplitRegistration popInflightMessageThreshold enablePopMessageThreshold
    enableFastChannelEventProcess printChannelGroups printChannelGroupsMinNum splitRegistrationSize
    configBlackList skipWhenCKRePutReachMaxTimes appendAckAsync appendCkAsync
    clearRetryTopicWhenDeleteTopic enableLmqStats configManagerVersion allowRecallWhenBrokerNotWriteable
    recallMessageEnable enableRegisterProducer enableCreateSysGroup filterServerNums commercialEnable
    commercialTimerCount commercialTransCount commercialBigCount maxDelayTime enablePopBufferMerge
    popCkStayBufferTime popCkStayBufferTimeOut reviveScanTime waitTimeMillsInAckQueue
    waitTimeMillsInTransactionQueue lockInStrictMode`,
  MessageStoreConfig: `
    storePathRootDir storePathCommitLog storePathDLedgerCommitLog storePathEpochFile
    storePathBrokerIdentity readOnlyCommitLogStorePaths compactionMappedFileSize
    compactionCqMappedFileSize compactionScheduleInternal maxOffsetMapSize compactionThreadNum
    enableCompaction mappedFileSizeTimerLog timerFlushIntervalMs timerGetMessageThreadNum
    timerPutMessageThreadNum timerEnableDisruptor timerEnableCheckMetrics disappearTimeAfterStart
    timerStopEnqueue timerCheckMetricsWhen timerSkipUnknownError timerWarmEnable timerStopDequeue
    timerInterceptDelayLevel enableConsumeQueueExt
    messageIndexEnable maxHashSlotNum maxIndexNum timerEnableRetryUntilSuccess timerCongestNumEachSlot timerMetricSmallThreshold
    timerProgressLogIntervalMs storeType mappedFileSizeConsumeQueue mappedFileSizeConsumeQueueExt
    mapperFileSizeBatchConsumeQueue bitMapLengthConsumeQueueExt maxRecoveryCommitlogFiles
    useReentrantLockWhenPutMessage deleteConsumeQueueFilesInterval redeleteHangedFileInterval
    putMsgIndexHightWater checkCRCOnRecover flushLeastPagesWhenWarmMapedFile maxMsgsNumBatch
    messageIndexSafe haListenPort haMasterAddress putMessageTimeout warmMapedFileEnable debugLockEnable
    duplicationEnable diskFallRecorded fastFailIfNoBufferInStorePool enableBatchPush
    enableScheduleMessageStats enableLmq enableMultiDispatch maxLmqConsumeQueueNum
    enableScheduleAsyncDeliver scheduleAsyncDeliverMaxPendingLimit
    scheduleAsyncDeliverMaxResendNum2Blocked maxBatchDeleteFilesNum dispatchCqThreads dispatchCqCacheNum
    enableAsyncReput recheckReputOffsetFromCq maxTopicLength autoMessageVersionOnTopicLen
    enabledAppendPropCRC forceVerifyPropCRC travelCqFileNumWhenGetMessage
    correctLogicMinOffsetSleepInterval correctLogicMinOffsetForceInterval mappedFileSwapEnable
    commitLogForceSwapMapInterval commitLogSwapMapInterval commitLogSwapMapReserveFileNum
    logicQueueForceSwapMapInterval logicQueueSwapMapInterval cleanSwapedMapInterval
    logicQueueSwapMapReserveFileNum searchBcqByCacheEnable dispatchFromSenderThread
    enableCleanExpiredOffset maxAsyncPutMessageRequests pullBatchMaxMessageCount
    syncMasterFlushOffsetWhenStartup maxChecksumRange replicasPerDiskPartition
    logicalDiskSpaceCleanForciblyThreshold maxSlaveResendLength syncFromLastFile asyncLearner
    maxConsumeQueueScan sampleCountThreshold coldDataFlowControlEnable coldDataScanEnable
    dataReadAheadEnable timerColdDataCheckIntervalMs sampleSteps accessMessageInMemoryHotRatio
    enableBuildConsumeQueueConcurrently batchDispatchRequestThreadPoolNums
    cleanRocksDBDirtyCQIntervalMin statRocksDBCQIntervalSec memTableFlushIntervalMs
    realTimePersistRocksDBConfig enableRocksDBLog topicQueueLockNum putConsumeQueueDataByFileChannel
    rocksdbCQDoubleWriteEnable bottomMostCompressionTypeForConsumeQueueStore rocksdbCompressionType
    rocksdbFlushWalFrequency rocksdbWalFileRollingThreshold spinLockCollisionRetreatOptimalDegree
    useABSLock preferredLeaderId`,
  ClientConfig: `
    clientIP clientCallbackExecutorThreads namespace namespaceV2 accessChannel unitMode
    unitName decodeReadBody decodeDecompressBody vipChannelEnabled useHeartbeatV2 useTLS
    socksProxyConfig language enableStreamRequestType traceTopic traceMsgBatchNum
    pullTimeDelayMillsWhenException detectTimeout detectInterval`,
  NettyClientConfig: `
    clientWorkerThreads clientCallbackExecutorThreads clientOnewaySemaphoreValue
    clientAsyncSemaphoreValue channelNotActiveInterval isScanAvailableNameSrv clientSocketSndBufSize
    clientSocketRcvBufSize clientPooledByteBufAllocatorEnable useTLS socksProxyConfig
    writeBufferHighWaterMark writeBufferLowWaterMark disableCallbackExecutor disableNettyWorkerGroup
    maxReconnectIntervalTimeSeconds enableReconnectForGoAway`,
  DefaultMQProducer: `
    retryResponseCodes autoBatch enableBackpressureForAsyncMode backPressureForAsyncSendNum
    backPressureForAsyncSendSize batchMaxDelayMs batchMaxBytes totalBatchMaxBytes compressLevel
    compressType`,
  DefaultMQPushConsumer:
    'messageQueueListener offsetStore postSubscriptionWhenPull unitMode consumeTimestamp',
  TopicConfig: 'topicFilterType topicSysFlag order attributes',
  SubscriptionGroupConfig: `
    consumeFromMinEnable groupRetryPolicy brokerId whichBrokerWhenConsumeSlowly
    groupSysFlag consumeTimeoutMinute subscriptionDataSet attributes`,
};

const beside = (field: string): LocalizedText =>
  both(`\`${field}\` beside \`config\``, `\`config\` 旁边的 \`${field}\``);
const allNameservers = both(
  '`nameservers`: every process knows them all',
  '`nameservers`：每个进程都知道全部 NameServer',
);

const allControllers = both('`controllers`: all of them are one group', '`controllers`：它们全体就是一组');
const sameName = both(
  '`brokers` of one `brokerName`: they are the nodes n0, n1 … in their order',
  '同一 `brokerName` 的 `brokers`：它们依次是节点 n0、n1……',
);

/** Keys whose value stands elsewhere in the scenario file, by the part of the file: key → what to write instead. */
export const KEYS_WRITTEN_ELSEWHERE: Readonly<Record<string, Readonly<Record<string, LocalizedText>>>> = {
  broker: {
    brokerName: beside('brokerName'),
    brokerId: beside('brokerId'),
    namesrvAddr: allNameservers,
    controllerAddr: both(
      '`controllers`: every broker knows them all',
      '`controllers`：每个 Broker 都知道全部 Controller',
    ),
    dLegerGroup: beside('brokerName'),
    dLegerPeers: sameName,
    dLegerSelfId: sameName,
  },
  controller: {
    controllerDLegerGroup: allControllers,
    controllerDLegerPeers: allControllers,
    controllerDLegerSelfId: allControllers,
  },
  subscriptionGroup: { groupName: beside('name') },
  producer: {
    producerGroup: beside('group'),
    namesrvAddr: allNameservers,
    sendLatencyEnable: both(
      '`sendLatencyFaultEnable`, which sets the same switch',
      '`sendLatencyFaultEnable`，两者是同一个开关',
    ),
  },
  consumer: {
    consumerGroup: beside('group'),
    namesrvAddr: allNameservers,
    messageModel: beside('messageModel'),
    messageListener: beside('listener'),
    clientRebalance: both('`"protocol": "pop"` beside `config`', '`config` 旁边的 `"protocol": "pop"`'),
    subscription: both('`topic` and `filter` beside `config`', '`config` 旁边的 `topic` 和 `filter`'),
  },
  topic: { topicName: beside('name') },
};
