import type { BankFile } from './bank-file.ts';

const ingNl: BankFile = {
  name: 'ING Netherlands: Af and Bij',
  currency: 'EUR',
  text: `"Datum";"Naam / Omschrijving";"Rekening";"Tegenrekening";"Code";"Af Bij";"Bedrag (EUR)";"Mutatiesoort";"Mededelingen";"Saldo na mutatie";"Tag"
"20260113";"Bakkerij De Zon";"NL00INGB0000000001";"";"BA";"Af";"4,35";"Betaalautomaat";"Pasvolgnr: 001 13-01-2026 08:10";"1.995,65";""
"20260123";"ACME BV";"NL00INGB0000000001";"NL00RABO0000000002";"OV";"Bij";"2.150,00";"Overschrijving";"Salaris januari";"4.145,65";""
"20260124";"Spaarrekening";"NL00INGB0000000001";"";"GT";"Af";"1.000,00";"Online bankieren";"Naar spaarrekening";"3.145,65";""
`,
  delimiter: ';',
  headerRow: 1,
  columns: { date: 0, amount: 6, mark: 5, note: [1, 8] },
  dateOrder: 'ymd',
  decimalMark: ',',
  rows: [
    '2 2026-01-13 -4.35 Unsorted | Bakkerij De Zon · Pasvolgnr: 001 13-01-2026 08:10',
    '3 2026-01-23 +2150.00 - | ACME BV · Salaris januari',
    '4 2026-01-24 -1000.00 Unsorted | Spaarrekening · Naar spaarrekening',
  ],
};

const ingDe: BankFile = {
  name: 'ING Germany: preamble, Windows-1252, two currency columns',
  currency: 'EUR',
  bytes: 'windows-1252',
  lineEnd: '\r\n',
  encoding: 'windows-1252',
  text: `Umsatzanzeige;Datei erstellt am: 01.02.2026 09:30

IBAN;DE00 5001 0517 0000 0000 01
Kontoname;Girokonto
Bank;ING
Kunde;Erika Beispiel
Zeitraum;01.01.2026 - 31.01.2026
Saldo;1.234,56;EUR

Sortierung;Datum absteigend

In der CSV-Datei finden Sie alle bereits gebuchten Umsätze. Die vorgemerkten Umsätze werden nicht aufgenommen.

Buchung;Wertstellungsdatum;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Saldo;Währung;Betrag;Währung
31.01.2026;31.01.2026;Bäckerei Müller;Lastschrift;Brötchen für 3 €;1.234,56;EUR;-12,40;EUR
28.01.2026;28.01.2026;ACME GmbH;Gehalt/Rente;Lohn Januar;1.246,96;EUR;2.345,67;EUR
02.01.2026;02.01.2026;Hausverwaltung Süd;Dauerauftrag/Terminueberweisung;Miete;-1.098,71;EUR;-1.100,00;EUR
`,
  delimiter: ';',
  headerRow: 14,
  columns: { date: 0, amount: 7, currency: 8, note: [2, 4] },
  dateOrder: 'dmy',
  decimalMark: ',',
  rows: [
    '15 2026-01-31 -12.40 Unsorted | Bäckerei Müller · Brötchen für 3 €',
    '16 2026-01-28 +2345.67 - | ACME GmbH · Lohn Januar',
    '17 2026-01-02 -1100.00 Unsorted | Hausverwaltung Süd · Miete',
  ],
};

const dkb: BankFile = {
  name: 'DKB: quoted, a pending row, two-digit years',
  currency: 'EUR',
  bytes: 'utf-8-bom',
  text: `"Girokonto";"DE00120300000000000001"
"Zeitraum:";"01.01.2026 - 31.01.2026"
"Kontostand vom 31.01.2026:";"1.234,56 €"
""
"Buchungsdatum";"Wertstellung";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";"Verwendungszweck";"Umsatztyp";"IBAN";"Betrag (€)";"Gläubiger-ID";"Mandatsreferenz";"Kundenreferenz"
"30.01.26";"";"Vorgemerkt";"Beispiel, Erika";"Kino Lux";"Karte 1234";"Ausgang";"";"-11";"";"";""
"15.01.26";"15.01.26";"Gebucht";"Beispiel, Erika";"Stadtwerke";"Abschlag ""Strom""";"Ausgang";"DE00";"-1.075,00";"DE11ZZZ";"M-1";"R-1"
"02.01.26";"02.01.26";"Gebucht";"ACME GmbH";"Beispiel, Erika";"Lohn";"Eingang";"DE00";"2.500,10";"";"";""
`,
  delimiter: ';',
  headerRow: 5,
  columns: { date: 0, amount: 8, mark: 6, state: 2, note: [3, 4, 5] },
  dateOrder: 'dmy',
  decimalMark: ',',
  rows: [
    '7 2026-01-15 -1075.00 Unsorted | Beispiel, Erika · Stadtwerke · Abschlag "Strom"',
    '8 2026-01-02 +2500.10 - | ACME GmbH · Beispiel, Erika · Lohn',
  ],
  bad: ['6 row-not-booked'],
};

const volksbank: BankFile = {
  name: 'a Volksbank: S and H in a column without a name',
  currency: 'EUR',
  bytes: 'windows-1252',
  encoding: 'windows-1252',
  text: `"Buchungstag";"Valuta";"Auftraggeber/Zahlungsempfänger";"Empfänger/Zahlungspflichtiger";"Vorgang/Verwendungszweck";"Währung";"Umsatz";" "
"14.01.2026";"14.01.2026";"Erika Beispiel";"Obsthof Süß";"Äpfel";"EUR";"7,80";"S"
"15.01.2026";"15.01.2026";"Erika Beispiel";"ACME GmbH";"Prämie";"EUR";"1.000,00";"H"
`,
  delimiter: ';',
  headerRow: 1,
  columns: { date: 0, amount: 6, mark: 7, currency: 5, note: [3, 4] },
  dateOrder: 'dmy',
  decimalMark: ',',
  rows: ['2 2026-01-14 -7.80 Unsorted | Obsthof Süß · Äpfel', '3 2026-01-15 +1000.00 - | ACME GmbH · Prämie'],
};

const sparkasse: BankFile = {
  name: 'a Sparkasse (CAMT): pending rows and a row in dollars',
  currency: 'EUR',
  text: `"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Glaeubiger ID";"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"Betrag";"Waehrung";"Info"
"DE00";"16.01.26";"16.01.26";"KARTENZAHLUNG";"2026-01-15T18:03 Debitk.1";"";"MARKT AM TOR";"DE01";"-23,05";"EUR";"Umsatz vorgemerkt"
"DE00";"14.01.26";"14.01.26";"KARTENZAHLUNG";"2026-01-13T12:00 Debitk.1";"";"MARKT AM TOR";"DE01";"-3,50";"EUR";"Umsatz gebucht"
"DE00";"13.01.26";"13.01.26";"UEBERWEISUNG";"Fee";"";"US SHOP";"";"-9,99";"USD";"Umsatz gebucht"
`,
  delimiter: ';',
  headerRow: 1,
  columns: { date: 1, amount: 8, currency: 9, state: 10, note: [6, 4] },
  dateOrder: 'dmy',
  decimalMark: ',',
  rows: ['3 2026-01-14 -3.50 Unsorted | MARKT AM TOR · 2026-01-13T12:00 Debitk.1'],
  bad: ['2 row-not-booked', '4 currency-differs'],
};

const trailingMinus: BankFile = {
  name: 'a bank with the minus behind the figure',
  currency: 'EUR',
  text: `Datum;Text;Betrag
05.01.2026;Trafik;1.234,56-
06.01.2026;Gutschrift;20,00+
07.01.2026;Maut;9,20-
`,
  delimiter: ';',
  headerRow: 1,
  columns: { date: 0, amount: 2, note: [1] },
  dateOrder: 'dmy',
  decimalMark: ',',
  rows: ['2 2026-01-05 -1234.56 Unsorted | Trafik', '3 2026-01-06 +20.00 - | Gutschrift', '4 2026-01-07 -9.20 Unsorted | Maut'],
};

const french: BankFile = {
  name: 'a French bank: debits with a minus, blanks for thousands',
  currency: 'EUR',
  bytes: 'windows-1252',
  encoding: 'windows-1252',
  text: `Téléchargement du 01/02/2026;

Compte de Dépôt n° 00000000001;
Solde au 01/02/2026 : 1 234,56 €

Date;Libellé;Débit euros;Crédit euros
29/01/2026;"PAIEMENT PAR CARTE
LIBRAIRIE DU PORT";-12,90;
05/01/2026;LOYER JANVIER;-1\u00a0100,00;
03/01/2026;VIREMENT ACME SA;;2 345,67
`,
  delimiter: ';',
  headerRow: 6,
  columns: { date: 0, debit: 2, credit: 3, note: [1] },
  dateOrder: 'dmy',
  decimalMark: ',',
  rows: [
    '7 2026-01-29 -12.90 Unsorted | PAIEMENT PAR CARTE LIBRAIRIE DU PORT',
    '9 2026-01-05 -1100.00 Unsorted | LOYER JANVIER',
    '10 2026-01-03 +2345.67 - | VIREMENT ACME SA',
  ],
};

const swiss: BankFile = {
  name: "a Swiss bank: 1'234.56 and UTF-16",
  currency: 'CHF',
  bytes: 'utf-16le-bom',
  encoding: 'utf-16le',
  lineEnd: '\r\n',
  text: `Datum\tAvisierungstext\tGutschrift in CHF\tLastschrift in CHF\tValuta\tSaldo in CHF
30.01.2026\tKauf Käserei Grün\t\t-18.45\t30.01.2026\t5'430.10
25.01.2026\tLohn ACME AG\t6'500.00\t\t25.01.2026\t5'448.55
`,
  delimiter: '\t',
  headerRow: 1,
  columns: { date: 0, debit: 3, credit: 2, note: [1] },
  dateOrder: 'dmy',
  decimalMark: '.',
  rows: ['2 2026-01-30 -18.45 Unsorted | Kauf Käserei Grün', '3 2026-01-25 +6500.00 - | Lohn ACME AG'],
};

const spanish: BankFile = {
  name: 'a Spanish bank in UTF-16 without a mark',
  currency: 'EUR',
  bytes: 'utf-16be',
  encoding: 'utf-16be',
  text: `Fecha operación;Concepto;Fecha valor;Importe;Saldo
17/01/2026;COMPRA PANADERÍA;18/01/2026;-3,20€;996,80€
16/01/2026;NÓMINA;16/01/2026;1.500,00€;1.000,00€
`,
  delimiter: ';',
  headerRow: 1,
  columns: { date: 0, amount: 3, note: [1] },
  dateOrder: 'dmy',
  decimalMark: ',',
  rows: ['2 2026-01-17 -3.20 Unsorted | COMPRA PANADERÍA', '3 2026-01-16 +1500.00 - | NÓMINA'],
};

const italian: BankFile = {
  name: 'an Italian bank: Entrate and Uscite',
  currency: 'EUR',
  text: `Data,Entrate,Uscite,Descrizione,Descrizione_Completa,Stato
30/01/2026,,"-45,00",Pagamento Visa,Trattoria Da Nino,Contabilizzato
28/01/2026,"1.800,00",,Bonifico,Stipendio ACME,Contabilizzato
`,
  delimiter: ',',
  headerRow: 1,
  columns: { date: 0, debit: 2, credit: 1, state: 5, note: [3, 4] },
  dateOrder: 'dmy',
  decimalMark: ',',
  rows: [
    '2 2026-01-30 -45.00 Unsorted | Pagamento Visa · Trattoria Da Nino',
    '3 2026-01-28 +1800.00 - | Bonifico · Stipendio ACME',
  ],
};

export const europe = [ingNl, ingDe, dkb, volksbank, sparkasse, trailingMinus, french, swiss, spanish, italian];
