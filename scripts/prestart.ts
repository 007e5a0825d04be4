import { buildMissing } from './built.ts';

await buildMissing();
