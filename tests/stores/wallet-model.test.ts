import { storeKinds } from './kinds.ts';
import { describeWalks } from './walks.ts';

for (const kind of storeKinds) describeWalks(kind);
