import { existsSync } from 'node:fs';

/** Where Chromium is: `CHROMIUM`, or where Debian puts it. */
export function chromiumPath(): string {
  return process.env['CHROMIUM'] ?? '/usr/bin/chromium';
}

/** Whether this machine has it. */
export function hasChromium(): boolean {
  return existsSync(chromiumPath());
}
