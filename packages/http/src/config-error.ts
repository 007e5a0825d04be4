/** A setting that cannot be used: what it is and what it may be. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
