import type { CallOptions } from './service.ts';

/** A file that is sent to be imported. */
export function upload(
  text: string | Uint8Array<ArrayBuffer>,
  settings?: object,
  headers: Readonly<Record<string, string>> = {},
): CallOptions {
  return {
    raw: text,
    headers: {
      'content-type': 'text/csv',
      ...(settings === undefined ? {} : { 'kakeibo-import': JSON.stringify(settings) }),
      ...headers,
    },
  };
}

/** Where it is sent to. */
export const importPath = (wallet: string, dryRun = false): string =>
  `${wallet}/imports?format=csv${dryRun ? '&dryRun=true' : ''}`;
