/**
 * Numbers as the design writes them, equal in both languages and on every machine: a comma between thousands, a point
 * before decimals, a real minus, a space before the unit. Nothing here asks the locale.
 */
const MINUS = '\u2212';

/** `1832488` → `1,832,488`; `digits` decimals are always shown. A value that rounds to nothing has no sign. */
export function formatNumber(value: number, digits = 0): string {
  const fixed = Math.abs(value).toFixed(digits);
  const [whole = '0', decimals] = fixed.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const sign = value < 0 && Number(fixed) !== 0 ? MINUS : '';
  return sign + (decimals === undefined ? grouped : `${grouped}.${decimals}`);
}

/** At most `digits` decimals, without trailing zeros: `2.9`, `87`, `0.25`. */
export function formatShort(value: number, digits = 1): string {
  const text = formatNumber(value, digits);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** `1204` → `1,204 B`. Offsets and sizes are exact, so there are no kilobytes. */
export function formatBytes(bytes: number): string {
  return `${formatNumber(bytes)} B`;
}

/** A moment of simulated time: `75500000` → `75.500 s`. */
export function formatTimeUs(timeUs: number, digits = 3): string {
  return `${formatSeconds(timeUs, digits)} s`;
}

/** The same without its unit, for a clock that sets the unit smaller. */
export function formatSeconds(timeUs: number, digits = 3): string {
  return formatNumber(timeUs / 1_000_000, digits);
}

/** How long something is, in the unit that keeps it short: `0.2 ms`, `150 ms`, `2.9 s`, `118 s`, `29 min 27 s`, `72 h`. */
export function formatDurationUs(durationUs: number): string {
  const sizeUs = Math.abs(durationUs);
  if (sizeUs >= 2 * 3_600_000_000) return `${formatShort(durationUs / 3_600_000_000)} h`;
  if (sizeUs >= 599_500_000) return minutes(durationUs);
  if (sizeUs >= 999_500) return `${formatShort(durationUs / 1_000_000, sizeUs < 99_950_000 ? 1 : 0)} s`;
  return `${formatShort(durationUs / 1_000, sizeUs < 1_000 ? 3 : 1)} ms`;
}

function minutes(durationUs: number): string {
  const seconds = Math.round(Math.abs(durationUs) / 1_000_000);
  const rest = seconds % 60;
  const whole = `${durationUs < 0 ? MINUS : ''}${Math.floor(seconds / 60)} min`;
  return rest === 0 ? whole : `${whole} ${rest} s`;
}

/** An age on a heartbeat row: always one decimal, so that the column stays aligned. */
export function formatAgeUs(ageUs: number): string {
  return formatTimeUs(ageUs, 1);
}

/** A relative change: `-0.1` → `−10%`, `0.25` → `+25%`, `0` → `0%`. */
export function formatChange(ratio: number, digits = 0): string {
  const percent = formatNumber(ratio * 100, digits);
  return `${ratio > 0 && Number(percent) !== 0 ? '+' : ''}${percent}%`;
}

/** A playback rate as its scale is marked: `0.01×`, `1000×`. */
export function formatRate(rate: number): string {
  return `${formatShort(rate, rate < 1 ? 3 : 1).replaceAll(',', '')}×`;
}
