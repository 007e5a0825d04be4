import { archiveOf, digest, encode, isArchiveFault, readArchive } from '@kakeibo/core';
import type { ArchiveFaultCode } from '@kakeibo/core';
import { describe, expect, test } from 'vitest';
import { samples } from './sample-events.ts';

describe('a file that is no sound archive', () => {
  const event = {
    stream: 's',
    version: 1,
    id: '0b7a2f0e-8a53-8d5e-9b1c-3f6c2a1d4e5f',
    type: 'WalletClosed',
    data: {},
    meta: {},
    recordedAt: '2026-10-14T12:00:00.000001Z',
  };
  const next = { ...event, version: 2, id: '0b7a2f0e-8a53-8d5e-9b1c-3f6c2a1d4e60', recordedAt: '2026-10-14T12:00:00.000002Z' };

  /** An archive whose header is right for its lines. */
  function archived(lines: readonly unknown[], header: object = {}): readonly string[] {
    const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
    const sha256 = digest(texts.map((text) => `${text}\n`).join(''));
    return [
      JSON.stringify({ format: 'kakeibo-archive', version: 1, events: texts.length, streams: 1, sha256, ...header }),
      ...texts,
    ];
  }

  const deep = '['.repeat(20_000) + ']'.repeat(20_000);
  const faults: Readonly<Record<string, readonly [readonly string[], ArchiveFaultCode, number]>> = {
    'an empty file': [[], 'archive-header-invalid', 0],
    'another file': [['id,date,type'], 'archive-header-invalid', 1],
    'JSON that is not a header': [['null'], 'archive-header-invalid', 1],
    'a header without counts': [archived([event], { events: '1' }), 'archive-header-invalid', 1],
    'a negative count': [archived([event], { events: -1 }), 'archive-header-invalid', 1],
    'a newer form': [archived([event], { version: 2 }), 'archive-version-unknown', 1],
    'more events than may be': [archived([event], { events: 10_000_001 }), 'archive-too-long', 1],
    'a line of more than a mebibyte': [[...archived([event]), 'x'.repeat(1_048_577)], 'archive-line-too-long', 3],
    'a line that is not JSON': [archived([event, '{']), 'archive-line-invalid', 3],
    'a line that is a list': [archived(['[]']), 'archive-line-invalid', 2],
    'something after an empty line': [[...archived([event]), '', '{}'], 'archive-line-invalid', 4],
    'an event of another program': [archived([{ ...event, type: 'CatFed' }]), 'archive-event-unknown', 2],
    'an event that cannot be read': [archived([{ ...event, type: 'ExpenseAdded' }]), 'archive-event-invalid', 2],
    'an amount of more decimals than there are': [
      archived([
        {
          ...event,
          type: 'ExpenseAdded',
          data: { entryId: 'e', kind: 'expense', amount: '1.005', currency: 'EUR', occurredOn: '2026-10-14' },
        },
      ]),
      'archive-event-invalid',
      2,
    ],
    'an id in capitals': [archived([{ ...event, id: event.id.toUpperCase() }]), 'archive-event-invalid', 2],
    'a stream without a name': [archived([{ ...event, stream: '' }]), 'archive-event-invalid', 2],
    'a version that is a text': [archived([{ ...event, version: '1' }]), 'archive-event-invalid', 2],
    'a record time of another form': [archived([{ ...event, recordedAt: '2026-10-14' }]), 'archive-event-invalid', 2],
    'data that are a list': [archived([{ ...event, data: [] }]), 'archive-event-invalid', 2],
    'data of more than 16 KiB': [archived([{ ...event, data: { text: 'x'.repeat(20_000) } }]), 'archive-event-invalid', 2],
    'data deeper than anything': [
      archived([
        `{"stream":"s","version":1,"id":"${event.id}","type":"WalletClosed","data":{"a":${deep}},"meta":{},"recordedAt":"${event.recordedAt}"}`,
      ]),
      'archive-event-invalid',
      2,
    ],
    'a version left out': [archived([event, { ...next, version: 3 }]), 'archive-version-gap', 3],
    'a stream that does not begin at 1': [archived([next]), 'archive-version-gap', 2],
    'an id twice': [archived([event, { ...next, id: event.id }]), 'archive-id-twice', 3],
    'a record time that does not increase': [
      archived([event, { ...next, recordedAt: event.recordedAt }]),
      'archive-time-invalid',
      3,
    ],
    'an event more': [[...archived([event]), JSON.stringify(next)], 'archive-incomplete', 3],
    'an end that is missing': [archived([event, next]).slice(0, 2), 'archive-incomplete', 2],
    'a stream less than said': [archived([event], { streams: 2 }), 'archive-incomplete', 2],
    'a letter that was changed': [
      archived([{ ...event, meta: { actor: 'me' } }]).map((line) => line.replace('"me"', '"you"')),
      'archive-digest-wrong',
      2,
    ],
  };

  test.each(Object.entries(faults))('%s', (_, [lines, code, line]) => {
    const fault = readArchive(lines);
    expect(fault).toMatchObject({ code, line });
    expect((fault as { message: string }).message.length).toBeGreaterThan(10);
  });

  test('an archive with an empty last line, or with the line breaks of Windows, is sound', () => {
    expect(isArchiveFault(readArchive([...archived([event, next]), '']))).toBe(false);
    expect(isArchiveFault(readArchive(archived([event, next]).map((line) => `${line}\r`)))).toBe(false);
  });

  test('an archive of one of each event there is, is sound', () => {
    const events = Object.values(samples).map((sample, at) => ({
      ...event,
      ...encode(sample),
      id: `0b7a2f0e-8a53-8d5e-9b1c-${String(at).padStart(12, '0')}`,
      version: at + 1,
      position: at + 1,
      recordedAt: `2026-10-14T12:00:00.${String(at).padStart(6, '0')}Z`,
    }));
    const archive = readArchive([...archiveOf(events)].map((line) => line.trimEnd()));
    expect(archive).toMatchObject({ header: { events: events.length } });
    const kept = isArchiveFault(archive) ? [] : archive.batches.flatMap((batch) => batch.events);
    expect(kept).toEqual(events.map(({ position: _, ...rest }) => rest));
  });
});
