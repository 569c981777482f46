import { useState } from 'react';
import { Button } from '../../ui/kit/Button';
import { Select } from '../../ui/kit/Select';
import { Term } from '../../ui/kit/Term';
import { useCalls } from './calls';
import styles from './controls.module.css';
import type { ControlsData } from './data';
import { Fold } from './Fold';
import { resetOffset } from './model/requests';
import { NumberSetting } from './NumberSetting';
import { useT } from './texts';

const POINTS = ['time', 'earliest', 'latest', 'offset'] as const;
const OFFSET_MAX = 1_000_000_000;
/** A time that has not come yet is the end of the queues, as in the product. */
const SECONDS_MAX = 31_536_000;

/** Where a group goes on reading is set anew, to read again or to skip. */
export function ResetOffsets({ data }: { readonly data: ControlsData }) {
  const t = useT();
  return (
    <Fold title={t('resetOffsets')}>
      <ResetForm data={data} />
    </Fold>
  );
}

function ResetForm({ data: { view, settings } }: { readonly data: ControlsData }) {
  const t = useT();
  const { act } = useCalls();
  const [wantedGroup, setGroup] = useState<string | null>(null);
  const [wantedTopic, setTopic] = useState<string | null>(null);
  const [to, setTo] = useState<(typeof POINTS)[number]>('time');
  const [seconds, setSeconds] = useState(0);
  const [offset, setOffset] = useState(0);
  const group = view.consumerGroups.find(({ id }) => id === wantedGroup) ?? view.consumerGroups[0];
  if (group === undefined) return <p className={styles.note}>{t('noConsumer')}</p>;
  const topics = [...settings.topics.keys()];
  const topic = topics.find((each) => each === wantedTopic) ?? group.topics[0] ?? topics[0];
  if (topic === undefined) return <p className={styles.note}>{t('noTopic')}</p>;
  const reset = () => {
    if (to === 'time')
      return act(resetOffset(group.id, topic, { to, time: `${Math.round(seconds * 1_000)}ms` }));
    return act(resetOffset(group.id, topic, to === 'offset' ? { to, offset } : { to }));
  };
  const names = (all: readonly string[]) => all.map((value) => ({ value, label: value }));
  return (
    <form
      className={styles.form}
      aria-label={t('resetOffsets')}
      onSubmit={(event) => {
        event.preventDefault();
        reset();
      }}
    >
      <span>{t('group')}</span>
      <Select
        label={t('group')}
        options={names(view.consumerGroups.map(({ id }) => id))}
        value={group.id}
        onChange={setGroup}
        size="dense"
        className={styles.fill}
      />
      <span>{t('topic')}</span>
      <Select
        label={t('topic')}
        options={names(topics)}
        value={topic}
        onChange={setTopic}
        size="dense"
        className={styles.fill}
      />
      <span>
        <Term definition={t('resetMeans')}>{t('resetTo')}</Term>
      </span>
      <Select
        label={t('resetTo')}
        options={POINTS.map((value) => ({ value, label: t(`resetTo.${value}`) }))}
        value={to}
        onChange={setTo}
        size="dense"
        className={styles.fill}
      />
      {to === 'time' && (
        <>
          <span />
          <NumberSetting
            label={t('resetTo.time')}
            value={seconds}
            onSet={setSeconds}
            min={0}
            max={SECONDS_MAX}
            digits={3}
            unit="s"
          />
        </>
      )}
      {to === 'offset' && (
        <>
          <span />
          <NumberSetting
            label={t('resetTo.offset')}
            value={offset}
            onSet={setOffset}
            min={0}
            max={OFFSET_MAX}
          />
        </>
      )}
      <Button type="submit" className={styles.wide}>
        {t('resetNow', { group: group.id })}
      </Button>
    </form>
  );
}
