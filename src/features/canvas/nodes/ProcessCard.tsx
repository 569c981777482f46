import type { CSSProperties, KeyboardEvent, ReactNode } from 'react';
import type { ProcessView } from '../../../engine/view';
import { cx } from '../../../ui/cx';
import { selectProcess, useSelectedProcess } from '../cluster';
import { useGraphCalls } from '../graph-calls';
import type { CardBox } from '../layout';
import { lookOf } from '../process-words';
import styles from './card.module.css';
import { useDetail } from './detail';

export interface ProcessCardProps {
  readonly process: ProcessView;
  readonly box: CardBox;
  /** Its state in words. */
  readonly says: string;
  readonly className?: string | undefined;
  readonly style?: CSSProperties;
  readonly onHover?: (hovered: boolean) => void;
  readonly children: ReactNode;
}

/**
 * The card of one process. A button lies under its drawing and is its tab stop: a click selects, Enter also opens the
 * inspector. What can be picked inside the drawing lies above the button.
 */
export function ProcessCard(props: ProcessCardProps) {
  const { process, box, says, className, style, onHover, children } = props;
  const detail = useDetail();
  const selected = useSelectedProcess() === process.id;
  const { onInspect } = useGraphCalls();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    selectProcess(process.id);
    onInspect(process.id);
  };
  return (
    <div
      className={cx(styles.card, className)}
      data-process={process.id}
      data-look={lookOf(process)}
      data-detail={detail}
      data-selected={selected || undefined}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height, ...style }}
      onPointerEnter={onHover && (() => onHover(true))}
      onPointerLeave={onHover && (() => onHover(false))}
    >
      <button
        type="button"
        className={styles.hit}
        aria-label={says}
        aria-pressed={selected}
        onClick={() => selectProcess(process.id)}
        onDoubleClick={() => onInspect(process.id)}
        onKeyDown={onKeyDown}
      />
      <div className={styles.content}>{children}</div>
    </div>
  );
}
