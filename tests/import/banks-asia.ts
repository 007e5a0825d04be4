import type { BankFile } from './bank-file.ts';

const STARS = '********';

const hdfc: BankFile = {
  name: 'HDFC: stars, two amount columns, a summary at the end',
  currency: 'INR',
  text: `HDFC BANK Ltd.,,,,,,
Statement of account,,,,,,
From : 01/01/2026 To : 31/01/2026,,,,,,

Date,Narration,Chq./Ref.No.,Value Dt,Withdrawal Amt.,Deposit Amt.,Closing Balance
${STARS},${STARS},${STARS},${STARS},${STARS},${STARS},${STARS}
02/01/26,UPI-CHAI CORNER-CHAI@UPI-1001,0000600100,02/01/26,40.00,,"1,20,460.00"
05/01/26,NEFT CR-ACME TOOLS-SALARY,N00512345,05/01/26,,"1,25,000.50","2,45,460.50"
19/01/26,POS 416021XXXXXX1234 SPICE MART,0000600188,19/01/26,"12,345.75",0.00,"2,33,114.75"
${STARS},${STARS},${STARS},${STARS},${STARS},${STARS},${STARS}

STATEMENT SUMMARY :-
Opening Balance,Dr Count,Cr Count,Debits,Credits,Closing Bal,
"1,20,500.00",2,1,"12,385.75","1,25,000.50","2,33,114.75",
Generated On: 01-Feb-2026 10:00:00,,,,,,
End Of Statement,,,,,,
`,
  delimiter: ',',
  headerRow: 5,
  columns: { date: 0, debit: 4, credit: 5, note: [1] },
  dateOrder: 'dmy',
  decimalMark: '.',
  rows: [
    '7 2026-01-02 -40.00 Unsorted | UPI-CHAI CORNER-CHAI@UPI-1001',
    '8 2026-01-05 +125000.50 - | NEFT CR-ACME TOOLS-SALARY',
    '9 2026-01-19 -12345.75 Unsorted | POS 416021XXXXXX1234 SPICE MART',
  ],
};

const sbi: BankFile = {
  name: 'SBI: the "xls" that is tab separated text',
  currency: 'INR',
  lineEnd: '\r\n',
  text: `Account Name       :\tMr. RAVI ROE
Address            :\t12 Lake Road
Date               :\t1 Feb 2026
Account Number     :\t_00000012345678901
Opening Balance    :\t10,000.00
Start Date         :\t1 Jan 2026
End Date           :\t31 Jan 2026

Txn Date\tValue Date\tDescription\tRef No./Cheque No.\t        Debit\tCredit\tBalance
3 Jan 2026\t3 Jan 2026\tTO TRANSFER-UPI/DR/600300/MANGO SHOP--\tTRANSFER TO 4897\t250.00\t \t9,750.00
12 Jan 2026\t12 Jan 2026\tBY TRANSFER-NEFT*ACME--\tTRANSFER FROM 3199\t \t50,000.00\t59,750.00
31 Jan 2026\t31 Jan 2026\tATM WDL-ATM CASH 1234--\t \t5,000.00\t \t54,750.00

**This is a computer generated statement and does not require a signature
`,
  delimiter: '\t',
  headerRow: 9,
  columns: { date: 0, debit: 4, credit: 5, note: [2] },
  dateOrder: 'ymd',
  decimalMark: '.',
  rows: [
    '10 2026-01-03 -250.00 Unsorted | TO TRANSFER-UPI/DR/600300/MANGO SHOP--',
    '11 2026-01-12 +50000.00 - | BY TRANSFER-NEFT*ACME--',
    '12 2026-01-31 -5000.00 Unsorted | ATM WDL-ATM CASH 1234--',
  ],
};

const icici: BankFile = {
  name: 'ICICI: serial numbers, rupees in brackets, legends at the end',
  currency: 'INR',
  text: `,DETAILED STATEMENT,,,,,,,
,Account Number,000101234567 ( INR )  - RAVI ROE,,,,,,
,Transaction Date from,01/01/2026,to,31/01/2026,,,,
,Transactions List -  RAVI ROE (INR) - 000101234567,,,,,,,
,S No.,Value Date,Transaction Date,Cheque Number,Transaction Remarks,Withdrawal Amount (INR ),Deposit Amount (INR ),Balance (INR )
,1,04/01/2026,03/01/2026,-,UPI/600412/Pay/tea@okbank/TEA STALL,25.00,0.00,9975.00
,2,15/01/2026,15/01/2026,-,NEFT-N015-ACME TOOLS PAYROLL,0.00,50000.00,59975.00
,3,31/01/2026,31/01/2026,000077,CLG/RENT JANUARY,15000.00,0.00,44975.00
,,,,,,,,
,Legends Used in Account Statement,,,,,,,
,BBPS - Bharat Bill Payment Service,,,,,,,
`,
  delimiter: ',',
  headerRow: 5,
  columns: { date: 3, debit: 6, credit: 7, note: [5] },
  dateOrder: 'dmy',
  decimalMark: '.',
  rows: [
    '6 2026-01-03 -25.00 Unsorted | UPI/600412/Pay/tea@okbank/TEA STALL',
    '7 2026-01-15 +50000.00 - | NEFT-N015-ACME TOOLS PAYROLL',
    '8 2026-01-31 -15000.00 Unsorted | CLG/RENT JANUARY',
  ],
};

const axis: BankFile = {
  name: 'an Indian bank with Dr and Cr behind the figures',
  currency: 'INR',
  text: `Tran Date,Particulars,Amount (INR),Balance (INR)
05-01-2026,PUR/BOOK NOOK,"1,499.00 Dr","8,501.00 Cr"
28-01-2026,INT PAID,"1,00,012.25 Cr","1,08,513.25 Cr"
`,
  delimiter: ',',
  headerRow: 1,
  columns: { date: 0, amount: 2, note: [1] },
  dateOrder: 'dmy',
  decimalMark: '.',
  rows: ['2 2026-01-05 -1499.00 Unsorted | PUR/BOOK NOOK', '3 2026-01-28 +100012.25 - | INT PAID'],
};

const japan: BankFile = {
  name: 'a Japanese bank: yen, year first, UTF-8 with BOM',
  currency: 'JPY',
  bytes: 'utf-8-bom',
  lineEnd: '\r\n',
  text: `取引日,入出金(円),取引後残高(円),入出金内容
20260105,"-1,280","98,720",VISAデビット スーパー ミドリ
20260123,"250,000","348,720",給与 アクメ
2026年1月31日,"-82,000","266,720",家賃
2026/01/31,-12.5,"266,720",半端
`,
  delimiter: ',',
  headerRow: 1,
  columns: { date: 0, amount: 1, note: [3] },
  dateOrder: 'ymd',
  decimalMark: '.',
  rows: [
    '2 2026-01-05 -1280 Unsorted | VISAデビット スーパー ミドリ',
    '3 2026-01-23 +250000 - | 給与 アクメ',
    '4 2026-01-31 -82000 Unsorted | 家賃',
  ],
  bad: ['5 amount-too-precise'],
};

export const asia = [hdfc, sbi, icici, axis, japan];
