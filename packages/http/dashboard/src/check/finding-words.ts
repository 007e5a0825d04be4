import type { Finding } from '../api/verify-types.ts';

const SAID: Readonly<Record<Finding['what'], string>> = {
  changed: 'A stored figure is not what the events come to.',
  missing: 'A stored figure is not there.',
  extra: 'A figure is stored that the events do not have.',
  seen: 'Stored figures claim to have seen events that are not there.',
  order: 'An event is missing, doubled, or out of order.',
  undecodable: 'An event cannot be read.',
  invalid: 'An event says what no event may say.',
  figure: 'A figure of a report is not the sum of its entries.',
};

/** What is wrong, and where. */
export function findingInWords({ what, view, bucket, place }: Finding): { readonly said: string; readonly where: string } {
  const parts = [
    place === null ? undefined : `event ${place}`,
    view ?? undefined,
    bucket === null || bucket === '' ? undefined : bucket,
  ];
  return { said: SAID[what], where: parts.filter((part) => part !== undefined).join(', ') };
}
