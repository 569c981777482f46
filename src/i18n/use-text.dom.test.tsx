import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { setLang } from './area';
import { common } from './areas/common';
import { useText } from './use-text';

afterEach(() => {
  cleanup();
  setLang('en');
});

function Sample() {
  const { t, lang, pick } = useText(common);
  return (
    <p>
      {lang}: {t('flush')}, {t('messages', { count: 1_204 })}, {pick({ en: 'why', zh: '为何' })}
    </p>
  );
}

it('switches in place, and tells the page', () => {
  render(<Sample />);
  screen.getByText('en: flush, 1,204 messages, why');
  act(() => setLang('zh'));
  screen.getByText('zh: 刷盘, 1,204 条消息, 为何');
  expect(document.documentElement.lang).toBe('zh-CN');
});

it('knows from a text what it must be told', () => {
  function Typed() {
    const { t } = useText(common);
    // @ts-expect-error the text needs a seed
    const none = () => t('seed');
    // @ts-expect-error there is no such text
    const unknown = () => t('seeds');
    // @ts-expect-error the text takes no value by this name
    const misspelt = () => t('seed', { sead: '1' });
    return <p title={[none, unknown, misspelt].join()}>{t('seed', { seed: '4217' })}</p>;
  }
  render(<Typed />);
  screen.getByText('seed 4217');
});
