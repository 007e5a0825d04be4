import type { CsvPreview } from '../api/import-types.ts';
import type { Wallet } from '../api/types.ts';
import { Field } from '../quick-add/entry-fields.tsx';
import { Icon } from '../shell/icon.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { DELIMITER_CHOICES, delimiterInWords, isRole, lacking, orderInWords, ROLES, roleOf, withRole } from './columns.ts';
import { run } from './run.ts';

interface ColumnsSheetProps {
  readonly wallet: Wallet;
  readonly preview: CsvPreview;
}

/** Which column is what: guessed, and each can be changed. */
export function ColumnsSheet({ wallet, preview }: ColumnsSheetProps) {
  const columns = run.settings.value.columns ?? preview.columns;
  const count = Math.max(preview.header.length, ...preview.sample.map((row) => row.length), 0);
  const missing = lacking(columns);
  return (
    <Sheet id="cols" title="Columns" note="guessed from the head and the first rows; change what is wrong">
      <Questions wallet={wallet} preview={preview} />
      <div class="maps">
        {Array.from({ length: count }, (_, index) => {
          const name = preview.header[index] || `Column ${index + 1}`;
          return (
            <div class="map" key={index}>
              <label class="from" for={`col-${index}`}>
                {name}
                <span class="sr"> becomes</span>
              </label>
              <span class="eg">{preview.sample.map((row) => row[index] ?? '').find((cell) => cell !== '') ?? '\u00a0'}</span>
              <select
                class="input"
                id={`col-${index}`}
                value={roleOf(columns, index)}
                onChange={(event) => {
                  const role = event.currentTarget.value;
                  if (isRole(role)) void run.read(wallet, { columns: withRole(columns, index, role, count) });
                }}
              >
                {ROLES.map(([role, title]) => (
                  <option key={role} value={role}>
                    {title}
                  </option>
                ))}
              </select>
            </div>
          );
        })}
      </div>
      {missing !== undefined && (
        <p class="band" role="alert">
          <Icon name="warn" small />
          {missing}
        </p>
      )}
      <Reading wallet={wallet} preview={preview} />
    </Sheet>
  );
}

/** What the rows do not decide is asked. */
function Questions({ wallet, preview }: ColumnsSheetProps) {
  const asked = preview.questions.filter((question) => question.field !== 'columns' && question.choices.length > 0);
  return (
    <>
      {asked.map((question) => (
        <div class="band band--ask" role="group" aria-label={question.message} key={question.field}>
          <Icon name="warn" small />
          <p>{question.message}</p>
          {question.choices.map((choice) => (
            <button class="btn" type="button" key={choice} onClick={() => void run.read(wallet, { [question.field]: choice })}>
              {question.field === 'dateOrder'
                ? orderInWords(choice)
                : choice === ','
                  ? 'comma'
                  : choice === '.'
                    ? 'point'
                    : choice}
            </button>
          ))}
        </div>
      ))}
      {preview.questions
        .filter((question) => question.field === 'columns')
        .map((question) => (
          <p class="band" key="columns">
            <Icon name="warn" small />
            {question.message}
          </p>
        ))}
    </>
  );
}

function Reading({ wallet, preview }: ColumnsSheetProps) {
  const orders = preview.dateOrders.length > 0 ? preview.dateOrders : preview.dateOrder === null ? [] : [preview.dateOrder];
  const marks = [...new Set([preview.delimiter, ...DELIMITER_CHOICES])];
  return (
    <div class="reading">
      {orders.length > 0 && (
        <Field id="i-order" label="Days are written">
          <select
            class="input"
            id="i-order"
            value={preview.dateOrder ?? ''}
            onChange={(event) => void run.read(wallet, { dateOrder: event.currentTarget.value })}
          >
            {preview.dateOrder === null && <option value="">choose</option>}
            {orders.map((order) => (
              <option key={order} value={order}>
                {orderInWords(order)}
              </option>
            ))}
          </select>
        </Field>
      )}
      <Field id="i-mark" label="Decimals follow a">
        <select
          class="input"
          id="i-mark"
          value={preview.decimalMark ?? ''}
          onChange={(event) => void run.read(wallet, { decimalMark: event.currentTarget.value })}
        >
          {preview.decimalMark === null && <option value="">choose</option>}
          <option value=".">point, as in 12.50</option>
          <option value=",">comma, as in 12,50</option>
        </select>
      </Field>
      <Field id="i-delimiter" label="Cells are parted by">
        <select
          class="input"
          id="i-delimiter"
          value={preview.delimiter}
          onChange={(event) => void run.read(wallet, { delimiter: event.currentTarget.value })}
        >
          {marks.map((mark) => (
            <option key={mark} value={mark}>
              {delimiterInWords(mark)}
            </option>
          ))}
        </select>
      </Field>
    </div>
  );
}
