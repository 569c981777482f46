import { app } from '../i18n/areas/app';
import { formatTimeUs } from '../i18n/format';
import { useText } from '../i18n/use-text';
import { usePlayground } from '../state/store';
import { LiveRegion } from '../ui/kit/LiveRegion';

/** Tells the beats in words as they are passed, and what was refused: the picture for those who do not see it. */
export function Announcer() {
  const { pick } = useText(app);
  const beat = usePlayground(({ marks, nowUs }) => marks.findLast(({ timeUs }) => timeUs <= nowUs));
  const saying = usePlayground((state) => state.sayings.at(-1));
  return (
    <>
      <LiveRegion>{beat && `${formatTimeUs(beat.timeUs, 1)}: ${pick(beat.text)}`}</LiveRegion>
      <LiveRegion>{saying && saying.kind !== 'warning' && pick(saying.text)}</LiveRegion>
    </>
  );
}
