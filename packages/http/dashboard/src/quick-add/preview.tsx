import type { Limit, Subject } from '../api/limit-types.ts';
import type { Wallet } from '../api/types.ts';
import { shortDay } from '../days/format-day.ts';
import { type AfterThis, previewLimits } from '../limits/limit-preview.ts';
import { Amt, EntryAmt } from '../money/amt.tsx';
import { Icon } from '../shell/icon.tsx';
import { Path } from '../shell/link.tsx';
import type { QuickAdd } from './quick-add.ts';
import { tagsInWords } from './tags.ts';

interface PreviewProps {
  readonly id: string;
  readonly wallet: Wallet;
  readonly understood: QuickAdd;
  readonly blank: boolean;
  readonly asked: boolean;
  readonly limits: readonly Limit[];
  readonly toWord: (text: string) => void;
}

/** What the line was understood as, before anything is booked. */
export function Preview({ id, wallet, understood, blank, asked, limits, toWord }: PreviewProps) {
  if (blank) {
    return (
      <div class="quick__see" id={id} role="status">
        <span class="quiet">
          Amount, what for, @category, day. A plus in front books income: <b>+255 child benefit</b>
        </span>
      </div>
    );
  }
  const { amount, category, occurredOn, kind, missing } = understood;
  const gravest =
    amount === undefined || kind === 'income' || understood.to !== undefined
      ? undefined
      : previewLimits(limits, { amount, category, tags: understood.tags, occurredOn })[0];
  return (
    <div class="quick__see" id={id} role="status">
      <Understood wallet={wallet} understood={understood} toWord={toWord} />
      {missing !== undefined ? (
        <span class={asked ? 'after state state--near' : 'after quiet'}>
          {asked && <Icon name="warn" small />}
          {missing}
        </span>
      ) : (
        gravest !== undefined && <After after={gravest} />
      )}
    </div>
  );
}

function Understood({ wallet, understood, toWord }: Pick<PreviewProps, 'wallet' | 'understood' | 'toWord'>) {
  const { kind, amount, note, category, categoryFrom, tags, to, occurredOn, unsure } = understood;
  const doubtfulDay = unsure.find((each) => each.as === 'day');
  const doubtfulAmount = unsure.some((each) => each.as === 'amount');
  return (
    <dl>
      <div>
        <dt>{to !== undefined ? 'Transfer' : kind === 'income' ? 'Income' : 'Expense'}</dt>
        <dd class={doubtfulAmount ? 'unsure' : undefined}>
          {amount === undefined ? '…' : <EntryAmt kind={kind} amount={amount} />}
        </dd>
      </div>
      {to !== undefined && (
        <div>
          <dt>to</dt>
          <dd>{to.name}</dd>
        </div>
      )}
      {note !== null && (
        <div>
          <dt>for</dt>
          <dd>{note}</dd>
        </div>
      )}
      {category !== null && (
        <div>
          <dt>in</dt>
          <dd>
            <span class={categoryFrom === 'matched' || categoryFrom === 'habit' ? 'unsure' : undefined}>
              <Path category={category} />
            </span>
            {categoryFrom === 'new' && <span class="quiet"> new</span>}
            {categoryFrom === 'habit' && <span class="quiet"> as last time</span>}
          </dd>
        </div>
      )}
      {tags.length > 0 && (
        <div>
          <dt>tags</dt>
          <dd>{tagsInWords(tags)}</dd>
        </div>
      )}
      <div>
        <dt>on</dt>
        <dd>
          <span class={doubtfulDay === undefined ? undefined : 'unsure'}>{shortDay(occurredOn, wallet.today)}</span>
          {doubtfulDay !== undefined && (
            <button class="textbtn" type="button" onClick={() => toWord(doubtfulDay.text)}>
              “{doubtfulDay.text}” is a word
            </button>
          )}
        </dd>
      </div>
      <div>
        <dt>from</dt>
        <dd>{wallet.name}</dd>
      </div>
    </dl>
  );
}

const SubjectName = ({ scope, tag }: Subject) =>
  scope !== null ? <Path category={scope} /> : tag !== null ? <bdi>#{tag}</bdi> : <>the wallet</>;

/** "After this Food:Cafe is 13.70 over" */
export function After({ after }: { readonly after: AfterThis }) {
  const { scope, tag } = after.limit;
  if (after.refused) {
    return (
      <span class="after state state--over">
        <Icon name="over" small />
        <span>
          <SubjectName scope={scope} tag={tag} /> allows no more than its limit; this would be <Amt value={after.left} bare />{' '}
          over
        </span>
      </span>
    );
  }
  if (after.state === 'over') {
    return (
      <span class="after state state--over">
        <Icon name="over" small />
        <span>
          After this <SubjectName scope={scope} tag={tag} /> is <Amt value={after.left} bare /> over
        </span>
      </span>
    );
  }
  const near = after.state !== 'within';
  return (
    <span class={near ? 'after state state--near' : 'after quiet'}>
      {near && <Icon name="warn" small />}
      <span>
        After this <Amt value={after.left} /> is left in <SubjectName scope={scope} tag={tag} />
        {after.percent !== null && `, ${after.percent} % spent`}
      </span>
    </span>
  );
}
