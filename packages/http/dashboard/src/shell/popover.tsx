import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

interface PopoverProps {
  readonly look: string;
  readonly face: ComponentChildren;
  readonly label?: string | undefined;
  readonly side?: 'start' | 'end';
  readonly opened?: () => void;
  readonly children: (close: () => void) => ComponentChildren;
}

/** A button and the sheet it opens beneath itself. Esc and a click elsewhere close it. */
export function Popover({ look, face, label, side, opened, children }: PopoverProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    const outside = (event: Event): void => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) setOpen(false);
    };
    const escape = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    document.addEventListener('keydown', escape, true);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
      document.removeEventListener('keydown', escape, true);
    };
  }, [open]);
  const toggle = (): void => {
    if (!open) opened?.();
    setOpen(!open);
  };
  return (
    <span class="pop" ref={root}>
      <button ref={button} class={look} type="button" aria-expanded={open} aria-label={label} onClick={toggle}>
        {face}
      </button>
      {open && <div class={`pop__sheet pop__sheet--${side ?? 'start'}`}>{children(() => setOpen(false))}</div>}
    </span>
  );
}
