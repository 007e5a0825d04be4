import type { BankFile } from './bank-file.ts';

const chaseCard: BankFile = {
  name: 'Chase credit card',
  currency: 'USD',
  text: `Transaction Date,Post Date,Description,Category,Type,Amount,Memo
01/14/2026,01/15/2026,PAPER MOON BOOKS,Shopping,Sale,-23.99,
01/12/2026,01/13/2026,Payment Thank You-Mobile,,Payment,350.00,
01/09/2026,01/11/2026,"SQ *CORNER BAKERY, LLC",Food & Drink,Sale,-8.40,two rolls
01/05/2026,01/06/2026,GREEN GROCER #12,Groceries,Return,12.10,
`,
  delimiter: ',',
  headerRow: 1,
  columns: { date: 0, amount: 5, category: 3, note: [2, 6] },
  dateOrder: 'mdy',
  decimalMark: '.',
  rows: [
    '2 2026-01-14 -23.99 Shopping | PAPER MOON BOOKS',
    '3 2026-01-12 +350.00 - | Payment Thank You-Mobile',
    '4 2026-01-09 -8.40 Food & Drink | SQ *CORNER BAKERY, LLC · two rolls',
    '5 2026-01-05 +12.10 Groceries | GREEN GROCER #12',
  ],
};

const chaseChecking: BankFile = {
  name: 'Chase checking',
  currency: 'USD',
  lineEnd: '\r\n',
  text: `Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #
DEBIT,01/20/2026,"ORIG CO NAME:CITY WATER",-61.25,ACH_DEBIT,1938.75,,
CREDIT,01/16/2026,"PAYROLL ACME TOOLS",1500.00,ACH_CREDIT,2000.00,,
DEBIT,01/12/2026,"HARBOR PARKING",-4.00,DEBIT_CARD,500.00,,
CREDIT,01/09/2026,"ZELLE FROM R ROE",20.00,QUICKPAY_CREDIT,504.00,,
CHECK,01/07/2026,"CHECK 204",-75.00,CHECK_PAID,484.00,204,
`,
  delimiter: ',',
  headerRow: 1,
  columns: { date: 1, amount: 3, mark: 0, note: [2] },
  dateOrder: 'mdy',
  decimalMark: '.',
  rows: [
    '2 2026-01-20 -61.25 Unsorted | ORIG CO NAME:CITY WATER',
    '3 2026-01-16 +1500.00 - | PAYROLL ACME TOOLS',
    '4 2026-01-12 -4.00 Unsorted | HARBOR PARKING',
    '5 2026-01-09 +20.00 - | ZELLE FROM R ROE',
    '6 2026-01-07 -75.00 Unsorted | CHECK 204',
  ],
};

const bankOfAmerica: BankFile = {
  name: 'Bank of America, summary before the rows',
  currency: 'USD',
  lineEnd: '\r\n',
  text: `Description,,Summary Amt.
Beginning balance as of 01/01/2026,,"1,300.00"
Total credits,,"3,350.00"
Total debits,,"-1,139.98"
Ending balance as of 01/31/2026,,"3,510.02"

Date,Description,Amount,Running Bal.
01/01/2026,Beginning balance as of 01/01/2026,,"1,300.00"
01/03/2026,"NORTHSIDE GYM DES:DUES ID:X991","-39.98","1,260.02"
01/04/2026,"RENT OFFICE DES:WEB PMT","-1,100.00","160.02"
01/30/2026,"ACME TOOLS DES:PAYROLL","3,350.00","3,510.02"
`,
  delimiter: ',',
  headerRow: 7,
  columns: { date: 0, amount: 2, note: [1] },
  dateOrder: 'mdy',
  decimalMark: '.',
  rows: [
    '9 2026-01-03 -39.98 Unsorted | NORTHSIDE GYM DES:DUES ID:X991',
    '10 2026-01-04 -1100.00 Unsorted | RENT OFFICE DES:WEB PMT',
    '11 2026-01-30 +3350.00 - | ACME TOOLS DES:PAYROLL',
  ],
};

const parentheses: BankFile = {
  name: 'a credit union with (12.00) for what went out',
  currency: 'USD',
  text: `Posted Date,Reference Number,Payee,Address,Amount
12/28/2025,24001,Blue Bird Cafe,PORTLAND OR,($12.00)
12/29/2025,24002,Interest,,$0.43
12/30/2025,24003,Big Sofa Store,PORTLAND OR,"($1,234.50)"
`,
  delimiter: ',',
  headerRow: 1,
  columns: { date: 0, amount: 4, note: [2] },
  dateOrder: 'mdy',
  decimalMark: '.',
  rows: [
    '2 2025-12-28 -12.00 Unsorted | Blue Bird Cafe',
    '3 2025-12-29 +0.43 - | Interest',
    '4 2025-12-30 -1234.50 Unsorted | Big Sofa Store',
  ],
};

const capitalOne: BankFile = {
  name: 'Capital One card, debit and credit columns',
  currency: 'USD',
  text: `Transaction Date,Posted Date,Card No.,Description,Category,Debit,Credit
2026-02-03,2026-02-04,4321,LITTLE TACO TRUCK,Dining,14.75,
2026-02-02,2026-02-02,4321,CAPITAL ONE MOBILE PYMT,Payment/Credit,,200.00
2026-02-31,2026-03-01,4321,NO SUCH DAY,Dining,1.00,
`,
  delimiter: ',',
  headerRow: 1,
  columns: { date: 0, debit: 5, credit: 6, category: 4, note: [3] },
  dateOrder: 'ymd',
  decimalMark: '.',
  rows: ['2 2026-02-03 -14.75 Dining | LITTLE TACO TRUCK', '3 2026-02-02 +200.00 Payment/Credit | CAPITAL ONE MOBILE PYMT'],
  bad: ['4 date-not-real'],
};

const brazil: BankFile = {
  name: 'a Brazilian bank, R$ and a lone thousands point',
  currency: 'BRL',
  text: `Data;Lançamento;Valor (R$);Saldo (R$)
15/01/2026;PIX ENVIADO PADARIA SOL;-18,90;981,10
16/01/2026;SALÁRIO;R$ 4.500,00;5.481,10
17/01/2026;ALUGUEL;R$ -1.200,00;4.281,10
`,
  delimiter: ';',
  headerRow: 1,
  columns: { date: 0, amount: 2, note: [1] },
  dateOrder: 'dmy',
  decimalMark: ',',
  rows: [
    '2 2026-01-15 -18.90 Unsorted | PIX ENVIADO PADARIA SOL',
    '3 2026-01-16 +4500.00 - | SALÁRIO',
    '4 2026-01-17 -1200.00 Unsorted | ALUGUEL',
  ],
};

export const america = [chaseCard, chaseChecking, bankOfAmerica, parentheses, capitalOne, brazil];
