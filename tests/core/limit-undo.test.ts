import { expect, test } from 'vitest';
import { codeOf, done } from './books.ts';
import { day, openBook, told, type LimitBook } from './limit-book.ts';

async function standing(book: LimitBook): Promise<string> {
  const { items } = await book.wallet.limits(day('2026-10-14'));
  return JSON.stringify([items, items.length === 0 ? [] : await book.rows(3, '2026-10-14')]);
}

async function removeFood({ wallet }: LimitBook): Promise<number> {
  const outcome = await wallet.removeLimit('food');
  done(outcome);
  return 'version' in outcome ? outcome.version : 0;
}

test('each change of a limit is taken back and made again, with all that it told', async () => {
  const book = await openBook();
  const { wallet } = book;
  await book.spend('100', '2026-10-02');
  await book.spend('95', '2026-09-02');
  const pictures = [await standing(book)];
  const changes = [
    () => book.limit({ startsOn: '2026-08-01', rollover: 'both', cap: '20' }),
    () => book.limit({ amount: '150', rollover: 'surplus' }),
    () => book.limit({ amount: '20', period: 'week', startsOn: '2026-10-12' }),
    async () => told(await wallet.removeLimit('food')),
  ];
  const tellings: (readonly string[])[] = [];
  for (const change of changes) {
    tellings.push(await change());
    pictures.push(await standing(book));
  }
  expect(tellings).toEqual([['+food 2026-10-01 80'], ['-food 2026-10-01 80'], [], []]);
  for (const picture of pictures.slice(0, -1).toReversed()) {
    done(await wallet.undoLast());
    expect(await standing(book)).toBe(picture);
  }
  for (const picture of pictures.slice(1)) {
    done(await wallet.redoLast());
    expect(await standing(book)).toBe(picture);
  }
});

test('what an undone change told is cleared, and told anew when it is made again', async () => {
  const book = await openBook();
  await book.spend('90', '2026-10-02');
  await book.limit({});
  const back = await book.wallet.undoLast();
  expect(told(back)).toEqual(['-food 2026-10-01 80']);
  expect(told(await book.wallet.redoLast())).toEqual(['+food 2026-10-01 80']);
});

test('a removed limit does not come back where there is no room for it', async () => {
  const book = await openBook();
  await book.limit({ startsOn: '2026-08-01' });
  const version = await removeFood(book);
  for (let count = 0; count < 99; count += 1) await book.limit({}, `l${count}`);
  done(await book.wallet.undo(version));
  const removed = await removeFood(book);
  await book.limit({}, 'l99');
  expect(codeOf(await book.wallet.undo(removed))).toBe('too-many-limits');
  await book.limit({ amount: '5' }, 'l99');
  expect(codeOf(await book.wallet.undoLast())).toBe('ok');
});
