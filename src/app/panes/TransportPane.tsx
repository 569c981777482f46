import { useEffect, useMemo, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { TransportBar, type TransportData } from '../../features/transport-bar/TransportBar';
import { errors } from '../../i18n/areas/errors';
import { useText } from '../../i18n/use-text';
import { engine } from '../../state/browser-engine';
import { type Playground, usePlayground } from '../../state/store';
import type { NextEvent } from '../../worker/protocol';
import { transportCalls } from '../commands/transport-calls';
import { useProcessNames } from '../process-names';

const NEXT_EVENTS = 12;
const NOTHING_DUE: readonly NextEvent[] = [];

/** The transport bar of the run that is shown. */
export function TransportPane() {
  const data = usePlayground(useShallow(select));
  const nameOf = useProcessNames();
  const next = useNextEvents(data.playing, data.step);
  const notice = useNotice();
  return <TransportBar data={{ ...data, next, nameOf, notice }} calls={transportCalls} />;
}

function select(state: Playground): Omit<TransportData, 'next' | 'nameOf' | 'notice'> {
  const { pacing, storyRate, clockRate } = state.settings;
  return {
    step: state.step,
    nowUs: state.nowUs,
    over: state.isOver,
    playing: state.playing,
    entry: state.entries.at(-1),
    pacing,
    rate: pacing === 'story' ? storyRate : clockRate,
    rateReached: state.rateReached,
    headUs: state.headUs,
    seed: state.scenario?.seed,
    marks: state.marks,
    pending: state.isJumping,
    undo: state.undoCount,
    redo: state.redoCount,
    disabled: state.run === 0 || state.engine === 'gone',
  };
}

/** What is due next; asked only while the run stands still. */
function useNextEvents(playing: boolean, step: number): readonly NextEvent[] {
  const run = usePlayground((state) => state.run);
  const [found, setFound] = useState<{ readonly key: string; readonly events: readonly NextEvent[] }>();
  const key = `${run} ${step}`;
  useEffect(() => {
    if (playing || run === 0) return undefined;
    let current = true;
    void engine()
      .ask<'next'>({ kind: 'next', max: NEXT_EVENTS })
      .then((answer) => {
        if (current && answer.kind === 'next') setFound({ key, events: answer.events });
      });
    return () => {
      current = false;
    };
  }, [playing, run, key]);
  return !playing && found?.key === key ? found.events : NOTHING_DUE;
}

/** A jump that takes time, or what the engine had to say last, stands for a while in the place of the sentence. */
function useNotice(): string | undefined {
  const { t, pick } = useText(errors);
  const replaying = usePlayground((state) => state.replaying);
  const saying = usePlayground((state) => state.sayings.findLast(({ kind }) => kind !== 'warning'));
  const id = saying?.id;
  useEffect(() => {
    if (id === undefined) return undefined;
    const timer = setTimeout(() => engine().dismiss(id), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [id]);
  return useMemo(() => {
    if (saying) return pick(saying.text);
    return replaying === null ? undefined : t('replaying', { count: replaying.events });
  }, [saying, replaying, t, pick]);
}

const NOTICE_MS = 6_000;
