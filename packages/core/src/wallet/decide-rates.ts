import { parseCurrency, type CurrencyCode } from '../currency.ts';
import type { Rejection } from '../outcome.ts';
import { parseRate } from '../rate.ts';
import { accept, refuse, type Foresight, type Rule } from './decision.ts';
import type { RemoveRate, SetRate } from './figure-commands.ts';
import { isRejection, parseDay, reject } from './parse.ts';
import { rates } from './rates.ts';
import { headOf, ratesOf, type Need } from './state.ts';

function needs({ command }: Foresight<SetRate | RemoveRate>): readonly Need[] {
  const quote = parseCurrency(command.quote);
  return quote === undefined ? [] : [{ projection: rates, bucket: quote }];
}

function readQuote(text: string): CurrencyCode | Rejection {
  return (
    parseCurrency(text) ?? reject('currency-unknown', 'A rate is in an active ISO 4217 code in capitals, like USD.', 'quote')
  );
}

export const setRateRule: Rule<SetRate> = {
  needs,
  decide({ command, today }, state) {
    const quote = readQuote(command.quote);
    if (isRejection(quote)) return refuse(quote);
    const on = command.on === undefined ? today : parseDay(command.on, 'on');
    if (isRejection(on)) return refuse(on);
    const rate = parseRate(command.rate);
    if (rate === undefined) {
      const message = 'A rate is a plain decimal more than zero with at most 18 digits, like 1.0842.';
      return refuse(reject('rate-invalid', message, 'rate'));
    }
    if (quote === headOf(state).currency) {
      return refuse(reject('rate-invalid', `One ${quote} is one ${quote}. Name another currency.`, 'quote'));
    }
    const before = ratesOf(state, quote)[on];
    if (before === rate) return refuse(reject('nothing-to-change', 'The rate of this day is this one already.', 'rate'));
    return accept({ type: 'RateSet', quote, rate, on, ...(before === undefined ? {} : { before }) });
  },
};

export const removeRateRule: Rule<RemoveRate> = {
  needs,
  decide({ command, today }, state) {
    const quote = readQuote(command.quote);
    if (isRejection(quote)) return refuse(quote);
    const on = command.on === undefined ? today : parseDay(command.on, 'on');
    if (isRejection(on)) return refuse(on);
    const before = ratesOf(state, quote)[on];
    if (before === undefined) {
      return refuse(reject('rate-unknown', `There is no ${quote} rate of ${on}. List the rates, and name a day.`, 'on'));
    }
    return accept({ type: 'RateRemoved', quote, on, before });
  },
};
