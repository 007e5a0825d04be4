import { online } from '../state/line.ts';
import { waitingCount } from '../state/bookings.ts';
import { inDoubt } from '../state/writes.ts';
import { Icon } from './icon.tsx';

/** The amber line at the top: offline, or an outcome that is not known yet. */
export function LineState() {
  const waiting = waitingCount.value;
  const text = !online.value
    ? offline(waiting)
    : inDoubt.value.length > 0
      ? 'The entry may or may not be booked. Checking.'
      : undefined;
  return (
    <div role="status" class={text === undefined ? undefined : 'amber-line'}>
      {text !== undefined && (
        <>
          <Icon name="warn" small />
          <p>{text}</p>
        </>
      )}
    </div>
  );
}

function offline(waiting: number): string {
  if (waiting === 0)
    return 'Offline. What is shown was right when it was last read; new entries will wait and be booked in order.';
  return `Offline. ${waiting === 1 ? '1 entry waits' : `${waiting} entries wait`} and will be booked in order.`;
}
