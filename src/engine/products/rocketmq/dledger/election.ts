import { hashText } from '../../../core/rng';
import { defineEvent, type Handlers } from '../../../core/sim';
import { faultBehind } from '../../../model/silence';
import { internText, type World } from '../../../model/world';
import { brokerOf, isSlave } from '../broker/store-state';
import { type Answered, invoke, reply } from '../remoting';
import type { Broker, Rocket, RocketSim } from '../state';
import { tickAtOrAfter } from '../timers';
import { actAsSlave, prepareMaster } from './broker-role';
import {
  elected,
  leaderFollowed,
  roundFailed,
  steppedDown,
  stoodForLeader,
  termHeard,
  voteGiven,
  voteRefused,
  votesAsked,
} from './dledger-kinds';
import { NOBODY, type Round } from './dledger-state';
import { endIndex, isMajority, nodesOf, othersOf, termOf } from './group';
import { forgetPuts } from './quorum';
import { beginPushing } from './replication';
import {
  askVote,
  type Beat,
  type BeatAnswer,
  leaderBeat,
  type VoteAnswer,
  type VoteAsk,
  type VoteResult,
} from './wire';

/**
 * `DLedgerLeaderElector`: a loop that looks every 10 ms. A leader beats every 2 s; a follower that has heard nothing
 * for more than 6 s becomes a candidate; a candidate asks for votes, first in the present term, in which everybody
 * has voted already, and after a pause of 300 to 1000 ms in the next one (HA-21).
 */
const LOOP = { firstUs: 10_000, periodUs: 10_000 };
const BEAT_US = 2_000_000;
const LEAK_US = 3 * BEAT_US;
const VOTE_MS = { min: 300, max: 1_000 };
const RPC_TIMEOUT_US = 3_000_000;
const VOTE_WAIT_US = 2_000_000;
/** What an entry of the trace can say. */
const SILENCE_MAX_US = 0xffff_fffe;
const DRAW = hashText('dledger.vote-interval');

const look = defineEvent<{ readonly atUs: number }>('dledger.look');
const roundLate = defineEvent<{ readonly id: number }>('dledger.round-late');
const voteAnswered = defineEvent<Answered<number, VoteAnswer>>('dledger.vote-answered');
const beatAnswered = defineEvent<Answered<number, BeatAnswer>>('dledger.beat-answered');

export function startElector(sim: RocketSim, node: number): void {
  lookAt(sim, node, sim.nowUs);
}

function lookAt(sim: RocketSim, node: number, us: number): void {
  const { raft } = brokerOf(sim, node).store.memory;
  raft.lookAtUs = tickAtOrAfter(sim, node, LOOP, Math.max(us, sim.nowUs + 1));
  sim.at(raft.lookAtUs, node, look, { atUs: raft.lookAtUs });
}

function onLook(sim: RocketSim, node: number, { atUs }: { readonly atUs: number }): void {
  const { raft, closed } = brokerOf(sim, node).store.memory;
  if (raft.lookAtUs !== atUs || raft.round !== undefined || closed) return;
  if (raft.role === 'leader') maintainLeader(sim, node);
  else if (raft.role === 'follower') maintainFollower(sim, node);
  else maintainCandidate(sim, node);
}

function maintainLeader(sim: RocketSim, node: number): void {
  const { raft } = brokerOf(sim, node).store.memory;
  if (sim.nowUs - raft.sentUs > BEAT_US) sendBeats(sim, node);
  else lookAt(sim, node, raft.sentUs + BEAT_US + 1);
}

function maintainFollower(sim: RocketSim, node: number): void {
  const { memory, disk } = brokerOf(sim, node).store;
  const silenceUs = sim.nowUs - memory.raft.heardUs;
  if (silenceUs > LEAK_US) {
    const { leader } = memory.raft;
    const fault = leader === undefined ? undefined : faultBehind(sim, node, leader);
    sim.emit(stoodForLeader, node, disk.raft.term, silenceUs, fault);
    becomeCandidate(sim, node, disk.raft.term);
    lookAt(sim, node, sim.nowUs);
  } else lookAt(sim, node, memory.raft.heardUs + LEAK_US + 1);
}

function maintainCandidate(sim: RocketSim, node: number): void {
  const { memory, disk } = brokerOf(sim, node).store;
  const { raft } = memory;
  if (sim.nowUs < raft.voteAtUs && !raft.raisesTerm) {
    lookAt(sim, node, raft.voteAtUs);
    return;
  }
  if (raft.nextTerm || raft.raisesTerm) {
    disk.raft.term = Math.max(disk.raft.term + 1, raft.knownTerm);
    disk.raft.votedFor = NOBODY;
    raft.nextTerm = false;
  }
  if (raft.raisesTerm) {
    raft.raisesTerm = false;
    raft.voteAtUs = sim.nowUs + voteIntervalUs(sim, node);
    lookAt(sim, node, raft.voteAtUs);
  } else askVotes(sim, node);
}

function voteIntervalUs(sim: RocketSim, node: number): number {
  const { raft } = brokerOf(sim, node).store.memory;
  return (VOTE_MS.min + sim.drawBelow(VOTE_MS.max - VOTE_MS.min, node, DRAW, raft.draws++)) * 1000;
}

/** The node leads no more and follows nobody; the term stays until the loop takes up a larger one. */
function becomeCandidate(sim: RocketSim, node: number, term: number): void {
  const broker = brokerOf(sim, node);
  const { raft } = broker.store.memory;
  raft.knownTerm = Math.max(raft.knownTerm, term);
  if (raft.role === 'leader') forgetPuts(sim, node);
  raft.role = 'candidate';
  raft.leader = undefined;
  if (!isSlave(broker)) actAsSlave(sim, node);
}

function becomeFollower(sim: RocketSim, node: number, leader: number): void {
  const { memory, disk } = brokerOf(sim, node).store;
  const { raft } = memory;
  if (raft.role === 'leader') forgetPuts(sim, node);
  raft.nextTerm = false;
  raft.role = 'follower';
  raft.leader = leader;
  raft.heardUs = sim.nowUs;
  sim.emit(leaderFollowed, node, leader, disk.raft.term);
  actAsSlave(sim, node);
  lookAt(sim, node, raft.heardUs + LEAK_US + 1);
}

function becomeLeader(sim: RocketSim, node: number, { term, accepted }: Round): void {
  const broker = brokerOf(sim, node);
  const { memory, disk } = broker.store;
  const { raft } = memory;
  if (disk.raft.term !== term) return;
  raft.role = 'leader';
  raft.leader = node;
  raft.sentUs = Number.NEGATIVE_INFINITY;
  raft.electedUs = sim.nowUs;
  sim.emit(elected, node, term, accepted);
  const cause = sim.currentCause;
  sim.because(cause, () => beginPushing(sim, node));
  sim.because(cause, () => prepareMaster(sim, node, term));
}

// Rounds: the loop asks all others and waits for a majority of answers.

function beginRound(sim: RocketSim, node: number, what: Round['what'], waitUs: number): Round {
  const { memory, disk } = brokerOf(sim, node).store;
  const round: Round = {
    what,
    id: ++memory.raft.rounds,
    term: disk.raft.term,
    begunUs: sim.nowUs,
    answers: 0,
    valid: 0,
    accepted: 0,
    notReady: 0,
    longerLogs: 0,
    hasLeader: false,
    inconsistent: false,
    knownTerm: disk.raft.term,
  };
  memory.raft.round = round;
  sim.after(waitUs, node, roundLate, { id: round.id });
  return round;
}

function sendBeats(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { memory, disk } = broker.store;
  memory.raft.sentUs = sim.nowUs;
  const round = beginRound(sim, node, 'heartbeats', BEAT_US);
  round.answers = 1;
  round.accepted = 1;
  const body: Beat = { frozen: true, term: disk.raft.term, leader: node };
  const cause = sim.currentCause;
  for (const { node: other } of othersOf(sim, broker)) {
    const then = { event: beatAnswered, context: round.id };
    sim.because(cause, () =>
      invoke(sim, node, other, leaderBeat, body, { timeoutUs: RPC_TIMEOUT_US, mode: 'async', then }),
    );
  }
}

function askVotes(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { raft } = broker.store.disk;
  const end = endIndex(broker);
  sim.emit(votesAsked, node, raft.term, end + 1);
  const { draws } = broker.store.memory.raft;
  const waitUs = VOTE_WAIT_US + sim.drawBelow(VOTE_MS.max, node, DRAW, draws) * 1000;
  broker.store.memory.raft.draws++;
  const round = beginRound(sim, node, 'votes', waitUs);
  const body: VoteAsk = {
    frozen: true,
    term: raft.term,
    candidate: node,
    endIndex: end,
    endTerm: termOf(broker, end),
  };
  const cause = sim.currentCause;
  sim.because(cause, () => countVote(sim, node, round, vote(sim, node, body)));
  for (const { node: other } of othersOf(sim, broker)) {
    const then = { event: voteAnswered, context: round.id };
    sim.because(cause, () =>
      invoke(sim, node, other, askVote, body, { timeoutUs: RPC_TIMEOUT_US, mode: 'async', then }),
    );
  }
}

function countVote(sim: RocketSim, node: number, round: Round, answer: VoteAnswer | undefined): void {
  const broker = brokerOf(sim, node);
  round.answers++;
  if (answer !== undefined) {
    round.valid++;
    const { result, term } = answer;
    if (result === 'ACCEPT') round.accepted++;
    else if (result === 'REJECT_ALREADY_HAS_LEADER') round.hasLeader = true;
    else if (result === 'REJECT_TERM_NOT_READY') round.notReady++;
    else if (result === 'REJECT_EXPIRED_VOTE_TERM' || result === 'REJECT_TERM_SMALL_THAN_LEDGER')
      round.knownTerm = Math.max(round.knownTerm, term);
    else if (result !== 'REJECT_ALREADY_VOTED') round.longerLogs++;
  }
  const decided = round.hasLeader || isMajority(sim, broker, round.accepted + round.notReady);
  if (decided || round.answers === nodesOf(sim, broker).length) endVotes(sim, node, round);
}

/** `ParseResult`: what the answers mean, and when to ask again. */
function endVotes(sim: RocketSim, node: number, round: Round): void {
  const broker = brokerOf(sim, node);
  const { raft } = broker.store.memory;
  const majority = (count: number) => isMajority(sim, broker, count);
  raft.round = undefined;
  const pause = (moreUs: number) => {
    const pauseUs = voteIntervalUs(sim, node) + moreUs;
    raft.voteAtUs = sim.nowUs + pauseUs;
    sim.emit(roundFailed, node, round.accepted, pauseUs);
  };
  if (round.knownTerm > round.term) {
    raft.nextTerm = true;
    pause(0);
    becomeCandidate(sim, node, round.knownTerm);
  } else if (round.hasLeader) pause(LEAK_US);
  else if (!majority(round.valid)) pause(0);
  else if (!majority(round.valid - round.longerLogs)) pause(VOTE_MS.max * 1000);
  else if (majority(round.accepted)) becomeLeader(sim, node, round);
  // With those that take the term up just now there is a majority: the next look asks again at once.
  else if (!majority(round.accepted + round.notReady)) {
    raft.nextTerm = true;
    pause(0);
  }
  lookAt(sim, node, sim.nowUs);
}

function countBeat(sim: RocketSim, node: number, round: Round, answer: BeatAnswer | undefined): void {
  const broker = brokerOf(sim, node);
  round.answers++;
  if (answer?.code === 'SUCCESS') round.accepted++;
  else if (answer?.code === 'TERM_NOT_READY') round.notReady++;
  else if (answer?.code === 'EXPIRED_TERM') round.knownTerm = Math.max(round.knownTerm, answer.term);
  else if (answer?.code === 'INCONSISTENT_LEADER') round.inconsistent = true;
  const decided = isMajority(sim, broker, round.accepted + round.notReady);
  if (decided || round.answers === nodesOf(sim, broker).length) endBeats(sim, node, round);
}

function endBeats(sim: RocketSim, node: number, round: Round): void {
  const broker = brokerOf(sim, node);
  const { raft } = broker.store.memory;
  raft.round = undefined;
  if (isMajority(sim, broker, round.accepted)) raft.quorumUs = round.begunUs;
  else if (raft.role === 'leader') {
    const silenceUs = sim.nowUs - raft.quorumUs;
    if (isMajority(sim, broker, round.accepted + round.notReady)) raft.sentUs = Number.NEGATIVE_INFINITY;
    else if (round.knownTerm > round.term) stepDown(sim, node, round.knownTerm, silenceUs);
    else if (round.inconsistent || silenceUs > LEAK_US) stepDown(sim, node, round.term, silenceUs);
  }
  lookAt(sim, node, sim.nowUs);
}

function stepDown(sim: RocketSim, node: number, term: number, silenceUs: number): void {
  sim.emit(steppedDown, node, brokerOf(sim, node).store.disk.raft.term, Math.min(silenceUs, SILENCE_MAX_US));
  becomeCandidate(sim, node, term);
}

// What others ask.

/** `handleVote`, for another node or for itself. */
function vote(sim: RocketSim, node: number, ask: VoteAsk): VoteAnswer {
  const broker = brokerOf(sim, node);
  const { raft } = broker.store.disk;
  const result = judgeVote(sim, broker, ask);
  if (result === 'ACCEPT') {
    raft.votedFor = ask.candidate;
    sim.emit(voteGiven, node, ask.candidate, ask.term);
  } else sim.emit(voteRefused, node, ask.candidate, internText(sim.state.arena, result));
  const term = result === 'REJECT_TERM_SMALL_THAN_LEDGER' ? termOf(broker, endIndex(broker)) : raft.term;
  return { term, result };
}

function judgeVote(sim: RocketSim, broker: Broker, ask: VoteAsk): VoteResult {
  const { memory, disk } = broker.store;
  const end = endIndex(broker);
  const endTerm = termOf(broker, end);
  if (ask.endTerm < endTerm) return 'REJECT_EXPIRED_LEDGER_TERM';
  if (ask.endTerm === endTerm && ask.endIndex < end) return 'REJECT_SMALL_LEDGER_END_INDEX';
  if (ask.term < disk.raft.term) return 'REJECT_EXPIRED_VOTE_TERM';
  if (ask.term > disk.raft.term) {
    hearTerm(sim, broker.node, ask.candidate, ask.term);
    return 'REJECT_TERM_NOT_READY';
  }
  const { votedFor } = disk.raft;
  if (votedFor !== NOBODY && votedFor !== ask.candidate)
    return memory.raft.leader === undefined ? 'REJECT_ALREADY_VOTED' : 'REJECT_ALREADY_HAS_LEADER';
  return ask.term < endTerm ? 'REJECT_TERM_SMALL_THAN_LEDGER' : 'ACCEPT';
}

function hearTerm(sim: RocketSim, node: number, from: number, term: number): void {
  const { raft } = brokerOf(sim, node).store.memory;
  sim.emit(termHeard, node, from, term);
  becomeCandidate(sim, node, term);
  raft.raisesTerm = true;
  if (raft.round === undefined) lookAt(sim, node, sim.nowUs);
}

function onBeat(sim: RocketSim, node: number, { term, leader }: Beat): BeatAnswer {
  const { memory, disk } = brokerOf(sim, node).store;
  const { raft } = memory;
  const own = disk.raft.term;
  if (term < own) return { term: own, code: 'EXPIRED_TERM' };
  if (term > own) {
    hearTerm(sim, node, leader, term);
    return { term: own, code: 'TERM_NOT_READY' };
  }
  if (raft.leader === undefined) becomeFollower(sim, node, leader);
  else if (raft.leader === leader) raft.heardUs = sim.nowUs;
  else return { term: own, code: 'INCONSISTENT_LEADER' };
  return { term: own, code: 'SUCCESS' };
}

export function registerElection(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(look, onLook)
    .on(roundLate, (sim, node, { id }) => {
      const { round } = brokerOf(sim, node).store.memory.raft;
      if (round?.id !== id) return;
      if (round.what === 'votes') endVotes(sim, node, round);
      else endBeats(sim, node, round);
    })
    .on(voteAnswered, (sim, node, { context, outcome }) => {
      const { round } = brokerOf(sim, node).store.memory.raft;
      if (round?.id === context) countVote(sim, node, round, outcome.ok ? outcome.body : undefined);
    })
    .on(beatAnswered, (sim, node, { context, outcome }) => {
      const { round } = brokerOf(sim, node).store.memory.raft;
      if (round?.id === context) countBeat(sim, node, round, outcome.ok ? outcome.body : undefined);
    })
    .on(askVote.event, (sim, node, incoming) =>
      reply(sim, node, incoming, { body: vote(sim, node, incoming.body) }),
    )
    .on(leaderBeat.event, (sim, node, incoming) =>
      reply(sim, node, incoming, { body: onBeat(sim, node, incoming.body) }),
    );
}
