import { type DragEvent, type ReactNode, useId, useRef, useState } from 'react';
import { catalog, chapters } from '../../content/scenarios/catalog';
import type { CatalogEntry } from '../../content/scenarios/entry';
import type { Problem } from '../../engine/scenario/problem';
import type { Note } from '../../engine/scenario/types';
import { common } from '../../i18n/areas/common';
import { compare } from '../../i18n/areas/compare';
import { scenarios } from '../../i18n/areas/scenarios';
import { formatBytes } from '../../i18n/format';
import { useText } from '../../i18n/use-text';
import type { ProductVersion } from '../../state/engine-data';
import type { LeftOut } from '../../state/versions';
import { Button } from '../../ui/kit/Button';
import { RuleTag } from '../../ui/kit/Chip';
import { Drawer } from '../../ui/kit/Dialog';
import { Section } from '../../ui/kit/Section';
import { Segmented } from '../../ui/kit/Segmented';
import { NewCluster } from './NewCluster';
import { ProblemView } from './ProblemView';
import styles from './scenarios.module.css';

export interface ScenarioDrawerProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** The built-in scenario that runs. */
  readonly current: string | null;
  /** Actions that can be taken back. */
  readonly undo: number;
  /** Largest file that is read. */
  readonly bytesMax: number;
  /** Why the last file was refused. The run before it goes on. */
  readonly problem: Problem | null;
  /** What the scenario says correctly, and the real product treats otherwise than one may think. */
  readonly notes: readonly Note[];
  /** The product's version that runs; null while nothing does. */
  readonly version: ProductVersion | null;
  /** What was left out for it, where another version was switched to. */
  readonly leftOut: readonly LeftOut[];
  readonly onVersion: (version: ProductVersion) => void;
  /** Puts both versions of the run side by side. */
  readonly onCompare: () => void;
  readonly onBuiltIn: (id: string) => void;
  /** The text of a scenario file. */
  readonly onFile: (text: string) => void;
  /** The text of a scenario file that was built here. */
  readonly onBuild: (text: string) => void;
  readonly onExport: () => void;
  readonly onUndo: () => void;
  readonly onReset: () => void;
}

/** Built-in scenarios and files of one's own. The graph beside it stays in use. */
export function ScenarioDrawer(props: ScenarioDrawerProps) {
  const { open, onOpenChange, current, undo, problem, notes } = props;
  const { t, pick } = useText(scenarios);
  const words = useText(common);
  return (
    <Drawer open={open} onOpenChange={onOpenChange} title={t('scenarios')} side="left">
      <FileSection {...props}>
        <Button icon="download" title={t('export')} onClick={props.onExport}>
          {words.t('download')}
        </Button>
        <Button icon="undo" title={t('undoLast')} disabled={undo === 0} onClick={props.onUndo}>
          {words.t('undo')}
        </Button>
        <Button icon="start" title={t('resetAll')} onClick={props.onReset}>
          {words.t('reset')}
        </Button>
      </FileSection>
      {problem && <ProblemView problem={problem} />}
      <NewCluster version={props.version ?? '5.3'} onBuild={props.onBuild} />
      <VersionSection {...props} />
      {notes.length > 0 && (
        <Section title={t('notes')}>
          <ul className={styles.notes}>
            {notes.map(({ path, rule, message }) => (
              <li key={`${path} ${rule}`}>
                {pick(message)} {rule && <RuleTag>{rule}</RuleTag>}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {chapters.map(({ title, entries }) => (
        <section key={title.en} className={styles.chapter} aria-label={pick(title)}>
          <h3>{pick(title)}</h3>
          <ul>
            {entries.map((entry) => (
              <Entry
                key={entry.id}
                entry={entry}
                number={catalog.indexOf(entry) + 1}
                running={entry.id === current}
                onBegin={() => props.onBuiltIn(entry.id)}
              />
            ))}
          </ul>
        </section>
      ))}
    </Drawer>
  );
}

const VERSIONS: readonly ProductVersion[] = ['5.3', '4.9'];

/** The same scenario and the same actions in another version of the product. */
function VersionSection({ version, leftOut, onVersion, onCompare }: ScenarioDrawerProps) {
  const { t } = useText(scenarios);
  const words = useText(compare);
  if (version === null) return null;
  return (
    <Section title={t('version')}>
      <Segmented
        label={t('version')}
        options={VERSIONS.map((value) => ({ value, label: `RocketMQ ${value}` }))}
        value={version}
        onChange={onVersion}
        size="dense"
        fill
      />
      <p className={styles.note}>{t('versionAgain')}</p>
      <Button className={styles.compare} onClick={onCompare}>
        {words.t('title')}
      </Button>
      {leftOut.length > 0 && (
        <div role="status">
          <p className={styles.note}>{t('leftOut', { version, count: leftOut.length })}</p>
          <ul className={styles.notes}>
            {leftOut.map(({ of, what }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two actions on one process may read alike
              <li key={i}>
                {of} <code>{what}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Section>
  );
}

interface EntryProps {
  readonly entry: CatalogEntry;
  readonly number: number;
  readonly running: boolean;
  readonly onBegin: () => void;
}

function Entry({ entry, number, running, onBegin }: EntryProps) {
  const { t, pick } = useText(scenarios);
  const id = useId();
  const title = pick(titleOf(entry.file));
  return (
    <li className={styles.entry} aria-labelledby={id} data-running={running || undefined}>
      <h4 id={id}>
        <small>{String(number).padStart(2, '0')}</small>
        {title}
        {running && <span>{t('current')}</span>}
      </h4>
      <p>{pick(entry.sentence)}</p>
      <p className={styles.suggested}>
        <b>{t('firstAction')}</b> {pick(entry.first.text)}
      </p>
      <Button aria-label={t('beginOf', { title })} onClick={onBegin}>
        {t('begin')}
      </Button>
    </li>
  );
}

/** Built-in files are checked by tests, so their titles are there. */
const titleOf = (file: unknown) =>
  (file as { readonly title: { readonly en: string; readonly zh: string } }).title;

function FileSection({ bytesMax, onFile, children }: ScenarioDrawerProps & { readonly children: ReactNode }) {
  const { t } = useText(scenarios);
  const input = useRef<HTMLInputElement>(null);
  const [pasted, setPasted] = useState('');
  const [pasting, setPasting] = useState(false);
  const [tooLarge, setTooLarge] = useState<number | null>(null);

  const read = async (file: File | undefined) => {
    if (file === undefined) return;
    setTooLarge(file.size > bytesMax ? file.size : null);
    if (file.size <= bytesMax) onFile(await file.text());
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    void read(event.dataTransfer.files[0]);
  };
  return (
    <Section title={t('file')}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a shortcut; the button does the same */}
      <div className={styles.files} onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          hidden
          aria-label={t('open')}
          onChange={(event) => {
            void read(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
        <Button icon="external" onClick={() => input.current?.click()}>
          {t('open')}
        </Button>
        <Button icon="copy" pressed={pasting} onClick={() => setPasting(!pasting)}>
          {t('paste')}
        </Button>
        {children}
      </div>
      {tooLarge !== null && (
        <p className={styles.note} role="status">
          {t('tooLarge', { size: formatBytes(tooLarge), max: formatBytes(bytesMax) })}
        </p>
      )}
      {pasting && (
        <form
          className={styles.paste}
          onSubmit={(event) => {
            event.preventDefault();
            onFile(pasted);
          }}
        >
          <textarea
            aria-label={t('pasteHint')}
            placeholder={t('pasteHint')}
            rows={6}
            spellCheck={false}
            value={pasted}
            onChange={(event) => setPasted(event.target.value)}
          />
          <Button type="submit" disabled={pasted.trim() === ''}>
            {t('loadPasted')}
          </Button>
        </form>
      )}
    </Section>
  );
}
