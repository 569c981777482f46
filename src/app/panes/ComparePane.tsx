import { CompareSheet } from '../../features/compare/CompareSheet';
import { useComparison } from '../../features/compare/use-comparison';
import { compareWithOther } from '../../state/comparison';
import { usePlayground } from '../../state/store';
import { changeShell } from '../shell-state';

const copy = (text: string) => navigator.clipboard.writeText(text);

/** The versions of the run that is shown, side by side. It compares when it is opened. */
export default function ComparePane() {
  const { start, cancel, ...comparison } = useComparison(compareWithOther);
  const nowUs = usePlayground((state) => state.nowUs);
  return (
    <CompareSheet
      {...comparison}
      open
      onOpenChange={(compareOpen) => changeShell({ compareOpen })}
      nowUs={nowUs}
      onAgain={start}
      onCancel={cancel}
      copy={copy}
    />
  );
}
