const MOST = 10;
const LONGEST = 40;

/** Tags as typed, "work, #trip": sorted, each once. */
export function readTags(text: string): readonly string[] {
  const words = text.split(/[\s,#]+/).filter((word) => word !== '');
  return [...new Set(words)].sort();
}

export const tagsInWords = (tags: readonly string[]): string => tags.map((tag) => `#${tag}`).join(' ');

export function tagFault(tags: readonly string[]): string | undefined {
  if (tags.length > MOST) return `At most ${MOST} tags.`;
  return tags.some((tag) => tag.length > LONGEST) ? `A tag has at most ${LONGEST} characters.` : undefined;
}
