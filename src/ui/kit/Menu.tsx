import { ContextMenu as RadixContext, DropdownMenu as RadixDropdown } from 'radix-ui';
import { type ReactElement, useEffect, useRef } from 'react';
import { Icon } from '../icons/Icon';
import type { IconName } from '../icons/icon-shapes';
import styles from './floating.module.css';

export type MenuEntry =
  | {
      readonly id: string;
      readonly label: string;
      readonly icon?: IconName;
      /** The key that does the same, or a short value. */
      readonly hint?: string;
      readonly disabled?: boolean;
      readonly onSelect: () => void;
    }
  | { readonly heading: string }
  | 'separator';

interface MenuProps {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly children: ReactElement;
}

/** A menu that a button opens. */
export function Menu({ label, entries, children, align = 'start' }: MenuProps & { align?: 'start' | 'end' }) {
  return (
    <RadixDropdown.Root modal={false}>
      <RadixDropdown.Trigger asChild>{children}</RadixDropdown.Trigger>
      <RadixDropdown.Portal>
        <RadixDropdown.Content
          className={styles.menu}
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
        >
          {entries.map((entry, i) => (
            <Entry key={entryKey(entry, i)} entry={entry} parts={RadixDropdown} />
          ))}
        </RadixDropdown.Content>
      </RadixDropdown.Portal>
    </RadixDropdown.Root>
  );
}

export interface ContextMenuProps {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  /** Where on the page it was asked for; each new object opens it there. */
  readonly at: { readonly x: number; readonly y: number };
}

/** A menu at a point: on the second button of the mouse, on a long press and on the menu key. */
export function ContextMenu({ label, entries, at }: ContextMenuProps) {
  const trigger = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const event = { clientX: at.x, clientY: at.y, bubbles: true, cancelable: true };
    trigger.current?.dispatchEvent(new MouseEvent('contextmenu', event));
  }, [at]);
  return (
    <RadixContext.Root modal={false}>
      <RadixContext.Trigger asChild>
        <span ref={trigger} hidden />
      </RadixContext.Trigger>
      <RadixContext.Portal>
        <RadixContext.Content className={styles.menu} aria-label={label} collisionPadding={8}>
          {entries.map((entry, i) => (
            <Entry key={entryKey(entry, i)} entry={entry} parts={RadixContext} />
          ))}
        </RadixContext.Content>
      </RadixContext.Portal>
    </RadixContext.Root>
  );
}

/** Both menus of Radix are made of the same parts. */
type Parts = Pick<typeof RadixDropdown | typeof RadixContext, 'Item' | 'Label' | 'Separator'>;

function Entry({
  entry,
  parts: { Item, Label, Separator },
}: {
  readonly entry: MenuEntry;
  readonly parts: Parts;
}) {
  if (entry === 'separator') return <Separator className={styles.separator} />;
  if ('heading' in entry) return <Label className={styles.heading}>{entry.heading}</Label>;
  const { label, icon, hint, disabled = false, onSelect } = entry;
  return (
    <Item className={styles.item} disabled={disabled} onSelect={onSelect}>
      {icon ? <Icon name={icon} /> : <span />}
      {label}
      {hint && <span className={styles.hint}>{hint}</span>}
    </Item>
  );
}

function entryKey(entry: MenuEntry, index: number): string {
  if (entry === 'separator') return `separator-${index}`;
  return 'heading' in entry ? entry.heading : entry.id;
}
