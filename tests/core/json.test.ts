import { parseJson } from '@kakeibo/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';

test('a name with an escape is read as itself, whatever was read before it', () => {
  expect(parseJson('{"h":[],"\\\\":0}')).toEqual({ h: [], '\\': 0 });
  expect(parseJson('{"h":1,"\\"":2}')).toEqual({ h: 1, '"': 2 });
  expect(parseJson('{"h":1,"\\n" : 2,"\\u0022x":{"\\t":3}}')).toEqual({ h: 1, '\n': 2, '"x': { '\t': 3 } });
});

test('what looks like the marks that stand for names stays what it is', () => {
  expect(parseJson('{"@0":1,"\\"":2,"@@":["\\"@0\\":"]}')).toEqual({ '@0': 1, '"': 2, '@@': ['"@0":'] });
});

test('of equal names the last one counts, and no name is special', () => {
  expect(parseJson('{"\\n":1,"a":2,"\\u000a":3}')).toEqual({ '\n': 3, a: 2 });
  const value = parseJson('{"__proto\\u005f_":{"a":1},"constructor":2}');
  expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
});

test.each(['', '{', '{"a\\":1}', '{"\\x":1}', '{"a":1,}', '{"\\"":}', '"\\"', '{"\\"":1}}'])('%j is no JSON', (text) => {
  expect(() => parseJson(text)).toThrow(SyntaxError);
});

test('any JSON comes back equal, with its names in their order', () => {
  const key = fc.oneof(
    fc.constantFrom('\\', '"', '\n', '\\"', '""', '@', '@0', 'a'),
    fc.string({ unit: 'binary', maxLength: 3 }),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, fc.string(), fc.integer(), fc.array(tie('value')), fc.dictionary(key, tie('value'))),
  }));
  fc.assert(
    fc.property(value, (any) => {
      const text = JSON.stringify(any);
      expect(JSON.stringify(parseJson(text))).toBe(text);
      expect(JSON.stringify(parseJson(JSON.stringify(any, null, 2)))).toBe(text);
    }),
    { numRuns: 2_000 },
  );
});
