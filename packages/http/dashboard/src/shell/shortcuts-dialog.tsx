import { singleKeys } from '../state/settings.ts';
import { Dialog } from './dialog.tsx';
import { sheetOpen } from './overlays.ts';

const KEYS: readonly (readonly [string, string])[] = [
  ['n or +', 'Book an entry'],
  ['f', 'Book with all fields'],
  ['/', 'Search the entries'],
  ['g h', 'Home'],
  ['g r', 'Register'],
  ['g l', 'Limits'],
  ['g o', 'Goals'],
  ['g d', 'Schedules'],
  ['g t', 'Transfers'],
  ['g p', 'Reports'],
  ['g i', 'Import'],
  ['g y', 'History'],
  ['g c', 'Check'],
  ['g s', 'Settings'],
  ['\u2191 \u2193', 'Move through the rows'],
  ['Enter or e', 'Open the row'],
  ['x', 'Select the row'],
  ['v', 'Void the row, or those selected'],
  ['z', 'Undo'],
  ['Shift z', 'Redo'],
  ['Ctrl Enter', 'Save'],
  ['Esc', 'Close, then leave the field'],
  ['m', 'Hide amounts'],
  ['t', 'Light or dark'],
  ['?', 'This list'],
];

export function Shortcuts() {
  return (
    <Dialog title="Shortcuts" close={() => (sheetOpen.value = undefined)}>
      <dl class="keys">
        {KEYS.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label class="tick">
        <input
          type="checkbox"
          checked={singleKeys.value}
          onChange={(event) => (singleKeys.value = event.currentTarget.checked)}
        />
        Single keys work outside of fields
      </label>
    </Dialog>
  );
}
