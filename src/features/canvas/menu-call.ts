import { type MouseEvent, type PointerEvent, useEffect, useRef } from 'react';

/** How long a finger rests that asks for the menu. */
const PRESS_MS = 700;

/** A menu was asked for, on an element and at a point of the page. */
export interface MenuCall {
  readonly target: EventTarget;
  readonly at: { readonly x: number; readonly y: number };
}

/** Props of the element in which a menu can be asked for: by the second button, the menu key or a long press. */
export function useMenuCall(call: (menu: MenuCall) => void) {
  const press = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stop = () => clearTimeout(press.current);
  useEffect(() => () => clearTimeout(press.current), []);
  const callAt = ({ target, clientX, clientY }: MouseEvent) =>
    call({ target, at: { x: clientX, y: clientY } });
  return {
    onContextMenuCapture: (event: MouseEvent) => {
      stop();
      event.preventDefault();
      callAt(event);
    },
    onPointerDownCapture: (event: PointerEvent) => {
      stop();
      if (event.pointerType !== 'mouse') press.current = setTimeout(() => callAt(event), PRESS_MS);
    },
    onPointerMoveCapture: stop,
    onPointerUpCapture: stop,
    onPointerCancelCapture: stop,
  };
}
