import { useView } from '../cluster';
import type { NodeBox } from '../layout';
import { leaderOf } from '../shape';
import { FollowerCard } from './FollowerCard';
import { Joint } from './Joint';
import { LeaderCard } from './LeaderCard';

/** A replica group: the leader's log and queues, below it each follower with the link that feeds it. */
export function ReplicaGroupNode({ id, box }: { readonly id: string; readonly box: NodeBox }) {
  const group = useView((view) => view.groups.find((other) => other.id === id));
  const leader = group && leaderOf(group);
  const [leaderBox, ...followerBoxes] = box.cards;
  if (!group || !leader || !leaderBox) return null;
  return (
    <>
      <LeaderCard group={group.id} replica={leader} box={leaderBox} lanes={box.lanes} />
      {followerBoxes.map((followerBox) => {
        const replica = group.replicas.find(({ id: process }) => process === followerBox.process);
        if (!replica) return null;
        return (
          <div key={replica.id}>
            <Joint leader={leader} follower={replica} bottom={followerBox.y} />
            <FollowerCard
              group={group.id}
              replica={replica}
              leaderColumns={leader.strip.columns}
              box={followerBox}
            />
          </div>
        );
      })}
    </>
  );
}
