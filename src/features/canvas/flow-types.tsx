import type { EdgeProps, EdgeTypes, NodeProps, NodeTypes } from '@xyflow/react';
import { type ComponentType, lazy, Suspense } from 'react';
import { cx } from '../../ui/cx';
import { StubEdge, TrunkEdge } from './edges/BusEdges';
import { ReplicationEdge } from './edges/ReplicationEdge';
import { RibbonEdge } from './edges/RibbonEdge';
import { SendEdge } from './edges/SendEdge';
import type { GraphEdge, GraphNode } from './flow-elements';
import styles from './graph.module.css';
import { ClientNode } from './nodes/ClientNode';
import { ConsumerGroupNode } from './nodes/ConsumerGroupNode';
import { ControllerNode } from './nodes/ControllerNode';
import { RegistryNode } from './nodes/RegistryNode';
import { ReplicaGroupNode } from './nodes/ReplicaGroupNode';

const LaneNode = lazy(async () => ({ default: (await import('./lanes/LaneNode')).LaneNode }));
const LeadEdge = lazy(async () => ({ default: (await import('./lanes/LeadEdge')).LeadEdge }));

/** React Flow looks for handles in the page, and for no more than where they are: the ways come from the layout. */
function withHandles(Body: ComponentType<GraphNode['data']>) {
  return ({ data }: NodeProps<GraphNode>) => (
    <>
      <Handle type="target" side="left" />
      <Body {...data} />
      <Handle type="source" side="right" />
    </>
  );
}

function Handle({ type, side }: { readonly type: 'source' | 'target'; readonly side: 'left' | 'right' }) {
  return (
    <div
      className={cx('react-flow__handle', `react-flow__handle-${side}`, type, styles.handle)}
      data-handlepos={side}
    />
  );
}

/** Neutral kinds of nodes; the view of a product fills them. */
export const NODE_TYPES: NodeTypes = {
  client: withHandles(ClientNode),
  registry: withHandles(RegistryNode),
  controller: withHandles(ControllerNode),
  replicaGroup: withHandles(ReplicaGroupNode),
  consumerGroup: withHandles(ConsumerGroupNode),
  lane: withHandles((data) => (
    <Suspense>
      <LaneNode {...data} />
    </Suspense>
  )),
};

export const EDGE_TYPES: EdgeTypes = {
  send: ({ data }: EdgeProps<GraphEdge>) => data && 'route' in data && <SendEdge route={data.route} />,
  ribbon: ({ data }: EdgeProps<GraphEdge>) => data && 'route' in data && <RibbonEdge route={data.route} />,
  replication: ({ data }: EdgeProps<GraphEdge>) =>
    data && 'route' in data && <ReplicationEdge route={data.route} />,
  heartbeat: BusEdge,
  lead: ({ data }: EdgeProps<GraphEdge>) =>
    data &&
    'lead' in data && (
      <Suspense>
        <LeadEdge lead={data.lead} />
      </Suspense>
    ),
  poll: BusEdge,
};

function BusEdge({ data }: EdgeProps<GraphEdge>) {
  if (!data || 'route' in data || 'lead' in data) return null;
  return 'trunk' in data ? <TrunkEdge trunk={data.trunk} /> : <StubEdge stub={data.stub} />;
}
