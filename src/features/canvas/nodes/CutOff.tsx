import type { CutView, ReplicaView } from '../../../engine/view';
import { cutOff } from '../../../i18n/areas/cut-off';
import { type Translate, useText } from '../../../i18n/use-text';
import { formatNumber } from '../../../ui/format/number';
import { Tooltip } from '../../../ui/kit/Tooltip';
import { CutTail } from '../../../ui/log-strip/CutTail';
import { useSelectedMessage } from '../cluster';
import { useGraphCalls } from '../graph-calls';

type T = Translate<typeof cutOff.texts>;

export interface CutOffProps {
  readonly replica: ReplicaView;
  readonly cut: CutView;
}

/** What a replica has just cut off its log; a column leads to its message, a lost one to what took it. */
export function CutOff({ replica, cut }: CutOffProps) {
  const { t } = useText(cutOff);
  const { onPickMessage } = useGraphCalls();
  const selectedMessage = useSelectedMessage();
  const { columns } = cut;
  const selected = columns.findIndex(({ message }) => message === selectedMessage);
  const said = cutSays(replica, cut, t);
  return (
    <Tooltip side="top" content={said.map((sentence) => <span key={sentence}>{sentence}</span>)}>
      <div>
        <CutTail
          columns={columns}
          label={said.join(' ')}
          names={columns.map(({ lost }, i) =>
            t(lost ? 'cutLost' : 'cutNotLost', { position: i + 1, count: columns.length }),
          )}
          selected={selected < 0 ? undefined : selected}
          onPick={(index) => {
            const column = columns[index];
            if (column) onPickMessage(column.message);
          }}
        />
      </div>
    </Tooltip>
  );
}

/** How much was cut off, from when it was, and what of it is lost. */
function cutSays({ election }: ReplicaView, { messages, bytes, epoch, lost }: CutView, t: T): string[] {
  return [
    t(election ? 'cutOfTerm' : 'cutOfEpoch', { count: messages, bytes: formatNumber(bytes), epoch }),
    t(election ? 'cutNoMajority' : 'cutNotShared'),
    lost > 0 ? t('cutHasLost', { count: lost }) : t('cutHarmless'),
  ];
}
