import { useState } from 'react';
import { Icon } from '../../ui/icons/Icon';
import { Button } from '../../ui/kit/Button';
import { LiveRegion } from '../../ui/kit/LiveRegion';
import styles from './controls.module.css';
import { useT } from './texts';

/** A line to write into a file or a terminal, with a button that copies it. */
export function CopyLine({ where, line }: { readonly where: string; readonly line: string }) {
  const t = useT();
  const [copied, setCopied] = useState<string | null>(null);
  const copy = async () => {
    await navigator.clipboard.writeText(line);
    setCopied(line);
  };
  return (
    <div className={styles.copyLine}>
      <span className={styles.where}>{where}</span>
      <code>{line}</code>
      <Button size="dense" aria-label={t('copyLine', { line })} className={styles.copy} onClick={copy}>
        <Icon name={copied === line ? 'check' : 'copy'} size={13} />
      </Button>
      <LiveRegion>{copied === line && t('copied')}</LiveRegion>
    </div>
  );
}
