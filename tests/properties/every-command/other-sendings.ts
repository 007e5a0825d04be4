import { CATEGORIES, choose, isRefusal, linesOf } from './choices.ts';
import { limitOf, rowsOf, scheduleOf } from './details.ts';
import type { CommandType } from './history.ts';
import { goalOf, limitIdOf, NOBODY, scheduleIdOf, type Maker } from './making.ts';

/** The commands of goals, limits, schedules, rules, rates, files and undoing. */
export const otherSendings = {
  SetGoal: ({ world, purse, step }) => {
    const [id, name] = [choose(['bike', 'boat'], step.at) as string, isRefusal(step) ? '' : `Goal ${step.at % 4}`];
    const details = { name, target: purse.text(step.minor), by: world.day(step.day + 200) };
    return (request) => purse.wallet.setGoal(id, details, request);
  },
  RemoveGoal: async (making) => {
    const id = await goalOf(making);
    return (request) => making.purse.wallet.removeGoal(id, request);
  },
  SaveMoney: async (making) => {
    const { purse, step } = making;
    const [id, amount] = [await goalOf(making), purse.text(1 + (step.minor % 60))];
    return (request) => purse.wallet.saveMoney(id, amount, request);
  },
  ReleaseSavings: async (making) => {
    const { purse, step } = making;
    const [id, amount] = [await goalOf(making, true), purse.text(1 + (step.minor % 30))];
    return (request) => purse.wallet.releaseSavings(id, amount, request);
  },
  SetLimit: ({ purse, step }) => {
    const [id, details] = [choose(['food', 'all'], step.at) as string, limitOf(purse, step)];
    return (request) => purse.wallet.setLimit(id, details, request);
  },
  RemoveLimit: async (making) => {
    const id = await limitIdOf(making);
    return (request) => making.purse.wallet.removeLimit(id, request);
  },
  SetSchedule: ({ world, purse, step }) => {
    const [id, details] = [choose(['rent', 'gym'], step.at) as string, scheduleOf(world, purse, step)];
    return (request) => purse.wallet.setSchedule(id, details, request);
  },
  StopSchedule: async (making) => {
    const id = await scheduleIdOf(making);
    return (request) => making.purse.wallet.stopSchedule(id, {}, request);
  },
  SkipOccurrence: async (making) => {
    const scheduleId = await scheduleIdOf(making);
    const { wallet } = making.purse;
    const { next } = (await wallet.schedules()).items.find((each) => each.scheduleId === scheduleId) ?? { next: null };
    const on = next ?? making.world.day(making.step.day);
    return (request) => wallet.skipOccurrence(scheduleId, on, request);
  },
  KeepOccurrence: async ({ world, purse: { wallet }, step }) => {
    const all = (await wallet.schedules()).items.filter(({ skipped }) => skipped.length > 0);
    const { scheduleId, skipped } = choose(isRefusal(step) ? [] : all, step.at) ?? { scheduleId: 'rent', skipped: [] };
    const on = skipped[0] ?? world.day(step.day);
    return (request) => wallet.keepOccurrence(scheduleId, on, request);
  },
  BookDue: async (making) => {
    const due = { scheduleId: await scheduleIdOf(making), limit: 1 + (making.step.at % 4) };
    return (request) => making.purse.wallet.bookDue(due, request);
  },
  SetImportRule: ({ purse: { wallet }, step }) => {
    const [id, payee] = [choose(['cafe', 'mill'], step.at) as string, isRefusal(step) ? '' : 'caf*'];
    const rule = { payee, category: choose(CATEGORIES, step.minor) as string, tags: ['ruled'] };
    return (request) => wallet.setImportRule(id, rule, request);
  },
  RemoveImportRule: ({ purse: { wallet }, step }) => {
    const id = isRefusal(step) ? NOBODY : (choose(['cafe', 'mill'], step.at) as string);
    return (request) => wallet.removeImportRule(id, request);
  },
  SetRate: ({ world, purse: { wallet }, step }) => {
    const details = { rate: isRefusal(step) ? 'dear' : `1.${step.minor}`, on: world.day(step.day % 4) };
    return (request) => wallet.setRate('USD', details, request);
  },
  RemoveRate: ({ world, purse: { wallet }, step }) => {
    const on = world.day(step.day % 4);
    return (request) => wallet.removeRate('USD', { on }, request);
  },
  ImportEntries: async ({ purse, step }) => {
    const file = { name: `bank-${step.at % 3}.csv`, rows: rowsOf(purse, step, await linesOf(purse.wallet, 'exclude')) };
    return (request) => purse.wallet.importEntries(file, request);
  },
  UndoImport: async ({ purse: { wallet }, step }) => {
    const all = await wallet.imports();
    const importId = isRefusal(step) ? NOBODY : (choose(all, step.at)?.importId ?? NOBODY);
    return (request) => wallet.undoImport(importId, request);
  },
  UndoChange: async ({ purse: { wallet }, step }) => {
    const { items } = await wallet.changes({ limit: 12 });
    const version = isRefusal(step) ? 9_999 : (choose(items, step.at)?.version ?? 1);
    return (request) => wallet.undo(version, request);
  },
} satisfies Partial<Record<CommandType, Maker>>;
