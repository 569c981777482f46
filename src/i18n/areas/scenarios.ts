import { area } from '../area';

/** Choosing, bringing in, taking out and resetting a scenario. */
export const scenarios = area('scenarios', {
  scenarios: { en: 'Scenarios', zh: '场景' },
  choose: { en: 'Choose a scenario', zh: '选择场景' },
  current: { en: 'running', zh: '运行中' },
  preset: { en: 'built-in {{number}}', zh: '内置 {{number}}' },
  own: { en: 'own scenario', zh: '自有场景' },
  changed: { en: { one: '{{count}} action', other: '{{count}} actions' }, zh: '{{count}} 个操作' },
  unchanged: { en: 'no action yet', zh: '还没有操作' },
  begin: { en: 'Load', zh: '载入' },
  beginOf: { en: 'Load: {{title}}', zh: '载入：{{title}}' },
  firstAction: { en: 'Do first', zh: '先试试' },
  doIt: { en: 'Do it', zh: '执行' },
  dismiss: { en: 'Hide this suggestion', zh: '隐藏此建议' },

  file: { en: 'File', zh: '文件' },
  open: { en: 'Open a file', zh: '打开文件' },
  paste: { en: 'Paste a scenario', zh: '粘贴场景' },
  pasteHint: { en: 'The text of a scenario file', zh: '场景文件的内容' },
  loadPasted: { en: 'Load the text', zh: '载入文本' },
  export: { en: 'Download with all actions', zh: '下载（含所有操作）' },
  resetAll: { en: 'Reset to the start, without actions', zh: '重置到开头，不含操作' },
  undoLast: { en: 'Undo the last action', zh: '撤销上一个操作' },

  // a cluster of one's own
  newCluster: { en: 'New cluster', zh: '新建集群' },
  newClusterOf: { en: 'Build a cluster', zh: '搭建集群' },
  replication: { en: 'replication', zh: '复制方式' },
  'rep.masterSlave': { en: 'master and slaves', zh: '主从复制' },
  'rep.actingMaster': { en: 'slave acting master', zh: '从节点代主' },
  'rep.controller': { en: 'Controller', zh: 'Controller 模式' },
  'rep.dledger': { en: 'DLedger', zh: 'DLedger 组' },
  'repMeans.masterSlave': {
    en: 'When a master dies, its slaves serve reads at most. Nobody is promoted.',
    zh: '主节点宕机后，从节点至多提供读。没有节点接替。',
  },
  'repMeans.actingMaster': {
    en: 'enableSlaveActingMaster: without its master, a slave serves reads and delivers delayed messages. Nothing is written to the group.',
    zh: 'enableSlaveActingMaster：失去主节点后，从节点代为读取和投递延迟消息。这一组不再接受写入。',
  },
  'repMeans.controller': {
    en: 'enableControllerMode: Controllers, a Raft group of their own, elect another master out of the SyncStateSet.',
    zh: 'enableControllerMode：Controller 自成一个 Raft 组，从 SyncStateSet 中选出新主。',
  },
  'repMeans.dledger': {
    en: 'enableDLegerCommitLog: the brokers of a group are a Raft group, and elect their leader themselves.',
    zh: 'enableDLegerCommitLog：同组 Broker 组成 Raft 组，自己选出 leader。',
  },
  'count.nameservers': { en: 'name servers', zh: 'NameServer 数' },
  'count.controllers': { en: 'Controllers', zh: 'Controller 数' },
  'count.groups': { en: 'broker groups', zh: 'Broker 组数' },
  'count.copies': { en: 'brokers of a group', zh: '每组 Broker 数' },
  'count.producers': { en: 'producers', zh: '生产者数' },
  'count.consumers': { en: 'consumers', zh: '消费者数' },
  disk: { en: 'disks', zh: '磁盘' },
  'disk.large': { en: '500 GB', zh: '500 GB，足够大' },
  'disk.small': { en: '2 MB, full after one burst', zh: '2 MB，一次突发即写满' },
  build: { en: 'Build and run', zh: '创建并运行' },
  buildReplaces: {
    en: 'It takes the place of the cluster that runs. Download that one first to keep it.',
    zh: '它会替换正在运行的集群。要保留后者，请先下载。',
  },

  refused: {
    en: 'This file was not loaded. The cluster above goes on.',
    zh: '文件未载入，当前集群继续运行。',
  },
  path: { en: 'Place', zh: '位置' },
  wholeFile: { en: 'the whole file', zh: '整个文件' },
  found: { en: 'Found', zh: '实际' },
  expected: { en: 'Expected', zh: '应为' },
  remedy: { en: 'Remedy', zh: '改法' },
  version: { en: 'Version', zh: '版本' },
  versionAgain: {
    en: 'Another version runs the same scenario and the same actions again from the start.',
    zh: '切换版本后，同一场景、同样的操作会从头再运行一次。',
  },
  leftOut: {
    en: {
      one: '{{version}} has not {{count}} part of it:',
      other: '{{version}} has not {{count}} parts of it:',
    },
    zh: '{{version}} 没有以下 {{count}} 项：',
  },
  notes: { en: 'Worth knowing', zh: '值得留意' },
  tooLarge: {
    en: 'The file has {{size}}; at most {{max}} are read.',
    zh: '文件有 {{size}}，最多读取 {{max}}。',
  },
});
