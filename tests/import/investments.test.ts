import { readOfx } from '@kakeibo/adapters/ofx';
import { expect, test } from 'vitest';
import { accountsOf, bytesOf, inEuro, rowLines } from './accounts.ts';

const row = '<STMTTRN><DTPOSTED>20261014<TRNAMT>1<FITID>2</STMTTRN>';
const bank = `<BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>7</BANKACCTFROM><BANKTRANLIST>${row}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1>`;
const trade = '<BUYSTOCK><INVBUY><INVTRAN><FITID>1<DTTRADE>20261014</INVTRAN></INVBUY></BUYSTOCK>';
const broker = `<INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS><INVACCTFROM><ACCTID>B7</INVACCTFROM>
<INVTRANLIST><DTSTART>20261001<DTEND>20261031${trade}<INVBANKTRAN>${row}<SUBACCTFUND>CASH</INVBANKTRAN></INVTRANLIST></INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1>`;

test('OFX: how many rows of securities are left out is said, and where', async () => {
  const both = await readOfx(bytesOf(`OFXHEADER:100\n\n<OFX>\n${bank}\n${broker}</OFX>`), inEuro);
  expect(rowLines(accountsOf(both)[0])).toHaveLength(1);
  const message = expect.stringMatching(/^2 investment rows were left out \(from line 5 on\)/);
  expect(both).toMatchObject({ warnings: [{ code: 'investments-left-out', line: 5, account: 'B7', message }] });
});

test('OFX: a file of a broker alone is refused with what it has', async () => {
  const alone = await readOfx(bytesOf(`OFXHEADER:100\n\n<OFX>${broker}</OFX>`), inEuro);
  const message = expect.stringContaining('2 investment rows were left out');
  expect(alone).toMatchObject({ code: 'statement-missing', line: 3, message });
});

test('OFX: a broker’s statement without rows is nothing to tell of', async () => {
  const empty = broker.replace(/<INVTRANLIST>[^]*<\/INVTRANLIST>/, '');
  expect(await readOfx(bytesOf(`OFXHEADER:100\n\n<OFX>${bank}${empty}</OFX>`), inEuro)).toMatchObject({ warnings: [] });
});
