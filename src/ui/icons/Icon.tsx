import { ICON_SHAPES, type IconName, type IconShape } from './icon-shapes';

export interface IconProps {
  readonly name: IconName;
  /** Width and height in px; the drawing is made for 16. */
  readonly size?: number;
  /** Said to screen readers. Left out, the icon is decoration beside a word. */
  readonly label?: string;
  readonly className?: string | undefined;
}

/** An icon in the current colour. It nests in HTML and in SVG (place it there with `x` and `y` of a `<g>`). */
export function Icon({ name, size = 16, label, className }: IconProps) {
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.4}
      strokeLinecap="square"
      strokeLinejoin="miter"
      style={{ flex: 'none' }}
      focusable={false}
      role="img"
      aria-label={label}
      aria-hidden={label === undefined}
    >
      {ICON_SHAPES[name].map((shape: IconShape) =>
        shape.solid ? (
          <path key={shape.d} d={shape.d} fill="currentColor" stroke="none" />
        ) : (
          <path key={shape.d} d={shape.d} opacity={shape.faint && 0.35} />
        ),
      )}
    </svg>
  );
}
