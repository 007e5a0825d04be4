import { eventIdsOf, type EntryId, type RuleId } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import type { Version } from '../ports/event-store.ts';
import { register, REGISTER_MONTHS, registerMonths, type RegisterRow } from '../projections/register.ts';
import { ruleSet, type RuleEffect } from '../wallet/apply-rules.ts';
import { decode } from '../wallet/codec.ts';
import type { BulkChange } from '../wallet/entry-commands.ts';
import { importRules, RULES_BUCKET, rulesInOrder } from '../wallet/import-rules.ts';
import { reject } from '../wallet/parse.ts';
import { effectsOf, outcomeOf, type Effects } from './booked.ts';
import { matcher, monthMayHold, type RegisterFilter } from './register-query.ts';
import type { AsOf } from './report-reads.ts';
import type { Request } from './request.ts';
import type { Session } from './session.ts';
import type { ImportRuleTerms } from '../wallet/rule-events.ts';

/** A rule of a wallet. */
export interface ImportRule extends ImportRuleTerms {
  readonly id: RuleId;
}

/** What rules would make of an entry. */
export interface RuleChange extends Omit<RuleEffect, 'rules'> {
  readonly entryId: EntryId;
  readonly rules: readonly RuleId[];
  readonly before: Pick<RegisterRow, 'category' | 'payee' | 'tags'>;
}

/** What rules would make of the entries that pass a filter, newest first. */
export interface RulesPreview {
  readonly changes: readonly RuleChange[];
  /** How many more would be changed, past those that one command takes. */
  readonly remaining: number;
}

/** What applying rules came to. */
export interface RulesApplied extends Effects {
  readonly changed: number;
  /** Entries that are still to be changed: apply the rules again. */
  readonly remaining: number;
}

/** The most entries that one command corrects. */
const MAX_CHANGES = 1_000;

/** The rules of a wallet, in the order in which they are tried. */
export function readImportRules(session: Session, stream: string): Promise<{ readonly items: readonly ImportRule[] } & AsOf> {
  return session.read(stream, {
    needs: () => [{ projection: importRules, bucket: RULES_BUCKET }],
    result: (_, views, at) => ({ items: rulesInOrder(views.get(importRules, RULES_BUCKET)), ...at }),
  });
}

/** Tells what the rules would make of entries that are there. */
export async function previewRules(session: Session, stream: string, filter: RegisterFilter): Promise<RulesPreview> {
  const changes: RuleChange[] = [];
  let remaining = 0;
  for (const month of await monthsOf(session, stream, filter)) {
    for (const change of await changesIn(session, stream, month, filter)) {
      if (changes.length < MAX_CHANGES) changes.push(change);
      else remaining += 1;
    }
  }
  return { changes, remaining };
}

function monthsOf(session: Session, stream: string, filter: RegisterFilter): Promise<readonly string[]> {
  return session.read(stream, {
    needs: () => [{ projection: registerMonths, bucket: REGISTER_MONTHS }],
    result: (_, views) =>
      views
        .get(registerMonths, REGISTER_MONTHS)
        .filter((month) => monthMayHold(month, filter))
        .toReversed(),
  });
}

function changesIn(session: Session, stream: string, month: string, filter: RegisterFilter): Promise<readonly RuleChange[]> {
  const matches = matcher({ ...filter, void: 'exclude' });
  return session.read(stream, {
    needs: () => [
      { projection: importRules, bucket: RULES_BUCKET },
      { projection: register, bucket: month },
    ],
    result(_, views) {
      const rules = ruleSet(views.get(importRules, RULES_BUCKET));
      return views
        .get(register, month)
        .filter(matches)
        .flatMap((row): readonly RuleChange[] => {
          const effect = rules(row);
          const { category, payee, tags } = effect;
          if ((category ?? payee ?? tags) === undefined) return [];
          return [{ entryId: row.id, ...effect, before: pick(row) }];
        })
        .toReversed();
    },
  });
}

function pick({ category, payee, tags }: RegisterRow): RuleChange['before'] {
  return {
    ...(category === undefined ? {} : { category }),
    ...(payee === undefined ? {} : { payee }),
    ...(tags === undefined ? {} : { tags }),
  };
}

/** Applies the rules to entries that are there: one command, and so one thing to undo. */
export async function applyRules(
  session: Session,
  stream: string,
  filter: RegisterFilter,
  request: Request,
): Promise<Outcome<RulesApplied>> {
  const { commandId = session.ports.ids.next() } = request;
  const repeated = await repeatOf(session, stream, commandId);
  const { changes, remaining } = repeated ?? (await previewRules(session, stream, filter));
  if (changes.length === 0) {
    return { kind: 'rejected', rejection: reject('nothing-to-change', 'The rules change none of these entries.') };
  }
  const handled = await session.submit(
    stream,
    { type: 'CorrectEntries', changes: changes.map(bulkChange) },
    { ...request, commandId },
  );
  return outcomeOf(handled, ({ events }) => ({ changed: changes.length, remaining, ...effectsOf(events) }));
}

function bulkChange({ entryId, category, payee, tags }: Omit<RuleChange, 'before' | 'rules'>): BulkChange {
  return {
    entryId,
    ...(category === undefined ? {} : { category }),
    ...(payee === undefined ? {} : { payee }),
    ...(tags === undefined ? {} : { tags }),
  };
}

const PAGE = MAX_CHANGES + 100;

/**
 * The changes that a command made already, so that its repeat is the same command although the entries have changed since. What
 * else was changed under the id is found out by the command's digest.
 */
async function repeatOf(
  session: Session,
  stream: string,
  commandId: string,
): Promise<{ readonly changes: readonly Omit<RuleChange, 'before' | 'rules'>[]; readonly remaining: number } | undefined> {
  const { store } = session.ports;
  const [first] = await store.find(stream, [eventIdsOf(stream, commandId)(0)]);
  if (first === undefined) return undefined;
  const after: Version = first.version - 1;
  const events = (await store.read(stream, { after, limit: PAGE }))
    .map(decode)
    .filter(({ meta }) => meta['commandId'] === commandId);
  const changes = events.flatMap(({ event }) => {
    if (event.type !== 'EntryCorrected') return [];
    const { before, after: now, entryId } = event;
    return [
      {
        entryId,
        ...(now.category === undefined || now.category === before.category ? {} : { category: now.category }),
        ...(now.payee === undefined || now.payee === before.payee ? {} : { payee: now.payee }),
        ...(now.tags === undefined || now.tags.join() === before.tags?.join() ? {} : { tags: now.tags }),
      },
    ];
  });
  return { changes, remaining: 0 };
}
