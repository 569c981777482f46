/**
 * RocketMQ's configuration keys as data: names, defaults, ranges, and when a change takes effect.
 * Read from the sources of 5.3.3 and 4.9.8; ranges of client keys are those of DefaultMQPushConsumerImpl#checkConfig.
 * Intervals of loops are at least 1: a loop without a pause would hold virtual time still.
 */
import { both } from './problem';
import { keysOf, type Machine } from './rocketmq-key-spec';

const namesrv = keysOf('NamesrvConfig');
const nettyServer = keysOf('NettyServerConfig');
const broker = keysOf('BrokerConfig');
const store = keysOf('MessageStoreConfig');
const topic = keysOf('TopicConfig');
const group = keysOf('SubscriptionGroupConfig');
const controller = keysOf('ControllerConfig');

const MIB = 1_048_576;
const COUNT_MAX = 1_000_000;
const PERMISSIONS = [2, 4, 6];

const serverConnection = {
  /** Seconds. */
  serverChannelMaxIdleTimeSeconds: nettyServer.int(120, { min: 1, restart: true }),
};

export const NAMESRV_KEYS = {
  scanNotActiveBrokerInterval: namesrv.long(5_000, { min: 1, only: '5.3', default4: 10_000, restart: true }),
  unRegisterBrokerQueueCapacity: namesrv.int(3_000, { min: 1, only: '5.3', restart: true }),
  deleteTopicWithBrokerRegistration: namesrv.bool(false, { only: '5.3' }),
  orderMessageEnable: namesrv.bool(false),
  needWaitForService: namesrv.bool(false, { only: '5.3' }),
  supportActingMaster: namesrv.bool(false, { only: '5.3' }),
  /** Seconds. */
  waitSecondsForService: namesrv.int(45, { only: '5.3' }),
  ...serverConnection,
};

export const CONTROLLER_KEYS = {
  scanNotActiveBrokerInterval: controller.long(5_000, { min: 1, only: '5.3', restart: true }),
  scanInactiveMasterInterval: controller.long(5_000, { min: 1, only: '5.3', restart: true }),
  enableElectUncleanMaster: controller.bool(false, { only: '5.3' }),
  notifyBrokerRoleChanged: controller.bool(true, { only: '5.3' }),
  ...serverConnection,
};

export const BROKER_KEYS = {
  // Role and flushing. CommitLog.DefaultFlushManager picks its flush service when the store is built: setting
  // SYNC_FLUSH on a running ASYNC_FLUSH broker makes each put fail on a cast of that service.
  brokerRole: store.choice(['ASYNC_MASTER', 'SYNC_MASTER', 'SLAVE'], 'ASYNC_MASTER', { restart: true }),
  flushDiskType: store.choice(['ASYNC_FLUSH', 'SYNC_FLUSH'], 'ASYNC_FLUSH', { restart: true }),
  flushIntervalCommitLog: store.int(500, { min: 1 }),
  flushCommitLogTimed: store.bool(true),
  flushCommitLogLeastPages: store.int(4),
  flushCommitLogThoroughInterval: store.int(10_000),
  wakeFlushWhenPutMessage: store.bool(false, { only: '5.3', default4: true }),
  syncFlushTimeout: store.int(5_000, { min: 1 }),
  transientStorePoolEnable: store.bool(false, { restart: true }),
  transientStorePoolSize: store.int(5, { min: 1, max: 1_024, restart: true }),
  commitIntervalCommitLog: store.int(200, { min: 1 }),
  commitCommitLogLeastPages: store.int(4),
  commitCommitLogThoroughInterval: store.int(200),
  wakeCommitWhenPutMessage: store.bool(true, { only: '5.3' }),
  flushIntervalConsumeQueue: store.int(1_000, { min: 1 }),
  flushConsumeQueueLeastPages: store.int(2),
  flushConsumeQueueThoroughInterval: store.int(60_000),
  readUnCommitted: store.bool(false, { only: '5.3', default4: true }),

  // Replication.
  slaveTimeout: store.int(3_000, { min: 1 }),
  inSyncReplicas: store.int(1, { min: 1, max: 64, only: '5.3' }),
  minInSyncReplicas: store.int(1, { min: 1, max: 64, only: '5.3' }),
  totalReplicas: store.int(1, { min: 1, max: 64, only: '5.3' }),
  allAckInSyncStateSet: store.bool(false, { only: '5.3' }),
  enableAutoInSyncReplicas: store.bool(false, { only: '5.3' }),
  haMaxGapNotInSync: store.int(256 * MIB, { only: '5.3' }),
  haMaxTimeSlaveNotCatchup: store.long(15_000, { min: 1, only: '5.3' }),
  haSlaveFallbehindMax: store.int(256 * MIB, { only: '4.9' }),
  haSendHeartbeatInterval: store.int(5_000, { min: 1 }),
  haHousekeepingInterval: store.int(20_000, { min: 1 }),
  haTransferBatchSize: store.int(32_768, { min: 1 }),
  haFlowControlEnable: store.bool(false, { only: '5.3' }),
  maxHaTransferByteInSecond: store.long(100 * MIB, { min: 1, only: '5.3' }),
  slaveReadEnable: broker.bool(false),
  offsetCheckInSlave: store.bool(false),

  // Failover: acting master, controller, DLedger.
  enableSlaveActingMaster: broker.bool(false, { only: '5.3', restart: true }),
  enableRemoteEscape: broker.bool(false, { only: '5.3', restart: true }),
  brokerHeartbeatInterval: broker.int(1_000, { min: 1, only: '5.3', restart: true }),
  brokerNotActiveTimeoutMillis: broker.long(10_000, { min: 1, only: '5.3' }),
  syncBrokerMemberGroupPeriod: broker.int(1_000, { min: 1, only: '5.3', restart: true }),
  enableControllerMode: broker.bool(false, { only: '5.3', restart: true }),
  controllerHeartBeatTimeoutMills: broker.long(10_000, { min: 1, only: '5.3' }),
  syncControllerMetadataPeriod: broker.long(10_000, { min: 1, only: '5.3', restart: true }),
  syncBrokerMetadataPeriod: broker.long(5_000, { min: 1, only: '5.3', restart: true }),
  checkSyncStateSetPeriod: broker.long(5_000, { min: 1, only: '5.3', restart: true }),
  brokerElectionPriority: broker.int(2_147_483_647, { only: '5.3' }),
  enableDLegerCommitLog: store.bool(false, { restart: true }),

  // Registration, clients, topics.
  brokerPermission: broker.int(6, { values: PERMISSIONS }),
  registerNameServerPeriod: broker.int(30_000, { min: 1, restart: true }),
  registerBrokerTimeoutMills: broker.int(24_000, { min: 1, default4: 6_000 }),
  forceRegister: broker.bool(true),
  channelExpiredTimeout: broker.long(120_000, { min: 1, only: '5.3', restart: true }),
  notifyConsumerIdsChangedEnable: broker.bool(true),
  realTimeNotifyConsumerChange: broker.bool(true, { only: '5.3' }),
  // Off counts at once, on only after a restart, which makes the topic TBW102. [TopicConfigManager#init]
  autoCreateTopicEnable: broker.bool(true, { restart: true }),
  defaultTopicQueueNums: broker.int(8, { min: 1, max: 1_024, restart: true }),
  autoCreateSubscriptionGroup: broker.bool(true),

  // Pulling and consumer offsets.
  longPollingEnable: broker.bool(true),
  shortPollingTimeMills: broker.long(1_000, { min: 1 }),
  /** Percent. A slave takes 10 off when it starts. */
  accessMessageInMemoryMaxRatio: store.int(40, { max: 100 }),
  maxTransferBytesOnMessageInMemory: store.int(262_144, { min: 1 }),
  maxTransferCountOnMessageInMemory: store.int(32, { min: 1 }),
  maxTransferBytesOnMessageInDisk: store.int(65_536, { min: 1 }),
  maxTransferCountOnMessageInDisk: store.int(8, { min: 1 }),
  maxFilterMessageSize: store.int(16_000, { min: 1, only: '5.3' }),
  flushConsumerOffsetInterval: broker.int(5_000, { min: 1, restart: true }),
  useServerSideResetOffset: broker.bool(true, { only: '5.3', default4: false }),
  messageDelayLevel: store.text(
    '1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h',
    /^[1-9]\d{0,5}[smhd](?: [1-9]\d{0,5}[smhd]){0,63}$/,
    { restart: true },
  ),
  flushDelayOffsetInterval: store.long(10_000, { min: 1, restart: true }),

  timerWheelEnable: store.bool(true, { only: '5.3', default4: false, restart: true }),
  timerPrecisionMs: store.int(1_000, { min: 1, only: '5.3', restart: true }),
  /** Slots, each as long as `timerPrecisionMs`. */
  timerRollWindowSlot: store.int(172_800, { min: 2, only: '5.3', restart: true }),
  /** Seconds. */
  timerMaxDelaySec: store.int(259_200, { only: '5.3' }),

  // Transactions.
  transactionTimeOut: broker.long(6_000),
  transactionCheckMax: broker.int(15),
  transactionCheckInterval: broker.long(30_000, { min: 1, default4: 60_000 }),
  transactionOpMsgMaxSize: broker.int(4_096, { only: '5.3' }),
  transactionOpBatchInterval: broker.int(3_000, { only: '5.3' }),
  rejectTransactionMessage: broker.bool(false),

  // Pop.
  popPollingSize: broker.int(1_024, { only: '5.3' }),
  maxPopPollingSize: broker.long(100_000, { only: '5.3' }),
  /** Percent. */
  popFromRetryProbability: broker.int(20, { max: 100, only: '5.3' }),
  reviveQueueNum: broker.int(8, { min: 1, max: 64, only: '5.3', restart: true }),
  reviveInterval: broker.long(1_000, { min: 1, only: '5.3' }),
  reviveMaxSlow: broker.long(3, { min: 1, only: '5.3' }),
  enableRetryTopicV2: broker.bool(false, { only: '5.3' }),
  initPopOffsetByCheckMsgInMem: broker.bool(true, { only: '5.3' }),

  // Filters, queries, traces.
  enablePropertyFilter: broker.bool(false),
  filterSupportRetry: broker.bool(false),
  defaultQueryMaxNum: store.int(32, { min: 1 }),
  traceTopicEnable: broker.bool(false, { restart: true }),
  traceOn: broker.bool(true),

  // Protection and limits.
  maxMessageSize: store.int(4 * MIB, { min: 1 }),
  osPageCacheBusyTimeOutMills: store.long(1_000, { min: 1 }),
  brokerFastFailureEnable: broker.bool(true),
  waitTimeMillsInSendQueue: broker.long(200),
  waitTimeMillsInPullQueue: broker.long(5_000),
  waitTimeMillsInHeartbeatQueue: broker.long(31_000),
  sendThreadPoolQueueCapacity: broker.int(10_000, { min: 1, max: COUNT_MAX, restart: true }),
  pullThreadPoolQueueCapacity: broker.int(100_000, { min: 1, max: COUNT_MAX, restart: true }),
  sendMessageThreadPoolNums: broker.int(({ cores }: Machine) => Math.min(cores, 4), {
    min: 1,
    max: 1_024,
    restart: true,
  }),
  pullMessageThreadPoolNums: broker.int(({ cores }: Machine) => 16 + 2 * cores, {
    min: 1,
    max: 4_096,
    restart: true,
  }),

  // Files and retention.
  mappedFileSizeCommitLog: store.int(1_024 * MIB, { min: 4_096, restart: true }),
  /** Hours. */
  fileReservedTime: store.int(72),
  deleteWhen: store.text('04', /^(?:[01]\d|2[0-3])(?:;(?:[01]\d|2[0-3]))*$/),
  cleanResourceInterval: store.int(10_000, { min: 1, restart: true }),
  deleteFileBatchMax: store.int(10, { min: 1, only: '5.3' }),
  deleteCommitLogFilesInterval: store.int(100),
  destroyMapedFileIntervalForcibly: store.int(120_000),
  cleanFileForciblyEnable: store.bool(true),
  diskMaxUsedSpaceRatio: store.int(75, { min: 10, max: 95 }),
  diskSpaceCleanForciblyRatio: store.int(85, { min: 1, max: 100, only: '5.3' }),
  diskSpaceWarningLevelRatio: store.int(90, { min: 1, max: 100, only: '5.3' }),
  ...serverConnection,
};

const client = keysOf('ClientConfig');
const nettyClient = keysOf('NettyClientConfig');
const producer = keysOf('DefaultMQProducer');
const consumer = keysOf('DefaultMQPushConsumer');

const clientKeys = {
  instanceName: client.text('DEFAULT', /^[\w.-]{1,64}$/, { restart: true, example: 'worker-1' }),
  pollNameServerInterval: client.int(30_000, { min: 10, restart: true }),
  heartbeatBrokerInterval: client.int(30_000, { min: 10, restart: true }),
  mqClientApiTimeout: client.int(3_000, { min: 1 }),
  // In 4.9 an argument of the client's constructor.
  enableTrace: client.bool(false, { only: '5.3', restart: true }),
  enableHeartbeatChannelEventListener: client.bool(true, { only: '5.3', default4: false, restart: true }),
  connectTimeoutMillis: nettyClient.int(3_000, {
    min: 1,
    restart: true,
    property: 'com.rocketmq.remoting.client.connect.timeout',
  }),
  clientCloseSocketIfTimeout: nettyClient.bool(true, {
    restart: true,
    property: 'com.rocketmq.remoting.client.closeSocketIfTimeout',
  }),
  /** Seconds. */
  clientChannelMaxIdleTimeSeconds: nettyClient.int(120, {
    min: 1,
    restart: true,
    property: 'com.rocketmq.remoting.client.channel.maxIdleTimeSeconds',
  }),
};

/** The product has no bound; a thousand retries at no latency are all that virtual time should be asked for. */
const RETRIES_MAX = 1_000;

export const PRODUCER_KEYS = {
  sendMsgTimeout: producer.int(3_000, { min: 1 }),
  sendMsgMaxTimeoutPerRequest: producer.int(-1, { off: -1, min: 1, only: '5.3' }),
  retryTimesWhenSendFailed: producer.int(2, { max: RETRIES_MAX }),
  retryTimesWhenSendAsyncFailed: producer.int(2, { max: RETRIES_MAX }),
  retryAnotherBrokerWhenNotStoreOK: producer.bool(false),
  compressMsgBodyOverHowmuch: producer.int(4_096),
  maxMessageSize: producer.int(4 * MIB, { min: 1 }),
  defaultTopicQueueNums: producer.int(4, { min: 1, max: 1_024 }),
  createTopicKey: producer.text('TBW102', /^[A-Za-z0-9%_|-]{1,127}$/),
  sendLatencyFaultEnable: producer.bool(false),
  startDetectorEnable: client.bool(false, { only: '5.3', restart: true }),
  ...clientKeys,
};

export const CONSUMER_KEYS = {
  consumeFromWhere: consumer.choice(
    ['CONSUME_FROM_LAST_OFFSET', 'CONSUME_FROM_FIRST_OFFSET', 'CONSUME_FROM_TIMESTAMP'],
    'CONSUME_FROM_LAST_OFFSET',
  ),
  /** The names that the strategies give themselves (`getName`). */
  allocateMessageQueueStrategy: consumer.choice(['AVG', 'AVG_BY_CIRCLE', 'CONSISTENT_HASH'], 'AVG', {
    restart: true,
  }),
  consumeThreadMin: consumer.int(20, { min: 1, max: 1_000, restart: true }),
  consumeThreadMax: consumer.int(20, {
    min: 1,
    max: 1_000,
    restart: true,
    inert: both(
      "the pool's queue has no bound, so the pool never grows beyond consumeThreadMin",
      '线程池的队列没有上限，线程数不会超过 consumeThreadMin',
    ),
  }),
  adjustThreadPoolNumsThreshold: consumer.long(100_000, {
    inert: both('the client no longer reads it', '客户端已不再读取它'),
  }),
  consumeMessageBatchMaxSize: consumer.int(1, { min: 1, max: 1_024 }),
  consumeConcurrentlyMaxSpan: consumer.int(2_000, { min: 1, max: 65_535 }),
  pullBatchSize: consumer.int(32, { min: 1, max: 1_024 }),
  pullBatchSizeInBytes: consumer.int(262_144, { min: 1, only: '5.3' }),
  pullInterval: consumer.long(0, { max: 65_535 }),
  pullThresholdForQueue: consumer.int(1_000, { min: 1, max: 65_535 }),
  /** MiB. */
  pullThresholdSizeForQueue: consumer.int(100, { min: 1, max: 1_024 }),
  pullThresholdForTopic: consumer.int(-1, { off: -1, min: 1, max: 6_553_500 }),
  /** MiB. */
  pullThresholdSizeForTopic: consumer.int(-1, { off: -1, min: 1, max: 102_400 }),
  /** Minutes. */
  consumeTimeout: consumer.long(15, { min: 1, max: 525_600, restart: true }),
  maxReconsumeTimes: consumer.int(-1, { off: -1 }),
  suspendCurrentQueueTimeMillis: consumer.long(1_000),
  popInvisibleTime: consumer.long(60_000, { min: 5_000, max: 300_000, only: '5.3' }),
  popBatchNums: consumer.int(32, { min: 1, max: 32, only: '5.3' }),
  popThresholdForQueue: consumer.int(96, { only: '5.3' }),
  persistConsumerOffsetInterval: client.int(5_000, { min: 1, restart: true }),
  awaitTerminationMillisWhenShutdown: consumer.long(0),
  ...clientKeys,
};

/** Defaults of the queue counts are `queues` of the topic. */
export const TOPIC_KEYS = {
  readQueueNums: topic.int(8, { min: 1, max: 1_024 }),
  writeQueueNums: topic.int(8, { min: 1, max: 1_024 }),
  perm: topic.int(6, { values: PERMISSIONS }),
};

/** What the brokers keep of a consumer group. */
export const SUBSCRIPTION_GROUP_KEYS = {
  consumeEnable: group.bool(true),
  consumeBroadcastEnable: group.bool(true),
  consumeMessageOrderly: group.bool(false, { only: '5.3' }),
  retryQueueNums: group.int(1, { max: 64 }),
  retryMaxTimes: group.int(16, { off: -1 }),
};
