const OWN = { configurable: true, enumerable: true, writable: true };

/** Sets a key that somebody typed. `__proto__` is a name like any other here: assigned, it would set the object's prototype. */
export function setOwn<Value>(record: Record<string, Value>, key: string, value: Value): void {
  if (key === '__proto__') Object.defineProperty(record, key, { ...OWN, value });
  else record[key] = value;
}
