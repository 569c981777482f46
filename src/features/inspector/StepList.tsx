import { Fragment, useState } from 'react';
import { useRules } from '../../state/use-rules';
import { cx } from '../../ui/cx';
import { formatTimeUs } from '../../ui/format/number';
import { MessageGlyph } from '../../ui/glyph/MessageGlyph';
import { Button } from '../../ui/kit/Button';
import { Code, RuleTag } from '../../ui/kit/Chip';
import { Popover } from '../../ui/kit/Popover';
import { useCalls } from './calls';
import styles from './inspector.module.css';
import { decidingSteps, STEPS_MAX, type Step } from './model/steps';
import { useT, useTexts } from './texts';

/** A story in steps: the message as it was, when, what happened, by which rule. A click goes to that moment. */
export function StepList({
  steps,
  about,
  label,
}: {
  readonly steps: readonly Step[];
  /** The message that is told of: its own name leads nowhere. */
  readonly about?: number;
  readonly label: string;
}) {
  const t = useT();
  const [all, setAll] = useState(false);
  const shown = all ? steps : decidingSteps(steps);
  return (
    <>
      <ol className={styles.steps} aria-label={label}>
        {shown.map((step) => (
          <StepRow key={step.id} step={step} about={about} />
        ))}
      </ol>
      {steps.length > STEPS_MAX && (
        <Button size="dense" className={styles.moreSteps} onClick={() => setAll(!all)}>
          {all ? t('showFewSteps') : t('showAllSteps', { count: steps.length })}
        </Button>
      )}
    </>
  );
}

function StepRow({ step, about }: { readonly step: Step; readonly about: number | undefined }) {
  const { t, pick } = useTexts();
  const { seek } = useCalls();
  const rules = useRules();
  const time = formatTimeUs(step.timeUs, 4);
  const source = rules[step.rule]?.source;
  return (
    <li className={styles.step}>
      <span className={styles.mark}>
        {step.glyph ? <MessageGlyph state={step.glyph} size={20} /> : <span className={styles.dot} />}
      </span>
      <div className={styles.stepHead}>
        <button
          type="button"
          className={styles.time}
          aria-label={t('goTo', { time })}
          onClick={() => seek(step.timeUs)}
        >
          {time}
        </button>
        <RulePopover rule={step.rule} />
      </div>
      <p className={cx(styles.sentence, step.loss && styles.loss)}>
        <Sentence text={pick(step.text)} about={about} />
      </p>
      {source && (
        <span className={styles.source}>
          <Code>{source}</Code>
        </span>
      )}
    </li>
  );
}

/** A sentence whose messages can be opened. */
function Sentence({ text, about }: { readonly text: string; readonly about: number | undefined }) {
  const { openMessage } = useCalls();
  const names = [...text.matchAll(/m-(\d{6,})/g)].filter((name) => Number(name[1]) !== about);
  return (
    <>
      {names.map(({ index, 0: name, 1: number }, i) => {
        const before = names[i - 1];
        return (
          <Fragment key={index}>
            {text.slice(before === undefined ? 0 : before.index + before[0].length, index)}
            <button type="button" className={styles.name} onClick={() => openMessage(Number(number))}>
              {name}
            </button>
          </Fragment>
        );
      })}
      {text.slice((names.at(-1)?.index ?? 0) + (names.at(-1)?.[0].length ?? 0))}
    </>
  );
}

/** The number of a rule; pressed, its sentence and where the product has it. */
function RulePopover({ rule }: { readonly rule: string }) {
  const { t, pick } = useTexts();
  const told = useRules()[rule];
  if (rule === '') return null;
  if (told === undefined) return <RuleTag>{rule}</RuleTag>;
  return (
    <Popover label={t('ruleOf', { rule })} trigger={<RuleTag>{rule}</RuleTag>} align="end">
      <div className={styles.rule}>
        <h3>{t('ruleOf', { rule })}</h3>
        <p>{pick(told)}</p>
        <Code>{told.source}</Code>
      </div>
    </Popover>
  );
}
