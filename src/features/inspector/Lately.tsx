import type { ProcessView } from '../../engine/view';
import { formatTimeUs } from '../../ui/format/number';
import { Section } from '../../ui/kit/Section';
import type { Mark } from '../../worker/protocol';
import { useCalls } from './calls';
import type { InspectorData } from './data';
import styles from './inspector.module.css';
import { useTexts } from './texts';

const LATELY_MAX = 5;

/** What was remarkable at a process, newest first. Each line leads to what led to it. */
export function Lately({ process, data }: { readonly process: ProcessView; readonly data: InspectorData }) {
  const { t, pick } = useTexts();
  const { showWhy } = useCalls();
  const marks = latestAt(data, process.node);
  if (marks.length === 0) return null;
  return (
    <Section title={t('lately')}>
      <ul className={styles.lately}>
        {marks.map(({ id, timeUs, untilUs, count, text }) => {
          const time = formatTimeUs(timeUs, 3);
          // Of a run of like things that goes on nobody knows yet how many there will be.
          const said =
            count > 1 && untilUs <= data.nowUs ? t('latelyTimes', { text: pick(text), count }) : pick(text);
          return (
            <li key={id}>
              <button
                type="button"
                aria-label={t('latelyWhy', { time, text: said })}
                onClick={() => showWhy(id)}
              >
                <span className={styles.time}>{time}</span>
                <span>{said}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function latestAt({ marks, nowUs }: InspectorData, node: number): readonly Mark[] {
  const latest: Mark[] = [];
  for (let i = marks.length - 1; i >= 0 && latest.length < LATELY_MAX; i--) {
    const mark = marks[i] as Mark;
    if (mark.node === node && mark.timeUs <= nowUs) latest.push(mark);
  }
  return latest;
}
