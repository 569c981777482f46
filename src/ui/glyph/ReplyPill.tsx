export interface ReplyPillProps {
  /** `SEND_OK`, else the other SendStatus value, which is then written in the pill. */
  readonly status: string;
  readonly height?: number;
  /** Said to screen readers; the status itself by default. */
  readonly label?: string;
}

/** A reply on its way back: solid ink with a tick for SEND_OK, an outlined pill with the word for anything else. */
export function ReplyPill({ status, height = 10, label = status }: ReplyPillProps) {
  if (status === 'SEND_OK') {
    const scale = height / 10;
    return (
      <svg
        width={12 * scale}
        height={height}
        viewBox="0 0 12 10"
        role="img"
        aria-label={label}
        focusable={false}
      >
        <rect width="12" height="10" rx="5" fill="var(--c-ink)" />
        <path d="M3 5l2 2.2 4-4.4" stroke="var(--c-surface)" strokeWidth="1.4" fill="none" />
      </svg>
    );
  }
  return (
    <span
      role="img"
      aria-label={label}
      style={{
        display: 'inline-block',
        font: '500 var(--t-10) / 14px var(--font-mono)',
        letterSpacing: 'var(--track-mono)',
        padding: '0 6px',
        border: '1.2px solid var(--c-ink)',
        borderRadius: 8,
        background: 'var(--c-surface)',
        whiteSpace: 'nowrap',
      }}
    >
      {status}
    </span>
  );
}
