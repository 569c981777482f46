/** One piece of an icon: a line of 1.4 in the current colour, or a solid part. */
export interface IconShape {
  readonly d: string;
  readonly solid?: true;
  readonly faint?: true;
}

const line = (d: string): IconShape => ({ d });
const solid = (d: string): IconShape => ({ d, solid: true });
const box = (x: number, y: number, width: number, height: number) =>
  solid(`M${x} ${y}h${width}v${height}h${-width}z`);
const circle = (x: number, y: number, radius: number) =>
  `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`;

/** Drawn on a 16 px grid with square caps and miter joins. One icon, one meaning. */
export const ICON_SHAPES = {
  // nodes
  producer: [line('M2.5 3.5h6v9h-6zM8.5 8h5M11 5.5L13.5 8 11 10.5')],
  consumer: [line('M7.5 3.5h6v9h-6zM1.5 8h5M4.5 5.5L7 8l-2.5 2.5')],
  master: [line('M2.5 3.5h11M2.5 8h11M2.5 12.5h11'), box(2, 6.8, 7, 2.4), box(2, 2.3, 9, 2.4)],
  slave: [line('M2.5 4.5h11M2.5 11.5h11'), box(2, 10.2, 8, 2.6)],
  registry: [line('M8 2v12M8 3.5h4.5l1.5 1.7-1.5 1.8H8M8 8H3.5L2 9.7l1.5 1.8H8')],
  exchange: [line('M1.5 8h4M6 7.6L12.4 3.8M6 8h8M6 8.4l6.4 3.8'), solid(circle(6, 8, 1.9))],
  store: [line('M3 2.5h10v11H3zM3 6.2h10M3 9.8h10')],
  service: [line('M8 1.8l5.4 3.1v6.2L8 14.2l-5.4-3.1V4.9z')],

  // faults
  power: [line('M9 1.8L4 9h3.6L6.8 14.2 12 7H8.4z')],
  kill: [line('M2.5 2.5h11v11h-11zM5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2')],
  stall: [line('M5.5 3v10M10.5 3v10')],
  disk: [line('M2.5 4.5h11v7h-11zM2.5 9h11'), solid(circle(11.4, 10.3, 0.9))],
  'link-cut': [line('M1.5 8h4M10.5 8h4M6.6 4.5l2.8 7M9.4 4.5l-2.8 7')],
  'link-slow': [line('M1.5 8h2M5 8h2M8.5 8h1M11 8h.6M13.6 8h.4'), { d: 'M2 4h12M2 12h12', faint: true }],
  backlog: [line('M2.5 12.5h11M2.5 9.5h11M2.5 6.5h7M2.5 3.5h4')],

  // what happened
  lost: [line('M8 2l6.5 11.5h-13zM6 8l4 3.6M10 8l-4 3.6')],
  duplicate: [line('M5.5 5.5h8v8h-8zM2.5 10.5v-8h8')],
  order: [line('M2.5 5.5h10M10 3l2.7 2.5L10 8M13.5 11h-10M6 8.5L3.3 11 6 13.5')],
  failover: [
    line('M2.5 9.5h4v4h-4zM4.5 7.2C4.8 2.8 10.6 2.4 11.6 6M12.4 2.8l-.6 3.6-3.4-1'),
    box(8.8, 8.8, 5.4, 5.4),
  ],
  rebalance: [line('M13 6A5.2 5.2 0 0 0 3.6 5M3 10a5.2 5.2 0 0 0 9.4 1M13.2 2.6V6H9.8M2.8 13.4V10h3.4')],
  retry: [line('M3.2 8A4.9 4.9 0 1 0 5 4.2M5.4 1.2L4.8 4.4 8 5')],
  'dead-letter': [line('M5.3 2h5.4L14 5.3v5.4L10.7 14H5.3L2 10.7V5.3zM5 8h6')],
  config: [line('M2 5h12M2 11h12'), box(8.5, 3, 3, 4), box(4, 9, 3, 4)],
  outdated: [
    line(
      'M4 2.5h8M4 13.5h8M5.2 2.5c0 4 5.6 4 5.6 5.5s-5.6 1.5-5.6 5.5M10.8 2.5c0 4-5.6 4-5.6 5.5s5.6 1.5 5.6 5.5',
    ),
  ],
  time: [line(`${circle(8, 8, 5.5)}M8 5v3l2 1.4`)],
  none: [line(`${circle(8, 8, 5.5)}M4.2 11.8l7.6-7.6`)],
  check: [line('M3 8.4l3.2 3.2L13 4.8')],

  // transport
  play: [solid('M4 2.5l9.5 5.5L4 13.5z')],
  pause: [box(3.5, 3, 3.2, 10), box(9.3, 3, 3.2, 10)],
  step: [solid('M3 3l7 5-7 5z'), box(11, 3, 2.2, 10)],
  'step-back': [solid('M13 3L6 8l7 5z'), box(2.8, 3, 2.2, 10)],
  beat: [solid('M2 3.5L7.5 8 2 12.5z'), solid('M8 3.5l5.5 4.5L8 12.5z')],
  'beat-back': [solid('M14 3.5L8.5 8l5.5 4.5z'), solid('M8 3.5L2.5 8 8 12.5z')],
  start: [box(1.4, 3, 1.8, 10), solid('M14.4 3.5L9.2 8l5.2 4.5z'), solid('M9 3.5L3.8 8 9 12.5z')],
  story: [line('M1.5 8h13'), solid(circle(3, 8, 1.9)), solid(circle(7, 8, 1.9)), solid(circle(13, 8, 1.9))],

  // the application
  present: [line('M2 2.5h12v8H2zM8 10.5v3M5 13.5h6')],
  theme: [line(circle(8, 8, 5.5)), solid('M8 2.5a5.5 5.5 0 0 1 0 11z')],
  share: [line('M8 10V2.5M5 5l3-2.8L11 5M3 8.5v5h10v-5')],
  download: [line('M8 2v7.5M5 7l3 2.8L11 7M3 8.5v5h10v-5')],
  speak: [line('M6 2.5h4v6H6zM3.5 8c0 2.5 2 4 4.5 4s4.5-1.5 4.5-4M8 12v2')],
  lessons: [
    line(
      'M2.5 3h4.2c.8 0 1.3.5 1.3 1.2V13c0-.6-.6-1-1.3-1H2.5zM13.5 3H9.3C8.5 3 8 3.5 8 4.2V13c0-.6.6-1 1.3-1h4.2z',
    ),
  ],
  view: [
    line('M1.6 8C3.6 5 5.7 3.6 8 3.6S12.4 5 14.4 8C12.4 11 10.3 12.4 8 12.4S3.6 11 1.6 8z'),
    solid(circle(8, 8, 1.9)),
  ],
  search: [line(`${circle(6.8, 6.8, 4.3)}M10.2 10.2l3.6 3.6`)],
  copy: [line('M5.3 3.5H3v10.3h10V3.5h-2.3M5.6 2h4.8v3H5.6z')],
  undo: [line('M6 3L2.8 6.2 6 9.4M3.2 6.2h6.3a3.6 3.6 0 0 1 0 7.2H5.5')],
  redo: [line('M10 3l3.2 3.2L10 9.4M12.8 6.2H6.5a3.6 3.6 0 0 0 0 7.2h4')],
  fit: [line('M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3')],
  list: [line('M6.5 4h7M6.5 8h7M6.5 12h7'), box(2, 3, 2, 2), box(2, 7, 2, 2), box(2, 11, 2, 2)],
  keys: [
    line('M1.7 4h12.6v8.2H1.7zM5.4 9.8h5.2'),
    box(3.9, 6.2, 1.4, 1.4),
    box(7.3, 6.2, 1.4, 1.4),
    box(10.7, 6.2, 1.4, 1.4),
  ],
  help: [line('M5.4 6a2.6 2.6 0 1 1 3.9 2.2C8.4 8.7 8 9.2 8 10.2'), box(7.2, 11.8, 1.6, 1.6)],
  external: [line('M6.5 3.5h-3v9h9v-3M9 2.8h4.2V7M12.8 3.2L7.5 8.5')],
  more: [solid(circle(3.2, 8, 1.3)), solid(circle(8, 8, 1.3)), solid(circle(12.8, 8, 1.3))],
  plus: [line('M8 3v10M3 8h10')],
  minus: [line('M3 8h10')],
  close: [line('M4 4l8 8M12 4l-8 8')],
  down: [line('M4 6l4 4 4-4')],
  up: [line('M4 10l4-4 4 4')],
  right: [line('M6 4l4 4-4 4')],
  left: [line('M10 4L6 8l4 4')],
} as const satisfies Record<string, readonly IconShape[]>;

export type IconName = keyof typeof ICON_SHAPES;
