import { app } from '../i18n/areas/app';
import { errors } from '../i18n/areas/errors';
import { formatTimeUs } from '../i18n/format';
import { useText } from '../i18n/use-text';
import { engine } from '../state/browser-engine';
import { usePlayground } from '../state/store';
import { Button } from '../ui/kit/Button';
import { Banner } from '../ui/kit/Notice';
import { useShell } from './shell-state';

/** More lines would push the graph away; an older one shows again when a newer one is dismissed. */
const WARNINGS_MAX = 2;

/** What cannot go on, or is not what it may seem: one line each, above the graph, never in red. */
export function Banners() {
  const { t, pick } = useText(app);
  const words = useText(errors);
  const failed = usePlayground((state) => state.failed);
  const unreadable = usePlayground((state) => state.unreadable);
  const told = useShell((shell) => shell.scenariosOpen);
  const problem = usePlayground((state) => state.problem);
  const sayings = usePlayground((state) => state.sayings);
  const warnings = sayings.filter(({ kind }) => kind === 'warning').slice(-WARNINGS_MAX);
  const copyReport = async () => navigator.clipboard.writeText(await engine().failureReport());
  return (
    <>
      {failed && (
        <Banner action={<Button onClick={copyReport}>{words.t('copyReport')}</Button>}>
          {words.t('engineStopped', { time: formatTimeUs(failed.timeUs, 4), seed: String(failed.seed) })}
        </Banner>
      )}
      {unreadable && !(problem && told) && (
        <Banner
          action={
            <Button onClick={() => usePlayground.setState({ unreadable: null, problem: null })}>
              {t('dismiss')}
            </Button>
          }
        >
          {pick(unreadable)}
        </Banner>
      )}
      {warnings.map(({ id, text }) => (
        <Banner key={id} action={<Button onClick={() => engine().dismiss(id)}>{t('dismiss')}</Button>}>
          {pick(text)}
        </Banner>
      ))}
    </>
  );
}
