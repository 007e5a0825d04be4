import { z } from 'zod';
import { EXIT, Failure } from './failure.ts';
import { linesOf } from './figures.ts';
import type { Given } from './given.ts';
import { walletNamed } from './wallets.ts';

const OF_A_WALLET = ['balance', 'spending', 'cashflow', 'budget', 'statement', 'income', 'largest', 'unusual', 'forecast'];
const LISTS = ['limits', 'goals', 'plans', 'schedules', 'upcoming', 'checks', 'entries'];
export const REPORTS: readonly string[] = [...OF_A_WALLET, 'networth', ...LISTS];

interface ReportOptions {
  readonly wallet?: string;
  readonly from?: string;
  readonly to?: string;
  readonly by?: string;
  readonly compare?: string;
  readonly currency?: string;
  readonly limit?: string;
  readonly occurredAsOf?: string;
  readonly recordedAsOf?: string;
}

/** `kakeibo report REPORT` */
export async function report({ connection: { client }, output, options }: Given<ReportOptions>, name = ''): Promise<number> {
  if (!REPORTS.includes(name)) throw new Failure(`There is no report ${name}. There are: ${REPORTS.join(', ')}`, EXIT.usage);
  const { wallet: named, ...query } = options;
  const asked = { query: queryOf(query) };
  const answer =
    name === 'networth'
      ? await client.ask('GET', '/reports/networth', z.looseObject({}), asked)
      : await client.ask('GET', await placeOf(name), z.looseObject({}), asked);
  output.result(answer, () => linesOf(answer));
  return 0;

  async function placeOf(what: string): Promise<string> {
    const { id } = await walletNamed(client, named);
    return `/wallets/${id}/${OF_A_WALLET.includes(what) ? 'reports/' : ''}${what}`;
  }
}

function queryOf({ from, to, by, compare, currency, limit, occurredAsOf, recordedAsOf }: ReportOptions) {
  return { from, to, by, compare, currency, limit, occurredAsOf, recordedAsOf };
}
