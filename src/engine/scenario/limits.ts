/** What a scenario file may hold at most. A file beyond any of these is refused whole. */

export const FILE_BYTES_MAX = 1_048_576;
export const DEPTH_MAX = 32;
/** More values than this cannot stand in a file of FILE_BYTES_MAX; it bounds objects handed over in memory. */
export const VALUES_MAX = 600_000;
export const PROCESSES_MAX = 64;
export const TOPICS_MAX = 64;
/** Queues of all topics over all their brokers, counting the larger of read and write queues. */
export const QUEUES_MAX = 1_024;
export const ACTIONS_MAX = 10_000;
export const ID_LENGTH_MAX = 64;
export const TOPIC_LENGTH_MAX = 127;
export const GROUP_LENGTH_MAX = 255;
export const TITLE_LENGTH_MAX = 200;
export const TEXT_LENGTH_MAX = 128;
export const BODY_LENGTH_MAX = 4_096;
export const SQL_LENGTH_MAX = 1_024;
export const PROPERTIES_MAX = 16;
export const BATCH_MAX = 1_000;
export const LIST_LENGTH_MAX = 256;
/** One year: far beyond every retention, and all sums of two times stay exact integers. */
export const TIME_MAX_US = 31_536_000_000_000;
