import { useEffect, useRef } from 'react';
import { ConsumerChip } from '../consumer/ConsumerChip';
import { hatch } from '../glyph/HatchDefs';
import { MessageGlyph } from '../glyph/MessageGlyph';
import { describeMessage, MESSAGE_STATES, type MessageState } from '../glyph/message-state';
import { readPalette } from '../glyph/paint';
import { ReplyPill } from '../glyph/ReplyPill';
import { createSpriteSheet, type SpriteKind } from '../glyph/sprites';
import { Icon } from '../icons/Icon';
import { ICON_SHAPES, type IconName } from '../icons/icon-shapes';
import { useWords } from '../words/use-words';
import styles from './gallery.module.css';
import type { Say } from './say';

const HAPPENING: readonly MessageState[] = [
  { half: true, mem: 'calm', disk: true, slave: true },
  { half: true, mem: 'volatile' },
  { delayed: true },
  { retry: 1, mem: 'calm', disk: true, slave: true },
  { dead: true },
  { duplicate: true },
  { outOfOrder: true },
  { consumed: true },
  { mem: 'volatile', slave: 'unflushed' },
];

export function GlyphsPage({ say }: { readonly say: Say }) {
  return (
    <div className={styles.columns}>
      <section className={`${styles.block} ${styles.wide}`}>
        <h2>{say('Message, by where its copies live', '消息：副本在哪里')}</h2>
        <GlyphRow states={Object.values(MESSAGE_STATES)} />
      </section>
      <section className={`${styles.block} ${styles.wide}`}>
        <h2>{say('Message, by what is happening to it', '消息：正在发生什么')}</h2>
        <GlyphRow states={HAPPENING} />
      </section>
      <section className={styles.block}>
        <h2>{say('Hatches: one meaning each', '纹样：各有一义')}</h2>
        <div className={styles.row}>
          {(['volatile', 'slave', 'lost', 'dead'] as const).map((kind) => (
            <svg key={kind} className={styles.swatch} aria-hidden>
              <rect width={44} height={30} fill={hatch(kind)} stroke="var(--c-line-2)" strokeWidth={0.8} />
            </svg>
          ))}
          {(['volatile', 'slave', 'lost', 'dead'] as const).map((kind) => (
            <svg key={kind} width={80} height={56} aria-hidden>
              <rect
                width={80}
                height={56}
                fill={hatch(kind, true)}
                stroke="var(--c-line-2)"
                strokeWidth={0.8}
              />
            </svg>
          ))}
        </div>
      </section>
      <section className={styles.block}>
        <h2>{say('Selected, replies, consumers', '选中、应答、消费者')}</h2>
        <div className={styles.row} style={{ gap: 20 }}>
          <MessageGlyph state={MESSAGE_STATES.onDisk} size="edge" selected />
          <MessageGlyph state={MESSAGE_STATES.lost} size="list" selected />
          <MessageGlyph state={MESSAGE_STATES.cacheAndSlave} size="detail" selected />
          <ReplyPill status="SEND_OK" />
          <ReplyPill status="FLUSH_DISK_TIMEOUT" />
          {[1, 2, 3, 4, 5, 6, 7].map((n) => (
            <ConsumerChip key={n} label={`C${n}`} ordinal={n} />
          ))}
          <ConsumerChip label="C3" ordinal={3} failing />
        </div>
      </section>
      <section className={`${styles.block} ${styles.wide}`}>
        <h2>{say('The same geometry on a canvas', '同一图形画在画布上')}</h2>
        <Sprites />
      </section>
      <section className={`${styles.block} ${styles.wide}`}>
        <h2>{say('Icons: 16 px grid, 1.4 stroke, square caps', '图标：16 px 网格，1.4 线宽，方头')}</h2>
        <div className={styles.icons}>
          {(Object.keys(ICON_SHAPES) as IconName[]).map((name) => (
            <div key={name} className={styles.icon}>
              <Icon name={name} size={20} />
              <span>{name}</span>
            </div>
          ))}
        </div>
      </section>
    </div>
  );
}

function GlyphRow({ states }: { readonly states: readonly MessageState[] }) {
  return (
    <div className={styles.glyphs}>
      {states.map((state) => (
        <GlyphSample key={JSON.stringify(state)} state={state} />
      ))}
    </div>
  );
}

function GlyphSample({ state }: { readonly state: MessageState }) {
  const words = useWords();
  return (
    <div className={styles.glyph}>
      <div className={styles.sizes}>
        <MessageGlyph state={state} size={44} label={null} />
        <MessageGlyph state={state} size={22} label={null} />
        {state.retry === undefined && <MessageGlyph state={state} size="lane" label={null} />}
      </div>
      <span>{describeMessage(state, words)}</span>
    </div>
  );
}

const ON_CANVAS: readonly SpriteKind[] = [
  ...Object.values(MESSAGE_STATES),
  ...HAPPENING,
  'reply-ok',
  'reply-other',
  'beat',
];

/** Redrawn on each render, so that it follows the theme. */
function Sprites() {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const dpr = window.devicePixelRatio;
    const sheet = createSpriteSheet(dpr, readPalette());
    context.setTransform(dpr, 0, 0, dpr, 0, 0);
    context.clearRect(0, 0, 1392, 60);
    ON_CANVAS.forEach((kind, i) => {
      for (const [size, dx] of [
        [28, 0],
        [14, 32],
      ] as const) {
        const { image, widthPx, heightPx } = sheet.get(kind, size);
        context.drawImage(image, 24 + i * 64 + dx - widthPx / 2, 30 - heightPx / 2, widthPx, heightPx);
      }
    });
  });
  return (
    <canvas
      ref={canvas}
      className={styles.sprites}
      width={1392 * window.devicePixelRatio}
      height={60 * window.devicePixelRatio}
      style={{ width: 1392, height: 60 }}
    />
  );
}
