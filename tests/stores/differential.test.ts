import { describeDifferences } from './differences.ts';
import { durableKinds } from './kinds.ts';

for (const kind of durableKinds) describeDifferences(kind);
