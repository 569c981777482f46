import { hashText } from '../../../core/rng';
import { defineEvent, type Handlers } from '../../../core/sim';
import { faultBehind } from '../../../model/silence';
import type { World } from '../../../model/world';
import { type Incoming, oneway, type RequestType, reply } from '../remoting';
import type { Rocket, RocketSim } from '../state';
import {
  brokerIdGiven,
  controllerLeads,
  controllerStepsDown,
  groupHeadless,
  leaderMissed,
  masterElected,
  masterElectedUnclean,
  setChanged,
} from './controller-kinds';
import { type Controller, controllerOf, type Outcome, type Proposal } from './controller-state';
import { appendVersion, requestVote, type Version, versionAppended, voteGiven } from './requests';

/**
 * The controllers' own Raft, by DLedger's times: a leader's beat each 2 s, a follower that misses it for more than
 * 6 s asks for votes after 300 to 1000 ms, a leader without a majority for 6 s steps down. What they agree on is
 * small, so a version of all of it takes the place of a log of changes.
 */
const BEAT_US = 2_000_000;
const LEAK_US = 6_000_000;
const VOTE_WAIT_US = { min: 300_000, spread: 700_001 };
const VOTE_WAIT = hashText('controller.vote-wait');
const NEVER = Number.POSITIVE_INFINITY;

const electionDue = defineEvent<Record<string, never>>('raft.election-due');
const beat = defineEvent<{ term: number }>('raft.beat');
/** This controller has become the leader, and serves. */
export const leadershipBegun = defineEvent<{ term: number }>('raft.leadership-begun');
/** A group has a new master: its brokers are to be told. */
export const groupChanged = defineEvent<{ brokerName: string }>('raft.group-changed');

const KINDS = {
  led: controllerLeads,
  'id-given': brokerIdGiven,
  elected: masterElected,
  'elected-unclean': masterElectedUnclean,
  headless: groupHeadless,
  'set-changed': setChanged,
} as const satisfies Record<Outcome['what'], unknown>;

/** The other controllers. */
const peersOf = (sim: RocketSim, node: number) =>
  [...sim.state.product.controllers.keys()].filter((peer) => peer !== node);
const majorityOf = (sim: RocketSim) => Math.floor(sim.state.product.controllers.size / 2) + 1;
const isNewer = (one: Version, other: Version) =>
  one.term > other.term || (one.term === other.term && one.index > other.index);

/** True while this controller leads and a majority has followed it in its term: it may decide. */
export function decides({ memory }: Controller): boolean {
  return memory.role === 'leader' && memory.applied.index >= memory.ownIndex;
}

/** What the next decision builds on: the newest version, committed or not. */
export const newestGroups = (controller: Controller) => controller.disk.version.groups;

export function startRaft(sim: RocketSim, node: number): void {
  if (peersOf(sim, node).length === 0) campaign(sim, node);
  else electionAt(sim, node, sim.nowUs + voteWaitUs(sim, node));
}

/** Puts a new version to the others; its proposal is settled when a majority has it. */
export function propose(
  sim: RocketSim,
  controller: Controller,
  groups: Version['groups'],
  settled: Omit<Proposal, 'version' | 'cause'>,
): void {
  const { disk, memory } = controller;
  const version: Version = { frozen: true, term: disk.term, index: disk.version.index + 1, groups };
  disk.version = version;
  memory.proposals.push({ ...settled, version, cause: sim.currentCause });
  const cause = sim.currentCause;
  sim.because(cause, () => sendVersion(sim, controller));
  sim.because(cause, () => settle(sim, controller));
}

function tell<B>(
  sim: RocketSim,
  node: number,
  peer: number,
  request: RequestType<B, undefined>,
  body: B,
): void {
  sim.because(sim.currentCause, () => oneway(sim, node, peer, request, body));
}

function sendVersion(sim: RocketSim, { node, disk }: Controller): void {
  for (const peer of peersOf(sim, node)) {
    tell(sim, node, peer, appendVersion, { term: disk.term, version: disk.version });
  }
}

function voteWaitUs(sim: RocketSim, node: number): number {
  const { memory } = controllerOf(sim, node);
  return VOTE_WAIT_US.min + sim.drawBelow(VOTE_WAIT_US.spread, node, VOTE_WAIT, memory.votesAsked++);
}

function electionAt(sim: RocketSim, node: number, atUs: number): void {
  controllerOf(sim, node).memory.electionAtUs = atUs;
  sim.at(atUs, node, electionDue, {});
}

function onElectionDue(sim: RocketSim, node: number): void {
  const { memory } = controllerOf(sim, node);
  if (sim.nowUs < memory.electionAtUs || memory.role === 'leader') return;
  if (memory.role === 'candidate' || memory.leader === undefined) {
    campaign(sim, node);
    return;
  }
  sim.emit(leaderMissed, node, memory.leader, undefined, faultBehind(sim, node, memory.leader));
  standForElection(sim, node);
}

/** It follows nobody, and asks for votes after a while that differs from controller to controller. */
function standForElection(sim: RocketSim, node: number): void {
  const { memory } = controllerOf(sim, node);
  memory.role = 'candidate';
  memory.leader = undefined;
  memory.proposals = [];
  electionAt(sim, node, sim.nowUs + voteWaitUs(sim, node));
}

function campaign(sim: RocketSim, node: number): void {
  const { disk, memory } = controllerOf(sim, node);
  disk.term++;
  disk.votedFor = node;
  memory.role = 'candidate';
  memory.leader = undefined;
  memory.votes = new Set([node]);
  const { term: lastTerm, index: lastIndex } = disk.version;
  for (const peer of peersOf(sim, node)) {
    tell(sim, node, peer, requestVote, { term: disk.term, lastTerm, lastIndex });
  }
  electionAt(sim, node, sim.nowUs + voteWaitUs(sim, node));
  countVotes(sim, node);
}

/** A higher term than its own: it follows whoever leads there. */
function enterTerm(sim: RocketSim, node: number, term: number): void {
  const { disk, memory } = controllerOf(sim, node);
  if (term <= disk.term) return;
  disk.term = term;
  disk.votedFor = undefined;
  if (memory.role === 'follower') return;
  memory.role = 'follower';
  memory.leader = undefined;
  memory.proposals = [];
  electionAt(sim, node, sim.nowUs + voteWaitUs(sim, node));
}

function onVoteAsked(
  sim: RocketSim,
  node: number,
  { from, body }: Incoming<{ term: number; lastTerm: number; lastIndex: number }>,
): void {
  enterTerm(sim, node, body.term);
  const { disk } = controllerOf(sim, node);
  const { term: lastTerm, index: lastIndex, groups } = { ...disk.version };
  const asks: Version = { frozen: true, term: body.lastTerm, index: body.lastIndex, groups };
  const behind = isNewer({ frozen: true, term: lastTerm, index: lastIndex, groups }, asks);
  const free = disk.votedFor === undefined || disk.votedFor === from;
  const granted = body.term === disk.term && free && !behind;
  if (granted) disk.votedFor = from;
  tell(sim, node, from, voteGiven, { term: disk.term, granted });
}

function onVote(
  sim: RocketSim,
  node: number,
  { from, body }: Incoming<{ term: number; granted: boolean }>,
): void {
  enterTerm(sim, node, body.term);
  const { disk, memory } = controllerOf(sim, node);
  if (memory.role !== 'candidate' || !body.granted || body.term !== disk.term) return;
  memory.votes.add(from);
  countVotes(sim, node);
}

function countVotes(sim: RocketSim, node: number): void {
  const controller = controllerOf(sim, node);
  const { disk, memory } = controller;
  if (memory.role !== 'candidate' || memory.votes.size < majorityOf(sim)) return;
  memory.role = 'leader';
  memory.leader = node;
  memory.electionAtUs = NEVER;
  memory.peers = new Map(peersOf(sim, node).map((peer) => [peer, { index: -1, answeredUs: sim.nowUs }]));
  memory.ownIndex = disk.version.index + 1;
  // Nothing of former terms is known to be committed before something of its own is.
  propose(sim, controller, disk.version.groups, {
    outcome: { what: 'led', a: disk.term, b: 0 },
    answer: undefined,
    notify: undefined,
  });
  sim.after(BEAT_US, node, beat, { term: disk.term });
}

function onBeat(sim: RocketSim, node: number, { term }: { term: number }): void {
  const controller = controllerOf(sim, node);
  const { disk, memory } = controller;
  if (memory.role !== 'leader' || disk.term !== term) return;
  let reached = 1;
  for (const { answeredUs } of memory.peers.values()) if (sim.nowUs - answeredUs <= LEAK_US) reached++;
  if (reached < majorityOf(sim)) {
    sim.emit(controllerStepsDown, node, reached, majorityOf(sim));
    standForElection(sim, node);
    return;
  }
  sendVersion(sim, controller);
  sim.after(BEAT_US, node, beat, { term });
}

function onAppend(
  sim: RocketSim,
  node: number,
  { from, body }: Incoming<{ term: number; version: Version }>,
): void {
  enterTerm(sim, node, body.term);
  const { disk, memory } = controllerOf(sim, node);
  if (body.term < disk.term) {
    tell(sim, node, from, versionAppended, { term: disk.term, index: -1 });
    return;
  }
  memory.role = 'follower';
  memory.leader = from;
  if (isNewer(body.version, disk.version)) disk.version = body.version;
  electionAt(sim, node, sim.nowUs + LEAK_US + 1_000);
  tell(sim, node, from, versionAppended, { term: disk.term, index: body.version.index });
}

function onAppended(
  sim: RocketSim,
  node: number,
  { from, body }: Incoming<{ term: number; index: number }>,
): void {
  enterTerm(sim, node, body.term);
  const controller = controllerOf(sim, node);
  const { disk, memory } = controller;
  if (memory.role !== 'leader' || body.term !== disk.term) return;
  const index = Math.max(body.index, memory.peers.get(from)?.index ?? -1);
  memory.peers.set(from, { index, answeredUs: sim.nowUs });
  settle(sim, controller);
}

/** What a majority has is applied, in order: answers go out, and brokers are told. */
function settle(sim: RocketSim, controller: Controller): void {
  const { node, disk, memory } = controller;
  const indexes = [disk.version.index, ...[...memory.peers.values()].map(({ index }) => index)];
  const committed = indexes.sort((x, y) => y - x)[majorityOf(sim) - 1] as number;
  for (;;) {
    const next = memory.proposals[0];
    if (next === undefined || next.version.index > committed) return;
    memory.proposals.shift();
    memory.applied = next.version;
    sim.because(next.cause, () => carryOut(sim, node, next));
  }
}

function carryOut(sim: RocketSim, node: number, { version, outcome, answer, notify }: Proposal): void {
  if (outcome !== undefined) sim.emit(KINDS[outcome.what], node, outcome.a, outcome.b);
  const cause = sim.currentCause;
  if (answer !== undefined) {
    const { status, body } = answer;
    sim.because(cause, () => reply(sim, node, answer, { status, body }));
  }
  if (notify !== undefined) sim.because(cause, () => sim.call(groupChanged, node, { brokerName: notify }));
  if (outcome?.what === 'led') sim.call(leadershipBegun, node, { term: version.term });
}

export function registerRaft(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(electionDue, onElectionDue)
    .on(beat, onBeat)
    .on(requestVote.event, onVoteAsked)
    .on(voteGiven.event, onVote)
    .on(appendVersion.event, onAppend)
    .on(versionAppended.event, onAppended);
}
