import { svgPath } from '../path';
import type { Lead } from '../route-types';
import styles from './lanes.module.css';

/** Where messages that could not be consumed go. */
export function LeadEdge({ lead }: { readonly lead: Lead }) {
  return <path className={styles.lead} d={svgPath(lead.path)} markerEnd="url(#graph-arrow-ink)" />;
}
