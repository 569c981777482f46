/** Length of the warm-up of a warm start: processes start in its first half, routes settle in the second. */
export const WARM_UP_US = 120_000_000;
