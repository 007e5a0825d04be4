import type { CivilDate } from '../calendar.ts';
import { parseCurrency, type CurrencyCode } from '../currency.ts';
import type { Rejection } from '../outcome.ts';
import { parseRate } from '../rate.ts';
import { accept, refuse, type Foresight, type Rule } from './decision.ts';
import type { RemoveRate, SetRate } from './figure-commands.ts';
import { isRejection, parseDay, reject } from './parse.ts';
import { rateBucket, rates } from './rates.ts';
import { headOf, ratesOf, type Need } from './state.ts';

interface Place {
  readonly quote: CurrencyCode;
  readonly on: CivilDate;
}

/** Which currency and day a rate is of; today when no day is given. */
function readPlace({ command, today }: Pick<Foresight<SetRate | RemoveRate>, 'command' | 'today'>): Place | Rejection {
  const quote = parseCurrency(command.quote);
  if (quote === undefined) {
    return reject('currency-unknown', 'A rate is in an active ISO 4217 code in capitals, like USD.', 'quote');
  }
  const on = command.on === undefined ? today : parseDay(command.on, 'on');
  return isRejection(on) ? on : { quote, on };
}

function needs(foresight: Foresight<SetRate | RemoveRate>): readonly Need[] {
  const place = readPlace(foresight);
  return isRejection(place) ? [] : [{ projection: rates, bucket: rateBucket(place.quote, place.on) }];
}

export const setRateRule: Rule<SetRate> = {
  needs,
  decide({ command, today }, state) {
    const place = readPlace({ command, today });
    if (isRejection(place)) return refuse(place);
    const { quote, on } = place;
    const rate = parseRate(command.rate);
    if (rate === undefined) {
      const message = 'A rate is a plain decimal more than zero with at most 18 digits, like 1.0842.';
      return refuse(reject('rate-invalid', message, 'rate'));
    }
    if (quote === headOf(state).currency) {
      return refuse(reject('rate-invalid', `One ${quote} is one ${quote}. Name another currency.`, 'quote'));
    }
    const before = ratesOf(state, quote, on)[on];
    if (before === rate) return refuse(reject('nothing-to-change', 'The rate of this day is this one already.', 'rate'));
    return accept({ type: 'RateSet', quote, rate, on, ...(before === undefined ? {} : { before }) });
  },
};

export const removeRateRule: Rule<RemoveRate> = {
  needs,
  decide({ command, today }, state) {
    const place = readPlace({ command, today });
    if (isRejection(place)) return refuse(place);
    const { quote, on } = place;
    const before = ratesOf(state, quote, on)[on];
    if (before === undefined) {
      return refuse(reject('rate-unknown', `There is no ${quote} rate of ${on}. List the rates, and name a day.`, 'on'));
    }
    return accept({ type: 'RateRemoved', quote, on, before });
  },
};
