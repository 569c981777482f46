import { useEffect, useId, useRef, useState } from 'react';
import type { Localized } from '../../i18n/area';
import { common } from '../../i18n/areas/common';
import { share } from '../../i18n/areas/share';
import { formatTimeUs } from '../../i18n/format';
import { useText } from '../../i18n/use-text';
import { Button } from '../../ui/kit/Button';
import { IconButton } from '../../ui/kit/IconButton';
import { LiveRegion } from '../../ui/kit/LiveRegion';
import { Popover } from '../../ui/kit/Popover';
import styles from './share.module.css';

/** A link, and what whoever opens it will see. */
export interface SharedRun {
  /** Undefined: the run is too long for a link. */
  readonly link: string | undefined;
  readonly title: Localized;
  readonly seed: number;
  readonly actions: number;
  readonly timeUs: number;
  readonly step: number;
}

export interface ShareButtonProps {
  /** Undefined while no run can be shared. */
  readonly make: () => Promise<SharedRun | undefined>;
  readonly onDownload: () => void;
  readonly disabled: boolean;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Makes a link of the run as it stands now. */
export function ShareButton({ make, onDownload, disabled, open, onOpenChange }: ShareButtonProps) {
  const { t } = useText(share);
  return (
    <Popover
      label={t('title')}
      align="end"
      open={open}
      onOpenChange={onOpenChange}
      trigger={<IconButton icon="share" label={t('title')} disabled={disabled} />}
    >
      <SharePanel make={make} onDownload={onDownload} />
    </Popover>
  );
}

const COPIED_MS = 2_000;

function SharePanel({ make, onDownload }: Pick<ShareButtonProps, 'make' | 'onDownload'>) {
  const { t, pick } = useText(share);
  const words = useText(common);
  const [run, setRun] = useState<SharedRun>();
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const holdsId = useId();
  useEffect(() => {
    let current = true;
    void make().then((made) => current && setRun(made));
    return () => {
      current = false;
    };
  }, [make]);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  if (run === undefined) return <p className={styles.making}>{t('making')}</p>;
  const { link } = run;
  const copy = async () => {
    if (link === undefined) return;
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
    } catch {
      field.current?.select(); // without the permission the text is at least ready to be copied by hand
    }
  };
  return (
    <div className={styles.panel}>
      <h2>{t('title')}</h2>
      {link === undefined ? (
        <>
          <p>{t('tooLong')}</p>
          <Button icon="download" onClick={onDownload}>
            {words.t('download')}
          </Button>
        </>
      ) : (
        <>
          <div className={styles.link}>
            <input
              ref={field}
              aria-label={t('link')}
              readOnly
              value={link}
              onFocus={(event) => event.target.select()}
            />
            <Button variant="primary" icon={copied ? 'check' : 'copy'} onClick={copy}>
              {copied ? words.t('copied') : words.t('copy')}
            </Button>
          </div>
          <p className={styles.length}>{t('length', { count: link.length })}</p>
        </>
      )}
      <h3 id={holdsId}>{t('holds')}</h3>
      <ul aria-labelledby={holdsId}>
        <li>{t('scenario', { title: pick(run.title) })}</li>
        <li>{t('seed', { seed: String(run.seed) })}</li>
        <li>{t('actions', { count: run.actions })}</li>
        <li>{t('moment', { time: formatTimeUs(run.timeUs), step: run.step })}</li>
      </ul>
      <p className={styles.note}>{t('sameRun')}</p>
      <LiveRegion>{copied && t('copied')}</LiveRegion>
    </div>
  );
}
