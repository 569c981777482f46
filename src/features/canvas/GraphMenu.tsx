import { useState } from 'react';
import { graphMenu } from '../../i18n/areas/graph-menu';
import { useText } from '../../i18n/use-text';
import { ContextMenu, type ContextMenuProps } from '../../ui/kit/Menu';
import { currentView } from './cluster';
import { linksOfEdge } from './edge-links';
import type { GraphEdge } from './flow-elements';
import type { GraphCalls } from './graph-calls';
import { linkMenu, processMenu } from './menu';
import { labelOf } from './names';
import type { Graph } from './use-graph';

/** Where and on what a menu was asked for: a process, an edge, or the graph. */
export interface MenuSubject {
  readonly at: ContextMenuProps['at'];
  readonly process: string | undefined;
  readonly edge: GraphEdge | undefined;
}

export interface GraphMenuProps {
  readonly subject: MenuSubject;
  readonly graph: Graph;
  readonly calls: GraphCalls;
  fitView(): void;
}

/** The menu of what it was opened on, with what can be done at that moment. */
export function GraphMenu(props: GraphMenuProps) {
  const { t } = useText(graphMenu);
  const [opened, setOpened] = useState<{ readonly subject: MenuSubject; readonly menu: ContextMenuProps }>();
  const { subject, graph, calls, fitView } = props;
  if (opened?.subject === subject) return <ContextMenu {...opened.menu} />;
  const view = currentView();
  if (!view) return null;
  const { at, process, edge } = subject;
  const context = { view, routes: graph.routes.routes, t, calls };
  const menu: ContextMenuProps = process
    ? { at, label: t('menuOf', { name: labelOf(view, process) }), entries: processMenu(context, process) }
    : edge
      ? { at, label: t('links'), entries: linkMenu(context, linksOfEdge(edge, graph)) }
      : {
          at,
          label: t('graphMenu'),
          entries: [
            { id: 'fit', label: t('fit'), icon: 'fit', hint: 'F', onSelect: fitView },
            { id: 'reset', label: t('reset'), icon: 'undo', hint: '0', onSelect: graph.resetLayout },
          ],
        };
  setOpened({ subject, menu });
  return <ContextMenu {...menu} />;
}
