/** `PopAckConstants.REVIVE_TOPIC` of the default cluster. */
export const REVIVE_TOPIC = 'rmq_sys_REVIVE_LOG_DefaultCluster';
export const REVIVE_GROUP = 'CID_RMQ_SYS_REVIVE_GROUP';
