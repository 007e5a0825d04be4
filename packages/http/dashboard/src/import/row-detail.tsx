import { useSignal } from '@preact/signals';
import type { MatchCandidate, PreviewRow } from '../api/import-types.ts';
import type { Wallet } from '../api/types.ts';
import { shortDay } from '../days/format-day.ts';
import { EntryAmt } from '../money/amt.tsx';
import { CategoryField } from '../quick-add/entry-fields.tsx';
import { whatOf } from '../state/entry-words.ts';
import { draft } from './rule-form.tsx';
import { newRuleId, ruleFrom } from './rule-words.ts';
import { run } from './run.ts';

interface RowDetailProps {
  readonly wallet: Wallet;
  readonly row: PreviewRow;
  readonly categories: readonly string[];
}

/** What can be decided of one row: which category, whether it is an entry that was booked by hand, whether it comes in at all. */
export function RowDetail({ wallet, row, categories }: RowDetailProps) {
  const decide = (choice: Parameters<typeof run.decide>[2]): void => void run.decide(wallet, row.row, choice);
  const isOpen = row.status === 'new';
  return (
    <tr class="edit" role="row">
      <td role="cell" colSpan={5}>
        <div class="row-detail">
          {isOpen && row.candidates.length > 0 && (
            <Candidates wallet={wallet} row={row} link={(entryId) => decide({ is: 'linked', entryId })} />
          )}
          {isOpen && row.parts === null && (
            <Sort key={row.category} row={row} categories={categories} sort={(category) => decide({ is: 'sorted', category })} />
          )}
          <div class="row-actions">
            {isOpen ? (
              <>
                <button class="btn" type="button" onClick={() => (draft.value = { id: newRuleId(Date.now()), ...ruleFrom(row) })}>
                  Make a rule of it
                </button>
                <button class="btn btn--bare" type="button" onClick={() => decide({ is: 'left-out' })}>
                  Leave it out
                </button>
              </>
            ) : (
              <button class="btn" type="button" onClick={() => decide({ is: 'open' })}>
                {row.status === 'linked' ? 'It is a row of its own' : 'Take it in again'}
              </button>
            )}
          </div>
        </div>
      </td>
    </tr>
  );
}

interface CandidatesProps {
  readonly wallet: Wallet;
  readonly row: PreviewRow;
  readonly link: (entryId: string) => void;
}

/** Never linked by itself: two equal payments on two days are two payments as often as one. */
function Candidates({ wallet, row, link }: CandidatesProps) {
  return (
    <div role="group" aria-label={`Is row ${row.line} one of these?`}>
      <p>
        Booked by hand already? <span class="quiet">Linked, it is not booked a second time.</span>
      </p>
      <ul class="odd">
        {row.candidates.map((candidate) => (
          <li key={candidate.entryId}>
            <div>
              {whatOf(candidate)} <span class="quiet">{placeInWords(candidate, wallet.today)}</span>
            </div>
            <EntryAmt kind={candidate.kind} amount={candidate.amount} />
            <button class="btn" type="button" onClick={() => link(candidate.entryId)}>
              It is this one
              <span class="sr">
                {' '}
                {whatOf(candidate)}, {shortDay(candidate.occurredOn, wallet.today)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

const placeInWords = ({ occurredOn, category }: MatchCandidate, today: string): string =>
  [shortDay(occurredOn, today), category].filter((part) => part !== null).join(', ');

interface SortProps {
  readonly row: PreviewRow;
  readonly categories: readonly string[];
  readonly sort: (category: string) => void;
}

function Sort({ row, categories, sort }: SortProps) {
  const typed = useSignal(row.categoryFrom === null ? '' : (row.category ?? ''));
  return (
    <form
      class="row-sort"
      onSubmit={(event) => {
        event.preventDefault();
        sort(typed.peek().trim());
      }}
    >
      <CategoryField
        id={`row-${row.row}-category`}
        value={typed.value}
        categories={categories}
        change={(value) => (typed.value = value)}
      />
      <button class="btn" type="submit">
        Use it
      </button>
    </form>
  );
}
