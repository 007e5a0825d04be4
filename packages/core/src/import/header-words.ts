import { parseCurrency } from '../currency.ts';
import { fold, memoised } from './cells.ts';
import { namesCurrency } from './currency-names.ts';

/** What a header says that its column holds. */
export type Role =
  | 'date'
  | 'amount'
  | 'net'
  | 'debit'
  | 'credit'
  | 'mark'
  | 'category'
  | 'payee'
  | 'memo'
  | 'lesser'
  | 'currency'
  | 'state'
  | 'balance'
  | 'fee';

// Phrases that banks and apps put over their columns (en, de, fr, es, it, nl, pt, pl, sv, da, ja), by preference: the first that a file
// has wins. Gathered from the exports themselves; folded, without punctuation and without the currency in brackets.
const PHRASES: readonly (readonly [Role, string])[] = [
  [
    'date',
    'transaction date|date|buchungstag|buchungsdatum|booking date|booked on|booked at|txn date|tran date|trans date|posting date|' +
      'posted date|post date|posted|transactiondate|datum|buchung|umsatzdatum|belegdatum|date operation|date d operation|' +
      'date de l operation|dateop|date comptable|date de comptabilisation|date d achat|fecha|fecha operacion|' +
      'fecha de operacion|fecha de la operacion|f operacion|fecha contable|data|data operazione|data contabile|data movimento|' +
      'data do movimento|data mov|data lancamento|data de lancamento|data transacao|transactiedatum|boekdatum|boekingsdatum|' +
      'uitvoeringsdatum|started date|date started|created on|created|completed date|date completed|completed on|date time|datetime|' +
      'timestamp|transaction time|occurred on|day|tag|dia|giorno|jour|日付|取引日|お取引日|年月日|取引年月日|利用日|ご利用日|' +
      'value date|value dt|valuta|valutadatum|wertstellung|wertstellungsdatum|date valeur|date de valeur|dateval|fecha valor|' +
      'data valuta|data valor|rentedatum|transaktionsdatum|transaktionsdag|bokforingsdag|bokforingsdatum|dato|bogfort|data operacji|' +
      'data transakcji|data ksiegowania',
  ],
  [
    'amount',
    'amount|betrag|umsatz|bedrag|montant|importe|importo|monto|montante|quantia|transaction amount|' +
      'amount in account currency|billing amount|amt|value|valor|valore|sum|summe|somme|soma|gross|gross amount|brutto|' +
      'buchungsbetrag|belopp|belob|kwota|kwota operacji|kosten|cost|costs|price|total|金額|入出金|取引金額|利用金額|ご利用金額',
  ],
  ['net', 'net|net amount|netto'],
  [
    'debit',
    'debit|debits|debit amount|debit amt|withdrawal|withdrawals|withdrawal amt|withdrawal amount|withdrawal dr|amount debit|paid out|' +
      'money out|outflow|dr|dr amount|spent|soll|belastung|lastschrift|ausgabe|ausgaben|ausgang|debet|af|afschrijving|uitgaven|' +
      'depense|depenses|retrait|debe|cargo|cargos|gasto|gastos|uscita|uscite|addebito|addebiti|dare|debito|debitos|saida|saidas|' +
      'out|expense|expenses|出金|お支払金額|支払金額|出金金額|引出額',
  ],
  [
    'credit',
    'credit|credits|credit amount|credit amt|deposit|deposits|deposit amt|deposit amount|deposit cr|amount credit|paid in|money in|' +
      'inflow|cr|cr amount|received|haben|gutschrift|einnahme|einnahmen|eingang|bij|bijschrijving|inkomsten|recette|recettes|' +
      'versement|haber|abono|abonos|ingreso|ingresos|entrata|entrate|accredito|accrediti|avere|credito|creditos|entrada|' +
      'entradas|in|income|入金|お預り金額|預り金額|入金金額|預入額',
  ],
  [
    'mark',
    'dr cr|cr dr|d c|c d|s h|h s|debit credit|credit debit|soll haben|af bij|bij af|sign|vorzeichen|sens|segno|type|transaction type|' +
      'debit or credit|dc|drcr|crdr|tipo|art|typ|details|direction|richtung|umsatztyp',
  ],
  [
    'category',
    'category group category|category|kategorie|kategoria|categorie|categoria|rubrik|main category|hauptkategorie|budget category|カテゴリ|カテゴリー|大項目',
  ],
  [
    'payee',
    'payee|merchant|merchant name|name|partner name|counterparty|counterparty name|counter party|beneficiary|beneficiary name|' +
      'recipient|empfanger|auftraggeber empfanger|auftraggeber beguenstigter|auftraggeber begunstigter|' +
      'beguenstigter zahlungspflichtiger|begunstigter zahlungspflichtiger|empfanger zahlungspflichtiger|name zahlungsbeteiligter|' +
      'zahlungsempfanger in|zahlungsempfanger|zahlungspflichtige r|naam omschrijving|naam tegenpartij|naam tegenpartij bank|' +
      'tegenpartij|naam|tegenrekening naam|beneficiaire|tiers|nom|beneficiario|ordenante|ordenante beneficiario|controparte|' +
      'comercio|esercente|shop|store|who|利用店名|ご利用先|支払先',
  ],
  [
    'memo',
    'description|transaction description|original description|narration|narrative|particulars|transaction particulars|' +
      'transaction details|details|transaction remarks|remarks|remark|memo|note|notes|payment reference|payment details|comment|' +
      'comments|subject|purpose|title|item|what|text|verwendungszweck|beschreibung|betreff|notiz|kommentar|bemerkung|' +
      'omschrijving|omschrijving 1|beskrivning|tekst|opis|opis operacji|tytul|notes and tags|mededelingen|mededeling|libelle|libelle operation|libelle de l operation|label|detail|detail de l ecriture|' +
      'informations complementaires|motif|communication|concepto|descripcion|movimiento|observaciones|descrizione|' +
      'descrizione operazione|causale|dettagli|descricao|historico|titulo|lancamento|摘要|内容|取引内容|入出金内容|お支払内容|メモ|お取引内容',
  ],
  ['lesser', 'buchungstext|vorgang|reference|ref|type|transaction type|extended details|concept'],
  [
    'currency',
    'currency|currency code|ccy|valuta kod|waluta|wahrung|waehrung|munt|muntsoort|valuta|devise|divisa|moneda|moeda|通貨',
  ],
  ['state', 'state|status|buchungsstatus|info|statut|etat|estado|stato|void'],
  ['balance', 'balance|saldo|solde|kontostand|残高|差引残高|取引後残高'],
  ['fee', 'fee'],
];

/** A column's role by its header: `rank` 0 is the phrase that is preferred most; fallbacks by a single word come after all. */
export interface RoleByHeader {
  readonly role: Role;
  readonly rank: number;
}

const BRACKETED = /[([（]\s*([^()[\]（）]{1,6}?)\s*[)\]）]/gu;
const WORD_RANK = 500;
const MAX_HEADER_CHARACTERS = 80;
const BY_PHRASE: ReadonlyMap<string, readonly RoleByHeader[]> = gather();

function gather(): ReadonlyMap<string, readonly RoleByHeader[]> {
  const all = new Map<string, RoleByHeader[]>();
  for (const [role, phrases] of PHRASES) {
    phrases.split('|').forEach((phrase, rank) => {
      const key = headerKey(phrase);
      all.set(key, [...(all.get(key) ?? []), { role, rank }]);
    });
  }
  return all;
}

// Words that decide when no phrase fits, first match first. What only looks like an amount comes before amounts.
const BY_WORD: readonly (readonly [Role | undefined, RegExp])[] = [
  ['balance', /\b(?:balance|bal|saldo|solde|kontostand|guthaben)\b|残高/u],
  [
    undefined,
    /\b(?:original|foreign|exchange|fremd\w*|ursprung\w*|fees?|tax|limit|rate|count|number|nr|no|iban|bic|summary|running)\b/u,
  ],
  [undefined, /\b(?:account|konto\w*|rekening|compte|cuenta|conto|code|id|city|country|address|zip)\b/u],
  ['mark', /\b(?:debit|dr|withdrawal)s? (?:or |and )?(?:credit|cr|deposit)s?\b/u],
  ['debit', /\b(?:withdrawals?|debits?|outflow|debito|uscite|paid out|money out|dr)\b|出金/u],
  ['credit', /\b(?:deposits?|credits?|inflow|credito|entrate|paid in|money in|cr)\b|入金/u],
  ['amount', /\b(?:amount|amt|betrag|bedrag|montant|importe|importo|monto)\b|金額/u],
  ['date', /\b(?:date|datum|fecha|data)\b|日付|年月日/u],
  ['category', /\b(?:category|kategori[ae]|categorie|categoria)\b/u],
  ['payee', /\b(?:payee|merchant|empfanger|begunstigter|beguenstigter|counterparty|tegenpartij)\b/u],
  ['memo', /\b(?:description|narration|verwendungszweck|omschrijving|libelle|descripcion|descrizione|descricao|memo)\b|摘要/u],
];

/** A header as it is looked up: folded, without punctuation and without a currency in brackets. */
function headerKey(cell: string): string {
  const bare = cell.replace(BRACKETED, (whole, inner: string) => (namesCurrency(inner) ? ' ' : whole));
  return fold(bare)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The currency that a header names: in brackets (`Betrag (€)`) or as its last word (`Betrag EUR`). */
export function currencyInHeader(cell: string): string | null {
  if (cell.length > MAX_HEADER_CHARACTERS) return null;
  for (const [, inner = ''] of cell.matchAll(BRACKETED)) if (namesCurrency(inner)) return inner;
  const last = /\s([A-Z]{3})$/.exec(cell.trim())?.[1];
  return last !== undefined && parseCurrency(last) !== undefined ? last : null;
}

/**
 * What a header says about its column: by its whole phrase, else by a word in it.
 *
 * @example
 * rolesOf('Buchungstag')[0]?.role; // 'date'
 */
export function rolesOf(cell: string): readonly RoleByHeader[] {
  return cell.length > MAX_HEADER_CHARACTERS ? [] : readHeader(cell);
}

const readHeader = memoised((cell: string): readonly RoleByHeader[] => {
  if (/^\s*[+±]\s*\/?\s*[-−]\s*$/u.test(cell)) return [{ role: 'mark', rank: 0 }];
  const key = headerKey(cell);
  if (key === '') return [];
  const named = currencyInHeader(cell);
  const short =
    named === null
      ? key
      : key.replace(new RegExp(`\\b${named.toLowerCase().replace(/\W/g, '') || '-'}$`), '').replace(/ (?:in|en)? ?$/, '');
  const exact = BY_PHRASE.get(key) ?? BY_PHRASE.get(short);
  if (exact !== undefined) return exact;
  const byWord = BY_WORD.find(([, word]) => word.test(key))?.[0];
  return byWord === undefined ? [] : [{ role: byWord, rank: WORD_RANK }];
});
