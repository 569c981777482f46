import { useEffect, useState } from 'react';
import { EmptyState } from '../../ui/kit/Notice';
import type { AnswerTo } from '../../worker/protocol';
import { useTexts } from './texts';

/** A word only when an answer takes longer than this. */
const SOON_MS = 400;

/** While the engine is asked, or why it cannot answer. */
export function Waiting({ answer }: { readonly answer: AnswerTo<'none'> | undefined }) {
  const { t, pick } = useTexts();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), SOON_MS);
    return () => clearTimeout(timer);
  }, []);
  if (answer !== undefined) return <EmptyState>{pick(answer.reason)}</EmptyState>;
  return late ? <EmptyState>{t('asking')}</EmptyState> : null;
}
