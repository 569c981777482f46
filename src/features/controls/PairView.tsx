import type { ReplicaGroupView, ReplicaView } from '../../engine/view';
import { NumberField } from '../../ui/kit/NumberField';
import { Segmented } from '../../ui/kit/Segmented';
import type { Change } from './ChangeNote';
import { useCalls } from './calls';
import styles from './controls.module.css';
import type { ControlsData } from './data';
import { KeyName } from './KeyName';
import { leaderIn } from './model/cluster';
import { setConfig, slowLink } from './model/requests';
import { NumberSetting } from './NumberSetting';
import { useT } from './texts';

const CHOICES = {
  flushDiskType: [
    { value: 'ASYNC_FLUSH', label: 'ASYNC' },
    { value: 'SYNC_FLUSH', label: 'SYNC' },
  ],
  brokerRole: [
    { value: 'ASYNC_MASTER', label: 'ASYNC' },
    { value: 'SYNC_MASTER', label: 'SYNC' },
  ],
} as const;

interface PairViewProps {
  readonly data: ControlsData;
  readonly onChanged: (change: Change) => void;
}

/** The two settings that decide what SEND_OK is worth, for the masters of all groups, two beside each other. */
export function PairView({ data, onChanged }: PairViewProps) {
  const { groups } = data.view;
  const pairs = Array.from({ length: Math.ceil(groups.length / 2) }, (_, i) =>
    groups.slice(2 * i, 2 * i + 2),
  );
  return pairs.map((pair) => <Pair key={pair[0]?.id} pair={pair} data={data} onChanged={onChanged} />);
}

function Pair({ pair, data, onChanged }: PairViewProps & { readonly pair: readonly ReplicaGroupView[] }) {
  const t = useT();
  const linked = pair.some((group) => followerIn(group) !== undefined);
  return (
    <div className={styles.pair} data-single={pair.length === 1 || undefined}>
      {pair.map((group) => (
        <span key={group.id} className={styles.groupName}>
          {group.id}
        </span>
      ))}
      {(['flushDiskType', 'brokerRole'] as const).map((key) => (
        <Row key={key} label={<KeyName name={key} />}>
          {pair.map((group) => (
            <Choice key={group.id} group={group} name={key} data={data} onChanged={onChanged} />
          ))}
        </Row>
      ))}
      {linked && (
        <Row label={t('haLinkDelay')}>
          {pair.map((group) => (
            <LinkDelay key={group.id} group={group} data={data} />
          ))}
        </Row>
      )}
    </div>
  );
}

function Row({ label, children }: { readonly label: React.ReactNode; readonly children: React.ReactNode }) {
  return (
    <>
      <span className={styles.pairLabel}>{label}</span>
      {children}
    </>
  );
}

interface ChoiceProps extends PairViewProps {
  readonly group: ReplicaGroupView;
  readonly name: keyof typeof CHOICES;
}

function Choice({ group, name, data, onChanged }: ChoiceProps) {
  const t = useT();
  const { act } = useCalls();
  const leader = leaderIn(group);
  const setting = data.settings.processes.get(leader?.id ?? '');
  if (leader === undefined || setting?.role !== 'broker') return <span />;
  return (
    <Segmented<string>
      label={t('keyOf', { key: name, name: leader.id })}
      options={CHOICES[name]}
      value={setting.spec.config[name]}
      onChange={(value) => {
        act(setConfig(leader.id, name, value));
        onChanged({ target: leader.id, role: 'broker', key: name, value });
      }}
      size="dense"
      mono
      fill
    />
  );
}

function LinkDelay({ group, data }: { readonly group: ReplicaGroupView; readonly data: ControlsData }) {
  const t = useT();
  const { act } = useCalls();
  const leader = leaderIn(group);
  const follower = followerIn(group);
  const label = t('haLinkDelayOf', { name: group.id });
  if (leader === undefined || follower?.feed === undefined) {
    return <NumberField label={label} value={0} onChange={() => {}} disabled />;
  }
  const { environment } = data.scenario;
  const own = environment.links.find(
    ({ between }) => between.includes(leader.id) && between.includes(follower.id),
  );
  return (
    <NumberSetting
      label={label}
      value={follower.feed.latencyUs / 1_000}
      onSet={(latencyMs) => act(slowLink([leader.id, follower.id], latencyMs))}
      min={0}
      max={3_600_000}
      digits={3}
      unit="ms"
      modified={follower.feed.latencyUs !== (own ?? environment.network).latencyUs}
    />
  );
}

function followerIn(group: ReplicaGroupView): ReplicaView | undefined {
  return group.replicas.find(({ role }) => role === 'follower');
}
