import { fold } from './cells.ts';

// What banks write into a column that tells debit from credit.
const DEBIT =
  'd dr db debit s soll af - −  out outflow outgoing withdrawal expense spending ausgabe ausgang belastung debet debe cargo gasto ' +
  'addebito uscita dare debito depense sortie saida';
const CREDIT =
  'c cr credit h haben bij + in inflow incoming deposit income einnahme eingang gutschrift haber abono ingreso accredito entrata ' +
  'avere credito recette entree entrada k';

const SIDES: ReadonlyMap<string, 'debit' | 'credit'> = new Map([
  ...DEBIT.split(' ')
    .filter(Boolean)
    .map((word) => [word, 'debit'] as const),
  ...CREDIT.split(' ')
    .filter(Boolean)
    .map((word) => [word, 'credit'] as const),
]);

/**
 * Which side a mark is on.
 *
 * @example
 * sideOf('Af');  // 'debit'
 * sideOf('Cr.'); // 'credit'
 */
export function sideOf(text: string): 'debit' | 'credit' | undefined {
  return text.length > 20 ? undefined : SIDES.get(fold(text).replace(/\.$/, ''));
}

// What banks call a row that is not in the books, or not yet; `yes` is our own export's for a void entry.
const NOT_BOOKED = new RegExp(
  `^(?:${[
    'pending|reverted|reversed|declined|failed|cancell?ed|denied|voided|void|yes|expired|rejected|refused|authori[sz]ed|upcoming|scheduled',
    '(?:umsatz )?vorgemerkt|storniert|pendiente|rechazad[oa]|en attente|refuse|annulee?|in attesa|annullat[oa]|in behandeling',
    'pendente|cancelad[oa]',
  ].join('|')})$`,
);

/** Whether a state says that the row never reached the books (or not yet). */
export function isNotBooked(state: string): boolean {
  return state !== '' && state.length <= 40 && NOT_BOOKED.test(fold(state));
}

const FOOTER = new RegExp(
  `\\b(?:${[
    'totals?|sub ?totals?|grand total|sum|statement summary|(?:opening|closing|beginning|ending) balance|(?:brought|carried) forward',
    'b/f|c/f|end of (?:statement|report|file)|generated on|this is a (?:computer|system)|computer generated|page \\d+',
    'summe|gesamt|zwischensumme|anfangssaldo|endsaldo|kontostand|ende|saldo|saldo (?:final|finale|iniziale|inicial)|solde',
    'total general|totale|totaal|fin du releve',
  ].join('|')})\\b`,
);

/** Whether a text is what stands under or over the rows: totals, balances, "end of statement". */
export function isFooterText(text: string): boolean {
  return FOOTER.test(fold(text.length > 400 ? text.slice(0, 400) : text));
}

const BALANCE = /\b(?:balance|saldo|anfangssaldo|endsaldo|kontostand|solde|forward|b\/f|c\/f)\b/;

/** Whether a dated line without an amount tells a balance, and is no row that lost its amount. */
export function isBalanceText(text: string): boolean {
  return BALANCE.test(fold(text.length > 400 ? text.slice(0, 400) : text));
}
