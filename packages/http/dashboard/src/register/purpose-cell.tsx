import type { Entry } from '../api/types.ts';
import { Icon } from '../shell/icon.tsx';
import { Path } from '../shell/link.tsx';
import { walletName } from '../state/wallets.ts';
import { narrow } from './filters.ts';

interface PurposeCellProps {
  readonly entry: Entry;
  readonly unfolded: boolean;
  readonly fold: (entry: Entry) => void;
}

/** What an entry was for: a category, parts that fold out, or the other wallet of a transfer. */
export function PurposeCell({ entry, unfolded, fold }: PurposeCellProps) {
  const { category, parts, transfer, kind } = entry;
  if (parts !== null) {
    return (
      <button class="path-btn parts-btn" type="button" aria-expanded={unfolded} onClick={() => fold(entry)}>
        <Icon name="down" small />
        {parts.length} parts
      </button>
    );
  }
  if (transfer !== null) {
    return (
      <span class="tied">
        <Icon name="transfer" small />
        {kind === 'received' ? 'from' : 'to'} {walletName(transfer.walletId)}
      </span>
    );
  }
  return category === null ? null : <CategoryButton category={category} />;
}

/** Narrows the register to a category. */
export function CategoryButton({ category }: { readonly category: string }) {
  return (
    <button class="path-btn" type="button" onClick={() => narrow({ category })}>
      <Path category={category} />
    </button>
  );
}

/** Words beside what an entry is called: the note of a payee, its tags, and what it is when it is no plain one. */
export function Marks({ entry }: { readonly entry: Entry }) {
  const { payee, note, tags, kind, corrected } = entry;
  return (
    <>
      {kind === 'refund' && (
        <span class="quiet mark-word">
          {' '}
          <Icon name="undo" small />
          refund
        </span>
      )}
      {payee !== null && note !== null && <span class="quiet beside"> {note}</span>}
      {tags.map((tag) => (
        <button key={tag} class="tagbtn" type="button" onClick={() => narrow({ tag })}>
          #{tag}
        </button>
      ))}
      {corrected && !entry.void && <span class="quiet"> corrected</span>}
    </>
  );
}
