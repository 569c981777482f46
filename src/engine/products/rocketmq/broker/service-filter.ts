import type { MessageFilter } from '../filter/filter';
import type { Broker } from '../state';

/** What a consumer reads when a broker cannot filter as it wishes. */
export const NO_SQL = 'The broker does not support consumer to filter message by SQL92';

/** SQL92 needs `enablePropertyFilter`. [FI-5] */
export const canFilter = ({ config }: Broker, filter: MessageFilter) =>
  filter.kind !== 'sql' || config.enablePropertyFilter;
