import '@xyflow/react/dist/base.css';
import { ReactFlow, ReactFlowProvider } from '@xyflow/react';
import { lazy, type Ref, Suspense, useEffect, useImperativeHandle, useMemo, useState } from 'react';
import { selectLink, selectProcess, useSingleKeys, useStill } from './cluster';
import type { GraphCommand } from './commands';
import { linksOfEdge } from './edge-links';
import { ArrowDefs } from './edges/ArrowDefs';
import { EDGE_TYPES, NODE_TYPES } from './flow-types';
import type { MenuSubject } from './GraphMenu';
import styles from './graph.module.css';
import { type GraphCalls, GraphCallsContext } from './graph-calls';
import { Legend } from './Legend';
import { type MenuCall, useMenuCall } from './menu-call';
import { DetailContext, useZoomDetail } from './nodes/detail';
import { Starting } from './Starting';
import { FlowWords } from './travel/FlowWords';
import { GlyphList } from './travel/GlyphList';
import { TravelCanvas } from './travel/TravelCanvas';
import { useFit, ZOOM_MAX, ZOOM_MIN } from './use-fit';
import { type Graph, useGraph } from './use-graph';
import { PHONE, useMedia } from './use-media';
import { useT } from './use-t';

const PairPager = lazy(async () => ({ default: (await import('./PairPager')).PairPager }));
const GraphMenu = lazy(async () => ({ default: (await import('./GraphMenu')).GraphMenu }));

export interface GraphHandle {
  fitView(): void;
  resetLayout(): void;
}

export interface ClusterGraphProps {
  /** A fault or its end was chosen in a menu. */
  readonly onCommand: (command: GraphCommand) => void;
  /** Enter or a double click on a process. */
  readonly onInspect?: (process: string) => void;
  /** A message was picked in a log. */
  readonly onPickMessage?: (message: number) => void;
  /** Height at the lower edge that the fitted graph leaves to what stands over it. */
  readonly keptBelowPx?: number;
  readonly ref?: Ref<GraphHandle>;
}

const nothing = (): void => {};

/**
 * The live cluster: every process with what it holds, every link, everything on the wire. F fits it and 0 resets its
 * layout, unless single-letter keys are switched off.
 */
export function ClusterGraph(props: ClusterGraphProps) {
  const { onCommand, onInspect = nothing, onPickMessage = nothing, keptBelowPx = 0, ref } = props;
  const calls = useMemo(
    () => ({ onCommand, onInspect, onPickMessage }),
    [onCommand, onInspect, onPickMessage],
  );
  const phone = useMedia(PHONE);
  return (
    <GraphCallsContext value={calls}>
      {phone ? (
        <Suspense fallback={<Starting />}>
          <PairPager />
        </Suspense>
      ) : (
        <ReactFlowProvider>
          <Canvas calls={calls} keptBelowPx={keptBelowPx} handle={ref} />
        </ReactFlowProvider>
      )}
    </GraphCallsContext>
  );
}

interface CanvasProps {
  readonly calls: GraphCalls;
  readonly keptBelowPx: number;
  readonly handle: Ref<GraphHandle> | undefined;
}

function Canvas({ calls, keptBelowPx, handle }: CanvasProps) {
  const t = useT();
  const graph = useGraph();
  const detail = useZoomDetail();
  const { fitView, onMoveStart } = useFit(graph.bounds, keptBelowPx);
  const still = useStill();
  const [menu, openMenu] = useGraphMenu(graph);
  const menuCall = useMenuCall(openMenu);
  useImperativeHandle(handle, () => ({ fitView, resetLayout: graph.resetLayout }), [
    fitView,
    graph.resetLayout,
  ]);
  useGraphKeys(useSingleKeys(), fitView, graph.resetLayout);
  return (
    <DetailContext value={detail}>
      <section
        className={styles.graph}
        aria-label={t('graph')}
        aria-description={t('keysHint')}
        {...menuCall}
      >
        <ReactFlow
          nodes={graph.nodes}
          edges={graph.edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          onNodesChange={graph.onNodesChange}
          onMoveStart={onMoveStart}
          onPaneClick={() => selectProcess(null)}
          onEdgeClick={(_, edge) => {
            const link = linksOfEdge(edge, graph)[0];
            if (link) selectLink(link);
          }}
          minZoom={ZOOM_MIN}
          maxZoom={ZOOM_MAX}
          nodeDragThreshold={4}
          autoPanOnNodeDrag={false} // all of the graph is seen, and its outermost cards stand at the edge
          zoomOnDoubleClick={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          panActivationKeyCode={null}
          zoomActivationKeyCode={null}
        >
          <ArrowDefs />
          <TravelCanvas index={graph.index} moveWays={graph.moveWays} still={still} />
          <FlowWords index={graph.index} />
        </ReactFlow>
        {graph.nodes.length === 0 ? <Starting /> : <Legend />}
        <GlyphList />
      </section>
      <Suspense>
        {menu && <GraphMenu subject={menu} graph={graph} calls={calls} fitView={fitView} />}
      </Suspense>
    </DetailContext>
  );
}

/** What the menu was asked for. */
function useGraphMenu({ edges }: Graph) {
  const [subject, setSubject] = useState<MenuSubject>();
  const onOpen = ({ target, at }: MenuCall) => {
    if (!(target instanceof Element)) return;
    const process = target.closest('[data-process]')?.getAttribute('data-process');
    const edgeId = target.closest('.react-flow__edge')?.getAttribute('data-id');
    if (process) selectProcess(process);
    setSubject({ at, process: process ?? undefined, edge: edges.find(({ id }) => id === edgeId) });
  };
  return [subject, onOpen] as const;
}

function useGraphKeys(on: boolean, fitView: () => void, resetLayout: () => void): void {
  useEffect(() => {
    if (!on) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
      if (ctrlKey || metaKey || altKey || shiftKey || isTyping(target)) return;
      if (key === '0') resetLayout();
      else if (key.toLowerCase() === 'f') fitView();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [on, fitView, resetLayout]);
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
