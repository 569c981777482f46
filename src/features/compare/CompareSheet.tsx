import { Dialog } from 'radix-ui';
import { type ReactNode, useEffect, useState } from 'react';
import { common } from '../../i18n/areas/common';
import { compare } from '../../i18n/areas/compare';
import { formatTimeUs } from '../../i18n/format';
import { useText } from '../../i18n/use-text';
import { comparisonMarkdown, type VersionsCompared } from '../../state/comparison';
import { Button } from '../../ui/kit/Button';
import { IconButton } from '../../ui/kit/IconButton';
import { LiveRegion } from '../../ui/kit/LiveRegion';
import { EmptyState } from '../../ui/kit/Notice';
import { Switch } from '../../ui/kit/Switch';
import { Behind } from './Behind';
import styles from './compare.module.css';
import { RowsTable } from './RowsTable';
import type { Comparison } from './use-comparison';

export interface CompareSheetProps extends Comparison {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** The present moment of the run that is shown. */
  readonly nowUs: number;
  readonly onAgain: () => void;
  readonly onCancel: () => void;
  /** Puts a text on the clipboard. */
  readonly copy: (text: string) => Promise<void>;
}

/** Progress is shown only when it takes longer than this. */
const PATIENCE_MS = 1_000;

/** Two versions of the run side by side, over the cluster and what stands around it. The transport stays in use. */
export function CompareSheet(props: CompareSheetProps) {
  const { open, onOpenChange, compared, progress, problem, nowUs } = props;
  const { t } = useText(compare);
  const [chosen, setChosen] = useState<boolean | null>(null);
  const differences = compared?.rows.filter(({ equal }) => !equal).length ?? 0;
  const only = differences > 0 && (chosen ?? true);
  const isSlow = useSlow(progress !== null);
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Dialog.Portal>
        <Dialog.Content
          className={styles.sheet}
          aria-describedby={undefined}
          onInteractOutside={(event) => event.preventDefault()}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            (event.currentTarget as HTMLElement).focus();
          }}
          onKeyDown={(event) => event.stopPropagation()}
        >
          <Head {...props} only={only} differences={differences} onOnly={setChosen} />
          {progress !== null && isSlow && (
            <Working share={progress} timeUs={nowUs} onCancel={props.onCancel} over={compared !== null} />
          )}
          {problem !== null && (
            <p className={styles.problem} role="status">
              {problem.kind === 'cancelled' ? t('cancelled') : t('failed', { reason: problem.reason })}
            </p>
          )}
          {compared !== null && (
            <div className={styles.body}>
              <div className={styles.main}>
                {differences === 0 && (
                  <EmptyState>
                    <strong>{t('sameReport')}</strong> {t('sameReportHint', { count: compared.rows.length })}
                  </EmptyState>
                )}
                <RowsTable compared={compared} only={only} />
              </div>
              <Behind compared={compared} />
            </div>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface HeadProps extends CompareSheetProps {
  readonly only: boolean;
  readonly differences: number;
  readonly onOnly: (only: boolean) => void;
}

function Head({ compared, progress, nowUs, only, differences, onOnly, onAgain, copy }: HeadProps) {
  const { t, lang } = useText(compare);
  const words = useText(common);
  const [said, setSaid] = useState<'copied' | 'notCopied' | null>(null);
  const copying = async (text: string) => {
    setSaid(null);
    setSaid(
      await copy(text).then(
        () => 'copied' as const,
        () => 'notCopied' as const,
      ),
    );
  };
  const isElsewhere = compared !== null && compared.untilUs !== nowUs;
  return (
    <header className={styles.head}>
      <div className={styles.titles}>
        <Dialog.Title className={styles.title}>
          {t('title')}
          {compared && <small>{t('summary', { count: differences })}</small>}
        </Dialog.Title>
        <p>{compared ? <SameOf compared={compared} /> : ' '}</p>
      </div>
      {compared && (
        <div className={styles.tools}>
          <Switch
            label={t('onlyDifferences')}
            checked={only}
            disabled={differences === 0}
            onChange={onOnly}
          />
          {(isElsewhere || progress !== null) && (
            <Button icon="retry" disabled={progress !== null} onClick={onAgain}>
              {t('again', { time: formatTimeUs(nowUs, 3) })}
            </Button>
          )}
          <Button icon="copy" onClick={() => copying(comparisonMarkdown(compared, lang, !only))}>
            {t('copyMarkdown')}
          </Button>
          <Button icon="copy" onClick={() => copying(JSON.stringify(compared.reports, null, 2))}>
            {t('copyJson')}
          </Button>
          <span className={styles.said} aria-hidden>
            {said && t(said)}
          </span>
        </div>
      )}
      <LiveRegion>{said && t(said)}</LiveRegion>
      <Dialog.Close asChild>
        <IconButton variant="quiet" icon="close" label={words.t('close')} shortcut={['Esc']} />
      </Dialog.Close>
    </header>
  );
}

function SameOf({ compared }: { readonly compared: VersionsCompared }): ReactNode {
  const { t, pick } = useText(compare);
  const { title, seed, untilUs, actions } = compared;
  const values = { seed: String(seed), time: formatTimeUs(untilUs, 3) };
  return (
    <>
      <b>{pick(title)}</b> ·{' '}
      {actions === 0 ? t('sameNoAction', values) : t('same', { ...values, count: actions })}
    </>
  );
}

interface WorkingProps {
  readonly share: number;
  readonly timeUs: number;
  readonly onCancel: () => void;
  /** It lies over an older comparison. */
  readonly over: boolean;
}

function Working({ share, timeUs, onCancel, over }: WorkingProps) {
  const { t } = useText(compare);
  const words = useText(common);
  return (
    <div className={styles.working} data-over={over || undefined}>
      <p>
        {t('playing', { time: formatTimeUs(timeUs, 1) })} <b>{Math.round(share * 100)} %</b>
      </p>
      <progress className={styles.progress} aria-label={t('progress')} max={1} value={share} />
      <Button onClick={onCancel}>{words.t('cancel')}</Button>
    </div>
  );
}

/** Whether something has been going on for a while. */
function useSlow(working: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!working) return undefined;
    const timer = setTimeout(() => setSlow(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [working]);
  return slow;
}
