/** Tables of `RouteInfoManager` (NS-2). */
export type NameserverTables = Record<string, never>;
