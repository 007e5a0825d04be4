/** The browser's store, when it has one; a private window without it loses settings, nothing else. */

export function recall<T>(key: string): T | undefined {
  try {
    const text = localStorage.getItem(key);
    if (text === null) return undefined;
    const value: T = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

export function keep(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
