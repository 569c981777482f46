/** Where a broker keeps transactions (`TopicValidator`, `TransactionalMessageUtil`); each topic has one queue. */
export const HALF_TOPIC = 'RMQ_SYS_TRANS_HALF_TOPIC';
export const OP_TOPIC = 'RMQ_SYS_TRANS_OP_HALF_TOPIC';
export const CHECK_MAX_TOPIC = 'TRANS_CHECK_MAX_TIME_TOPIC';
/** The group under which the check service keeps its two offsets. */
export const CHECK_GROUP = 'CID_RMQ_SYS_TRANS';
