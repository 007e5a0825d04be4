import { durableKinds } from './kinds.ts';
import { describeSameness } from './sameness.ts';

for (const kind of durableKinds) describeSameness(kind);
