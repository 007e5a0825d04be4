export { casesOf, ContractBroken, verifyContract } from './contract.ts';
export type { Claim, ContractCase } from './contract.ts';
export { eventStoreContract, sharedEventStoreContract } from './event-store-contract.ts';
export type { OpenEventStore } from './event-store-contract.ts';
export { leaseContract, sharedLeaseContract } from './lease-contract.ts';
export type { Leased } from './lease-steps.ts';
export { viewStoreContract } from './view-store-contract.ts';
export { givenEvents } from './decider-spec.ts';
export type { DeciderSpec } from './decider-spec.ts';
