import { useEffect, useRef } from 'preact/hooks';
import { dropToast, spoken, toast } from '../state/toast.ts';
import { Icon } from './icon.tsx';

const UNDO_MS = 8_000;

/** What was just done, with Undo for eight seconds; the clock stands still while it is hovered or focused. */
export function ToastView() {
  const shown = toast.value;
  return (
    <>
      <div class="toasts" role="status">
        {shown !== undefined && (
          <ToastCard key={shown.id} id={shown.id} text={shown.text} trouble={shown.tone === 'trouble'} undo={shown.undo} />
        )}
      </div>
      <div class="sr" role="status">
        {spoken.value}
      </div>
    </>
  );
}

interface ToastCardProps {
  readonly id: number;
  readonly text: string;
  readonly trouble: boolean;
  readonly undo: (() => void) | undefined;
}

function ToastCard({ id, text, trouble, undo }: ToastCardProps) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stop = (): void => clearTimeout(timer.current);
  const start = (): void => {
    stop();
    timer.current = setTimeout(() => dropToast(id), UNDO_MS);
  };
  useEffect(() => {
    start();
    return stop;
  }, [id]);
  return (
    <div
      class={trouble ? 'toast toast--trouble' : 'toast'}
      onMouseEnter={stop}
      onMouseLeave={start}
      onFocusIn={stop}
      onFocusOut={start}
    >
      <p>{text}</p>
      {undo === undefined ? (
        <button class="btn" type="button" onClick={() => dropToast(id)}>
          Close
        </button>
      ) : (
        <button
          class="btn"
          type="button"
          onClick={() => {
            dropToast(id);
            undo();
          }}
        >
          <Icon name="undo" small />
          Undo <kbd class="wide-only">Z</kbd>
        </button>
      )}
    </div>
  );
}
