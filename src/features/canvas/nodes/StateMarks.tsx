import type { ProcessView, ReplicaView } from '../../../engine/view';
import { formatDurationUs } from '../../../ui/format/number';
import { Belief, Stamp } from '../../../ui/kit/Stamp';
import { useNow } from '../cluster';
import { longestBelief, stampOf } from '../process-words';
import { useT } from '../use-t';

export interface StateMarksProps {
  readonly process: ProcessView;
  readonly believers?: ReplicaView['believers'];
  /** On a narrow card the stamp holds the fact alone. */
  readonly narrow?: boolean;
}

/** The fact, solid, and what others still believe, dashed with a bar that runs out. */
export function StateMarks({ process, believers = [], narrow = false }: StateMarksProps) {
  const t = useT();
  const stamp = stampOf(process, useNow(process), t);
  const belief = longestBelief(believers);
  return (
    <>
      {stamp && (
        <Stamp {...(process.state === 'frozen' && { icon: stamp.icon })}>
          {narrow || stamp.time === '' ? stamp.fact : `${stamp.fact} ${stamp.time}`}
        </Stamp>
      )}
      {belief && !narrow && (
        <Belief leftShare={belief.leftUs / belief.limitUs}>
          <BelievedAlive leftUs={belief.leftUs} />
        </Belief>
      )}
    </>
  );
}

function BelievedAlive({ leftUs }: { readonly leftUs: number }) {
  const t = useT();
  const [before, after] = t('believedAlive', { left: '\n' }).split('\n');
  return (
    <>
      {before}
      <strong>{formatDurationUs(leftUs)}</strong>
      {after}
    </>
  );
}
