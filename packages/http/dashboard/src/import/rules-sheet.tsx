import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ImportRule, RulesPreview } from '../api/rule-types.ts';
import type { Wallet } from '../api/types.ts';
import { Empty, Read, Sheet } from '../shell/sheet.tsx';
import { reasonOf, say, warn } from '../state/toast.ts';
import { did } from '../state/undo.ts';
import { applyRules, previewRules, removeRule, rules } from './rule-deeds.ts';
import { draft, RuleForm } from './rule-form.tsx';
import { conditionInWords, effectInWords, newRuleId } from './rule-words.ts';
import { run } from './run.ts';

const BLANK = { payee: null, note: null, kind: null, category: null, tags: [], rename: null };

/** Rules for rows to come, which can be applied to entries that are there. */
export function RulesSheet({ wallet }: { readonly wallet: Wallet }) {
  const open = wallet.status === 'open';
  const from = draft.value;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => () => void (draft.value = undefined), [wallet.id]);
  useEffect(() => {
    if (from === undefined) return;
    place.current?.scrollIntoView({ block: 'nearest' });
    place.current?.querySelector<HTMLElement>('#rule-contains')?.focus();
  }, [from?.id]);
  return (
    <Sheet
      id="rules"
      title="Rules"
      note="for the rows of files, tried from the top"
      end={
        open && from === undefined ? (
          <button class="btn" type="button" onClick={() => (draft.value = { id: newRuleId(Date.now()), ...BLANK })}>
            Set a rule
          </button>
        ) : undefined
      }
    >
      <div ref={place}>{from !== undefined && <RuleForm key={from.id} wallet={wallet} from={from} />}</div>
      <Read from={rules.of(wallet.id)} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>No rules yet. A rule gives rows a category, tags or a better name by itself.</Empty>
          ) : (
            <>
              <ol class="wallet-list">
                {items.map((rule) => (
                  <Rule key={rule.id} wallet={wallet} rule={rule} />
                ))}
              </ol>
              {open && <Apply wallet={wallet} />}
            </>
          )
        }
      </Read>
    </Sheet>
  );
}

function Rule({ wallet, rule }: { readonly wallet: Wallet; readonly rule: ImportRule }) {
  const condition = conditionInWords(rule);
  const remove = (): void => {
    removeRule(wallet.id, rule).then(
      (deed) => {
        did(deed);
        void run.read(wallet, {});
      },
      (error: unknown) => warn(`Not removed. ${reasonOf(error)}`),
    );
  };
  return (
    <li class="wallet-row">
      <div>
        <p>
          {condition} <span class="quiet">becomes</span> <b>{effectInWords(rule)}</b>
        </p>
      </div>
      {wallet.status === 'open' && (
        <div class="row-actions">
          <button class="textbtn" type="button" onClick={() => (draft.value = rule)}>
            Change<span class="sr"> the rule: {condition}</span>
          </button>
          <button class="textbtn" type="button" onClick={remove}>
            Remove<span class="sr"> the rule: {condition}</span>
          </button>
        </div>
      )}
    </li>
  );
}

const SHOWN = 5;
const entries = (count: number): string => (count === 1 ? '1 entry' : `${count.toLocaleString()} entries`);

/** What is there can follow the rules too, after a look at what would change. */
function Apply({ wallet }: { readonly wallet: Wallet }) {
  const preview = useSignal<RulesPreview | undefined>(undefined);
  const busy = useSignal(false);
  const attempt = async (deed: () => Promise<void>): Promise<void> => {
    busy.value = true;
    await deed().catch((error: unknown) => warn(reasonOf(error)));
    busy.value = false;
  };
  const look = async (): Promise<void> => {
    const found = await previewRules(wallet.id);
    preview.value = found.changed === 0 ? undefined : found;
    if (found.changed === 0) say('All entries follow the rules already.');
  };
  const apply = async (): Promise<void> => {
    const { deed, remaining } = await applyRules(wallet.id);
    did(deed);
    preview.value = undefined;
    if (remaining > 0) await look();
  };
  const found = preview.value;
  return (
    <div class="sheet__foot">
      {found === undefined ? (
        <button class="btn" type="button" disabled={busy.value} onClick={() => void attempt(look)}>
          Apply to entries that are there
        </button>
      ) : (
        <>
          <p role="status">
            {entries(found.changed)} would change{found.remaining > 0 && `, ${found.remaining.toLocaleString()} more after them`}.
          </p>
          <ul class="story-list">
            {found.items.slice(0, SHOWN).map(({ entryId, before, after }) => (
              <li key={entryId}>
                <small>
                  {[before.payee, before.category].filter(Boolean).join(', ') || 'An entry'} →{' '}
                  {[after.payee, after.category, ...after.tags.map((tag) => `#${tag}`)].filter(Boolean).join(', ')}
                </small>
              </li>
            ))}
          </ul>
          {found.changed > SHOWN && <p class="quiet">And {entries(found.changed - SHOWN)} like these.</p>}
          <div class="row-actions">
            <button class="btn btn--main" type="button" disabled={busy.value} onClick={() => void attempt(apply)}>
              Change {entries(found.changed)}
            </button>
            <button class="btn btn--bare" type="button" onClick={() => (preview.value = undefined)}>
              Leave them
            </button>
          </div>
        </>
      )}
    </div>
  );
}
