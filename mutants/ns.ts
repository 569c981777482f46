import type { Mutant } from '../scripts/mutation';

const NAMESERVER = 'src/engine/products/rocketmq/nameserver/nameserver.ts';
const REGISTRATION = 'src/engine/products/rocketmq/nameserver/registration.ts';
const REGISTERING = 'src/engine/products/rocketmq/broker/registration.ts';
const IDLE = 'src/engine/products/rocketmq/idle.ts';
const MEMBERS = 'src/engine/products/rocketmq/broker/member-group.ts';
const REMOVAL = 'src/engine/products/rocketmq/nameserver/removal.ts';

export default [
  {
    rule: 'NS-1',
    says: 'a restarted name server has the routes of another one',
    file: NAMESERVER,
    find: 'nameserver.tables = createTables(sim.nowUs);\n  baseTimers(sim, node);',
    replace:
      'nameserver.tables = [...sim.state.product.nameservers.values()].at(-1)!.tables;\n  baseTimers(sim, node);',
  },
  {
    rule: 'NS-7',
    says: 'a slave is told itself instead of its master',
    file: REGISTRATION,
    find: 'broker.addrs.get(MASTER_ID);',
    replace: 'broker.addrs.get(brokerId);',
  },
  {
    rule: 'NS-10',
    says: 'a single topic of a broker that is not listed is taken',
    file: REGISTRATION,
    find: 'if (!listed && request.incremental) {',
    replace: 'if (listed && request.incremental) {',
  },
  {
    rule: 'NS-10',
    says: 'a slave that was made master stands under its old id as well',
    file: REGISTRATION,
    find: 'if (at === address && id !== brokerId) broker.addrs.delete(id);',
    replace: '{}',
  },
  {
    rule: 'NS-11',
    says: 'a lower stateVersion replaces a higher one',
    file: REGISTRATION,
    find: 'known.dataVersion.stateVersion > request.dataVersion.stateVersion',
    replace: 'known.dataVersion.stateVersion < request.dataVersion.stateVersion',
  },
  {
    rule: 'NS-11',
    says: 'the first of two processes with one name and id keeps it',
    file: REGISTRATION,
    find: 'known.dataVersion.stateVersion > request.dataVersion.stateVersion',
    replace: 'known.dataVersion.stateVersion >= request.dataVersion.stateVersion',
  },
  {
    rule: 'NS-12',
    says: 'the topics of a slave count although its master is listed',
    file: REGISTRATION,
    find: 'brokerId === Math.min(...broker.addrs.keys());',
    replace: 'true;',
  },
  {
    rule: 'NS-12',
    says: 'a 4.9 slave publishes topics',
    file: REGISTRATION,
    find: 'request.enableActingMaster !== undefined &&\n',
    replace: '\n',
  },
  {
    rule: 'NS-13',
    says: 'a topic that a registration lacks is deleted by default',
    file: REGISTRATION,
    find: '    if (config.deleteTopicWithBrokerRegistration) {',
    replace: '    {',
  },
  {
    rule: 'NS-14',
    says: 'every registration writes the queues again',
    file: REGISTRATION,
    find: 'const changed = first ||',
    replace: 'const changed = true ||',
  },
  {
    rule: 'NS-15',
    says: 'the end of a connection removes nobody',
    file: REMOVAL,
    find: 'submit(sim, nameserver, { frozen: true, brokerName, brokerId, address: peer });',
    replace:
      'if (brokerId < 0) submit(sim, nameserver, { frozen: true, brokerName, brokerId, address: peer });',
  },
  {
    rule: 'NS-16',
    says: 'a 4.9 name server scans as often as a 5.3 one',
    file: NAMESERVER,
    find: "sim.state.product.version === '4.9' ? scan4 : scan5",
    replace: 'scan5',
  },
  {
    rule: 'NS-16',
    says: 'a registration expires after a minute',
    file: REGISTRATION,
    find: 'const EXPIRED_US = 120_000_000;',
    replace: 'const EXPIRED_US = 60_000_000;',
  },
  {
    rule: 'NS-17',
    says: 'the end of an older connection removes a broker',
    file: REMOVAL,
    find: 'if (live.conn !== conn) {',
    replace: 'if (live.conn < 0) {',
  },
  {
    rule: 'NS-17',
    says: 'removals wait without a limit',
    file: REMOVAL,
    find: 'tables.unregistering.length >= config.unRegisterBrokerQueueCapacity',
    replace: 'tables.unregistering.length < 0',
  },
  {
    rule: 'NS-18',
    says: 'the queues of a group go with its master',
    file: REMOVAL,
    find: 'if (broker.addrs.size === 0) {',
    replace: 'if (!broker.addrs.has(MASTER_ID)) {',
  },
  {
    rule: 'NS-18',
    says: 'the queues of a group outlive its last address',
    file: REMOVAL,
    find: 'const topics = dropQueues(tables, brokerName);',
    replace: 'const topics = 0;',
  },
  {
    rule: 'NS-21',
    says: 'a topic that nobody has gets an empty route',
    file: NAMESERVER,
    find: 'if (rows.length === 0 || brokers.length === 0) return undefined;',
    replace: '',
  },
  {
    rule: 'NS-21',
    says: 'needWaitForService waits for nothing',
    file: NAMESERVER,
    find: 'config.needWaitForService && sim.nowUs < readyUs',
    replace: 'config.needWaitForService && sim.nowUs > readyUs',
  },
  {
    rule: 'NS-4',
    says: 'a broker registers with one name server only',
    file: REGISTERING,
    find: 'for (const nameserver of sim.state.product.nameservers.keys()) {',
    replace: 'for (const nameserver of [...sim.state.product.nameservers.keys()].slice(0, 1)) {',
  },
  {
    rule: 'NS-5',
    says: 'the second registration comes after 20 s',
    file: REGISTERING,
    find: 'const FIRST_US = 10_000_000;',
    replace: 'const FIRST_US = 20_000_000;',
  },
  {
    rule: 'NS-5',
    says: 'registerNameServerPeriod may have any value',
    file: REGISTERING,
    find: 'Math.min(Math.max(config.registerNameServerPeriod, PERIOD_MS.min), PERIOD_MS.max)',
    replace: 'config.registerNameServerPeriod',
  },
  {
    rule: 'NS-6',
    says: 'a new topic waits for the next registration',
    file: REGISTERING,
    find: '  registerWithAll(sim, broker, [withBrokerPermission(broker, topic)], true, NO_ROUND);\n',
    replace: '',
  },
  {
    rule: 'NS-8',
    says: 'the acting-master mode has no heartbeats of its own',
    file: MEMBERS,
    find: '  startTimer(sim, node, heartbeatTimer, periodUs);\n',
    replace: '',
  },
  {
    rule: 'NS-8',
    says: 'light heartbeats come every 10 s',
    file: MEMBERS,
    find: 'const periodUs = config.brokerHeartbeatInterval * 1000;',
    replace: 'const periodUs = config.brokerHeartbeatInterval * 10_000;',
  },
  {
    rule: 'NS-9',
    says: 'a broker that shuts down goes on registering',
    file: REGISTERING,
    find: '  brokerOf(sim, node).store.memory.stopping = true;\n',
    replace: '',
  },
  {
    rule: 'NS-9',
    says: 'a broker that shuts down unregisters nowhere',
    file: REGISTERING,
    find: '  withdrawFrom(sim, node, [...sim.state.product.nameservers.keys()]);',
    replace: '  withdrawFrom(sim, node, []);',
  },
  {
    rule: 'NS-20',
    says: 'a silent broker is dropped after a minute',
    file: IDLE,
    find: ': server.config.serverChannelMaxIdleTimeSeconds;',
    replace: ': 60;',
  },
] satisfies readonly Mutant[];
