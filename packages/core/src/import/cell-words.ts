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

const NOT_BOOKED =
  /^(?:pending|reverted|reversed|declined|failed|cancell?ed|denied|voided|void|yes|expired|rejected|refused|authori[sz]ed|upcoming|scheduled|(?:umsatz )?vorgemerkt|storniert|pendiente|rechazad[oa]|en attente|refuse|annulee?|in attesa|annullat[oa]|in behandeling|pendente|cancelad[oa])$/;

/** Whether a state says that the row never reached the books (or not yet). */
export function isNotBooked(state: string): boolean {
  return state !== '' && state.length <= 40 && NOT_BOOKED.test(fold(state));
}

const FOOTER =
  /(?:^|\b)(?:totals?|sub ?totals?|grand total|sum|summe|gesamt|zwischensumme|statement summary|opening balance|closing balance|beginning balance|ending balance|brought forward|carried forward|b\/f|c\/f|end of (?:statement|report|file)|generated on|this is a (?:computer|system)|computer generated|page \d+|anfangssaldo|endsaldo|kontostand|saldo|solde|total general|totale|totaal|saldo final|saldo iniziale|saldo finale|saldo inicial|fin du releve|ende)(?:\b|$)/;

/** Whether a text is what stands under or over the rows: totals, balances, "end of statement". */
export function isFooterText(text: string): boolean {
  return FOOTER.test(fold(text.length > 400 ? text.slice(0, 400) : text));
}
