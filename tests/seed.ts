import fc from 'fast-check';

/** Properties look at the same cases each time, so that a change is judged by what it changes; `KAKEIBO_SEED=n` looks at others. */
fc.configureGlobal({ seed: Number(process.env['KAKEIBO_SEED'] ?? 20_261_126) });
