/** The product's mark: a message glyph in ink. */
export function BrandMark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      aria-hidden
      focusable={false}
      style={{ flex: 'none' }}
    >
      <rect width="20" height="20" rx="2.5" fill="var(--c-ink)" />
      <path
        d="M5.6 4h2.6L6.8 7.3H4zM10.2 4h2.6l-1.4 3.3H8.6zM14.8 4H16v2.6l-.3.7h-2.5zM4 8.4h12v3.3H4zM4 13.3h12v2.9H4z"
        fill="var(--c-surface)"
      />
    </svg>
  );
}
