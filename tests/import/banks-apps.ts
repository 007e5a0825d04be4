import type { BankFile } from './bank-file.ts';

const revolut: BankFile = {
  name: 'Revolut: states, fees, time stamps, two currencies',
  currency: 'EUR',
  text: `Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance
CARD_PAYMENT,Current,2026-01-31 23:58:10,2026-02-01 10:00:00,Night Bus,-2.80,0.00,EUR,COMPLETED,97.20
TOPUP,Current,2026-01-30 08:00:00,2026-01-30 08:00:01,Top-Up by *1234,100.00,0.00,EUR,COMPLETED,100.00
CARD_PAYMENT,Current,2026-01-29 19:20:00,,Hotel Hold,-150.00,0.00,EUR,PENDING,
CARD_PAYMENT,Current,2026-01-28 19:20:00,,Ghost Shop,-5.00,0.00,EUR,REVERTED,
EXCHANGE,Current,2026-01-27 12:00:00,2026-01-27 12:00:00,Exchanged to USD,-50.00,0.50,EUR,COMPLETED,0.00
CARD_PAYMENT,Current,2026-01-26 12:00:00,2026-01-27 12:00:00,Diner,-8.00,0.00,USD,COMPLETED,42.00
`,
  delimiter: ',',
  headerRow: 1,
  columns: { date: 2, amount: 5, currency: 7, state: 8, fee: 6, note: [4] },
  dateOrder: 'ymd',
  decimalMark: '.',
  rows: [
    '2 2026-01-31 -2.80 Unsorted | Night Bus',
    '3 2026-01-30 +100.00 - | Top-Up by *1234',
    '6 2026-01-27 -50.50 Unsorted | Exchanged to USD',
  ],
  bad: ['4 row-not-booked', '5 row-not-booked', '7 currency-differs'],
};

const n26: BankFile = {
  name: 'N26',
  currency: 'EUR',
  text: `"Booking Date","Value Date","Partner Name","Partner Iban",Type,"Payment Reference","Account Name","Amount (EUR)","Original Amount","Original Currency","Exchange Rate"
2026-01-05,2026-01-05,"Coffee ""Lab""",,Presentment,,"Main Account",-3.5,3.5,EUR,1
2026-01-07,2026-01-08,Diner,,Presentment,,"Main Account",-10.21,11.05,USD,0.924
2026-01-28,2026-01-28,"ACME GmbH",DE00,"Credit Transfer","Salary 01","Main Account",2300.0,,,
`,
  delimiter: ',',
  headerRow: 1,
  columns: { date: 0, amount: 7, note: [2, 5] },
  dateOrder: 'ymd',
  decimalMark: '.',
  rows: [
    '2 2026-01-05 -3.50 Unsorted | Coffee "Lab"',
    '3 2026-01-07 -10.21 Unsorted | Diner',
    '4 2026-01-28 +2300.00 - | ACME GmbH · Salary 01',
  ],
};

const ynab: BankFile = {
  name: 'YNAB register',
  currency: 'USD',
  bytes: 'utf-8-bom',
  text: `"Account","Flag","Date","Payee","Category Group/Category","Category Group","Category","Memo","Outflow","Inflow","Cleared"
"Checking","","01/15/2026","Green Grocer","Everyday: Groceries","Everyday","Groceries","veg, fruit",$34.10,$0.00,"Cleared"
"Checking","Red","01/14/2026","ACME Tools","Inflow: Ready to Assign","Inflow","Ready to Assign","",$0.00,"$2,000.00","Reconciled"
"Checking","","01/13/2026","Starting Balance","","","","",$0.00,$0.00,"Cleared"
"Checking","","01/12/2026","Kiosk","","","","",$2.00,$0.00,"Uncleared"
`,
  delimiter: ',',
  headerRow: 1,
  columns: { date: 2, debit: 8, credit: 9, category: 4, note: [3, 7] },
  dateOrder: 'mdy',
  decimalMark: '.',
  rows: [
    '2 2026-01-15 -34.10 Everyday:Groceries | Green Grocer · veg, fruit',
    '3 2026-01-14 +2000.00 Inflow:Ready to Assign | ACME Tools',
    '5 2026-01-12 -2.00 Unsorted | Kiosk',
  ],
  bad: ['4 amount-zero'],
};

const paypal: BankFile = {
  name: 'PayPal: net after the fee',
  currency: 'EUR',
  bytes: 'utf-8-bom',
  text: `"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","From Email Address","Transaction ID","Balance"
"14/01/2026","10:11:12","CET","Yarn & Co","Express Checkout Payment","Completed","EUR","-25.00","0.00","-25.00","me@example.org","T1","75.00"
"12/01/2026","09:00:00","CET","Buyer","Mobile Payment","Completed","EUR","100.00","-3.40","96.60","you@example.org","T2","100.00"
"11/01/2026","09:00:00","CET","Late Payer","Mobile Payment","Pending","EUR","10.00","0.00","10.00","he@example.org","T3","3.40"
`,
  delimiter: ',',
  headerRow: 1,
  columns: { date: 0, amount: 9, currency: 6, state: 5, note: [3] },
  dateOrder: 'dmy',
  decimalMark: '.',
  rows: ['2 2026-01-14 -25.00 Unsorted | Yarn & Co', '3 2026-01-12 +96.60 - | Buyer'],
  bad: ['4 row-not-booked'],
};

const wise: BankFile = {
  name: 'Wise: day first with dashes, fees inside the amounts',
  currency: 'EUR',
  text: `"TransferWise ID",Date,Amount,Currency,Description,"Payment Reference","Running Balance","Exchange From","Exchange To","Payer Name","Payee Name",Merchant,"Total fees"
CARD-1,31-01-2026,-12.30,EUR,"Card transaction of 12.30 EUR issued by Tea House",,87.70,,,,,"Tea House",0.00
TRANSFER-2,05-01-2026,100.00,EUR,"Received money from R ROE",gift,100.00,,,"R ROE",,,0.50
`,
  delimiter: ',',
  headerRow: 1,
  columns: { date: 1, amount: 2, currency: 3, note: [10, 11, 4, 5] },
  dateOrder: 'dmy',
  decimalMark: '.',
  rows: [
    '2 2026-01-31 -12.30 Unsorted | Tea House · Card transaction of 12.30 EUR issued by Tea House',
    '3 2026-01-05 +100.00 - | Received money from R ROE · gift',
  ],
};

const lineBreaks: BankFile = {
  name: 'an app with quoted line breaks and tabs in its notes',
  currency: 'EUR',
  lineEnd: '\r\n',
  text: `date,amount,note
2026-01-01,-1.00,"first
second

fourth"
2026-01-02,-2.00,"she said ""hi"""
2026-01-03,-3.00,5" nails
2026-01-04,4.00,"a\tb"
`,
  delimiter: ',',
  headerRow: 1,
  columns: { date: 0, amount: 1, note: [2] },
  dateOrder: 'ymd',
  decimalMark: '.',
  rows: [
    '2 2026-01-01 -1.00 Unsorted | first second fourth',
    '6 2026-01-02 -2.00 Unsorted | she said "hi"',
    '7 2026-01-03 -3.00 Unsorted | 5" nails',
    '8 2026-01-04 +4.00 - | a b',
  ],
};

const carriageReturns: BankFile = {
  name: 'an old Macintosh: lines that end in a carriage return alone',
  currency: 'EUR',
  lineEnd: '\r',
  text: `date|amount|note
2026-01-01|-1.00|"two
lines"
2026-01-02|-2.00|x
`,
  delimiter: '|',
  headerRow: 1,
  columns: { date: 0, amount: 1, note: [2] },
  dateOrder: 'ymd',
  decimalMark: '.',
  rows: ['2 2026-01-01 -1.00 Unsorted | two lines', '4 2026-01-02 -2.00 Unsorted | x'],
};

const noHeader: BankFile = {
  name: 'a file without a header',
  currency: 'EUR',
  text: `2026-01-01;Bäcker;-3,20;96,80
2026-01-02;Lohn;1.000,00;1.096,80
2026-01-03;Kiosk;-1,00;1.095,80
`,
  delimiter: ';',
  headerRow: null,
  columns: { date: 0, amount: 2, note: [1] },
  dateOrder: 'ymd',
  decimalMark: ',',
  rows: ['1 2026-01-01 -3.20 Unsorted | Bäcker', '2 2026-01-02 +1000.00 - | Lohn', '3 2026-01-03 -1.00 Unsorted | Kiosk'],
};

const oddRows: BankFile = {
  name: 'a file with every kind of broken row',
  currency: 'EUR',
  text: `Date,Payee,Amount
13/01/2026,Good,-1.00
31/09/2026,No such day,-1.00
soon,No date at all,-1.00
,Nothing for a date,-1.00
14/13/2026,No such month,-1.00
14/01/2026,No amount in total,
14/01/2026,Zero,0.00
14/01/2026,Words,a lot
14/01/2026,Too exact,-1.005
14/01/2026,In dollars,USD 5.00
14/01/2026,Torn, by a comma,-1.00
14/01/1026,Long ago,-1.00
14/01/2026,Too much,99999999999999999999.00
Date,Payee,Amount
14/01/2026,Trailing zeros,-1.0000
Total,,-2.00
`,
  delimiter: ',',
  headerRow: 1,
  columns: { date: 0, amount: 2, note: [1] },
  dateOrder: 'dmy',
  decimalMark: '.',
  rows: ['2 2026-01-13 -1.00 Unsorted | Good', '16 2026-01-14 -1.00 Unsorted | Trailing zeros'],
  bad: [
    '3 date-not-real',
    '4 date-unreadable',
    '5 date-missing',
    '6 date-not-real',
    '7 amount-missing',
    '8 amount-zero',
    '9 amount-unreadable',
    '10 amount-too-precise',
    '11 currency-differs',
    '12 too-many-cells',
    '13 date-out-of-range',
    '14 amount-too-large',
  ],
};

export const apps = [revolut, n26, ynab, paypal, wise, lineBreaks, carriageReturns, noHeader, oddRows];
