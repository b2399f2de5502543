/**
 * Whether all of a path fits a shell's pattern, where `**` stands for any folders. It takes no more steps than the path has
 * characters times the pattern has parts: all places of the pattern that a path may have reached are followed together.
 */
export function matchPattern(pattern: string): (path: string) => boolean {
  const parts = pattern.match(/\*\*\/|\*\*|./gsu) ?? [];
  /** What may stand for nothing is reached and left. */
  const reach = (place: number, places: Set<number>): void => {
    if (places.has(place)) return;
    places.add(place);
    if (/^\*/.test(parts[place] ?? '')) reach(place + 1, places);
  };
  return (path) => {
    let places = new Set<number>();
    reach(0, places);
    for (const character of path) {
      const next = new Set<number>();
      for (const place of places) {
        const part = parts[place];
        if (part === '**/' && character !== '/') next.add(place);
        else if (part === '**/') reach(place, next);
        else if (part === '**' || (part === '*' && character !== '/')) reach(place, next);
        else if (part === character || (part === '?' && character !== '/')) reach(place + 1, next);
      }
      places = next;
      if (places.size === 0) return false;
    }
    return places.has(parts.length);
  };
}
