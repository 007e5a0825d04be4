import { formatAmount, type Columns } from '@kakeibo/core';
import { describe, expect, it } from 'vitest';
import { currencyOf, statementOf } from './read.ts';

interface Header {
  readonly name: string;
  readonly currency: string;
  readonly text: string;
  readonly columns: Columns;
  readonly signed: readonly string[];
}

// The headers of more exports, with a row or two of invented data each.
const headers: readonly Header[] = [
  {
    name: 'Mint: every amount positive, debit and credit as words',
    currency: 'USD',
    text: `"Date","Description","Original Description","Amount","Transaction Type","Category","Account Name","Labels","Notes"
"1/20/2026","Store","STORE 12","5.00","debit","Shopping","Check","",""
"1/21/2026","Pay","PAY","500.00","credit","Paycheck","Check","",""`,
    columns: { date: 0, amount: 3, mark: 4, category: 5, note: [1, 2, 8] },
    signed: ['-5.00', '500.00'],
  },
  {
    name: 'Monzo: an amount, and money out and in beside it',
    currency: 'GBP',
    text: `Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,Notes and #tags,Address,Receipt,Description,Category split,Money Out,Money In
tx_1,20/01/2026,10:00:00,Card payment,Tea Shop,🍵,Eating out,-3.20,GBP,-3.20,GBP,,1 Road,,TEA SHOP LONDON,,-3.20,
tx_2,21/01/2026,10:00:00,Faster payment,R Roe,,Transfers,20.00,GBP,20.00,GBP,thanks,,,R ROE,,,20.00`,
    columns: { date: 1, debit: 16, credit: 17, category: 6, currency: 8, note: [4, 11, 14] },
    signed: ['-3.20', '20.00'],
  },
  {
    name: 'Starling',
    currency: 'GBP',
    text: `Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP),Spending Category,Notes
20/01/2026,Tea Shop,TEA 1,CONTACTLESS,-3.20,96.80,EATING_OUT,`,
    columns: { date: 0, amount: 4, category: 6, note: [1, 7] },
    signed: ['-3.20'],
  },
  {
    name: 'Lloyds',
    currency: 'GBP',
    text: `Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance
20/01/2026,DEB,'30-00-00,1234567,MARKET,12.50,,100.00`,
    columns: { date: 0, debit: 5, credit: 6, note: [4] },
    signed: ['-12.50'],
  },
  {
    name: 'Nationwide: pound signs and a preamble',
    currency: 'GBP',
    text: `"Account Name:","FlexAccount ****12345"
"Account Balance:","£100.00"
"Available Balance: ","£100.00"

"Date","Transaction type","Description","Paid out","Paid in","Balance"
"20 Jan 2026","Visa purchase","MARKET","£12.50","","£100.00"`,
    columns: { date: 0, debit: 3, credit: 4, note: [2] },
    signed: ['-12.50'],
  },
  {
    name: 'Rabobank: a plus before what came in',
    currency: 'EUR',
    text: `"IBAN/BBAN","Munt","BIC","Volgnr","Datum","Rentedatum","Bedrag","Saldo na trn","Tegenrekening IBAN/BBAN","Naam tegenpartij","Code","Omschrijving-1","Oorspr bedrag","Oorspr munt","Koers"
"NL00RABO1","EUR","RABONL2U","000001","2026-01-20","2026-01-20","-12,50","+87,50","NL00","Bakker","bc","Brood","","",""
"NL00RABO1","EUR","RABONL2U","000002","2026-01-21","2026-01-21","+1.000,00","+1.087,50","NL00","ACME","bg","Loon","","",""`,
    columns: { date: 4, amount: 6, currency: 1, note: [9, 11] },
    signed: ['-12.50', '1000.00'],
  },
  {
    name: 'ABN AMRO: tabs and no header',
    currency: 'EUR',
    text: `123456789\tEUR\t20260105\t100,00\t95,00\t20260105\t-5,00\tBEA Bakker
123456789\tEUR\t20260106\t95,00\t1.095,00\t20260106\t1.000,00\tSALARIS`,
    columns: { date: 2, amount: 6, currency: 1, note: [7] },
    signed: ['-5.00', '1000.00'],
  },
  {
    name: 'BoursoBank',
    currency: 'EUR',
    text: `dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance
2026-01-05;2026-01-06;"CARTE 04/01/26 BOULANGERIE";"Alimentation";"Vie quotidienne";"boulangerie";-1 234,56;;00040;BoursoBank;1000.00`,
    columns: { date: 0, amount: 6, category: 3, note: [2, 7] },
    signed: ['-1234.56'],
  },
  {
    name: 'Commerzbank',
    currency: 'EUR',
    text: `Buchungstag;Wertstellung;Umsatzart;Buchungstext;Betrag;Währung;IBAN Kontoinhaber;Kategorie
20.01.2026;20.01.2026;Lastschrift;Stadtwerke Strom;-80,5;EUR;DE00;Wohnen`,
    columns: { date: 0, amount: 4, category: 7, currency: 5, note: [3] },
    signed: ['-80.50'],
  },
  {
    name: 'comdirect: a pending row is bad, the old balance is no row',
    currency: 'EUR',
    text: `;
"Umsätze Girokonto";"Zeitraum: 30 Tage";
"Neuer Kontostand";"1.000,00 EUR";

"Buchungstag";"Wertstellung (Valuta)";"Vorgang";"Buchungstext";"Umsatz in EUR";
"offen";"19.01.2026";"Kartenverfügung";"Auftraggeber: X";"-1,00";
"20.01.2026";"20.01.2026";"Lastschrift";"Auftraggeber: Stadtwerke Buchungstext: Strom";"-80,50";

"Alter Kontostand";"1.080,50 EUR";`,
    columns: { date: 0, amount: 4, note: [3] },
    signed: ['bad date-unreadable', '-80.50'],
  },
  {
    name: 'BBVA: an empty first column, two currencies and two dates',
    currency: 'EUR',
    text: `;F. Valor;Fecha;Concepto;Movimiento;Importe;Divisa;Disponible;Divisa;Observaciones
;20/01/2026;21/01/2026;Compra;Pago con tarjeta;-12,00;EUR;100,00;EUR;4321 TIENDA`,
    columns: { date: 2, amount: 5, currency: 6, note: [3, 4, 9] },
    signed: ['-12.00'],
  },
  {
    name: 'Swedbank',
    currency: 'SEK',
    text: `Radnummer,Clearingnummer,Kontonummer,Produkt,Valuta,Bokföringsdag,Transaktionsdag,Valutadag,Referens,Beskrivning,Belopp,Bokfört saldo
1,82149,99,"Privatkonto",SEK,2026-01-05,2026-01-04,2026-01-05,"ICA","ICA KORT",-123.50,1000.00`,
    columns: { date: 6, amount: 10, currency: 4, note: [9] },
    signed: ['-123.50'],
  },
  {
    name: 'mBank: hashes before the names, the currency behind the figure',
    currency: 'PLN',
    text: `#Data operacji;#Opis operacji;#Rachunek;#Kategoria;#Kwota;
2026-01-05;"BIEDRONKA";"eKonto";"Jedzenie";-12,50 PLN;`,
    columns: { date: 0, amount: 4, category: 3, note: [1] },
    signed: ['-12.50'],
  },
  {
    name: 'Firefly III: withdrawals with a sign',
    currency: 'EUR',
    text: `user_id,group_id,journal_id,created_at,updated_at,group_title,type,amount,foreign_amount,currency_code,foreign_currency_code,description,date,source_name,destination_name,category
1,1,1,2026-01-06T10:00:00+01:00,2026-01-06,,Withdrawal,-12.50,,EUR,,Tea,2026-01-05T00:00:00+01:00,Bank,Shop,Food`,
    columns: { date: 12, amount: 7, mark: 6, category: 15, currency: 9, note: [11] },
    signed: ['-12.50'],
  },
  {
    name: 'an app: every amount positive, Expense and Income as words',
    currency: 'EUR',
    text: `sep=,
Date,Type,Amount,Category,Note
2026-01-05,Expense,12.50,Food,tea
2026-01-06,Income,100.00,,pay`,
    columns: { date: 0, amount: 2, mark: 1, category: 3, note: [4] },
    signed: ['-12.50', '100.00'],
  },
];

describe('more headers', () => {
  it.each(headers)('$name', async ({ currency, text, columns, signed }) => {
    const { layout, statementRows, bad } = await statementOf(new TextEncoder().encode(text), currencyOf(currency));
    expect([layout.columns, layout.questions]).toEqual([columns, []]);
    const read = [
      ...statementRows.map(({ line, kind, amount }) => [line, (kind === 'expense' ? '-' : '') + formatAmount(amount)] as const),
      ...bad.map(({ line, code }) => [line, `bad ${code}`] as const),
    ].toSorted(([a], [b]) => a - b);
    expect(read.map(([, told]) => told)).toEqual(signed);
  });
});
