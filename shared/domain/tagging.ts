/** What an Instagram post names beside its text. */
export interface Tagging {
  /** Usernames without the @, shown on the first picture or on the reel. */
  userTags?: readonly string[] | undefined;
  /** Usernames without the @ that are asked to have the post on their profile too. */
  collaborators?: readonly string[] | undefined;
  /** Number of the Facebook Page of a place. */
  locationId?: string | undefined;
}

/** From Meta's IG User media reference. */
export const taggingLimits = { userTags: 20, collaborators: 3 };

/** `@Cafe.Uno ` becomes `cafe.uno`: Instagram's usernames know no capitals. */
export function normalizeUsername(text: string): string {
  return text.trim().replace(/^@+/, '').toLowerCase();
}

/** What Instagram would refuse, in words for a person; empty when it takes it. */
export function taggingProblems({ userTags = [], collaborators = [], locationId }: Tagging): string[] {
  const problems: string[] = [];
  const strange = [...userTags, ...collaborators].find((name) => !/^[a-z0-9._]{1,30}$/.test(name));
  if (strange !== undefined) problems.push(`“${strange}” is no username of Instagram.`);
  if (userTags.length > taggingLimits.userTags) {
    problems.push(`At most ${taggingLimits.userTags} people can be tagged; there are ${userTags.length}.`);
  }
  if (collaborators.length > taggingLimits.collaborators) {
    problems.push(
      `At most ${taggingLimits.collaborators} people can be collaborators; there are ${collaborators.length}.`,
    );
  }
  if (locationId !== undefined && !/^\d{1,20}$/.test(locationId)) {
    problems.push('A place is the number of a Facebook Page that has an address, such as 7640348500.');
  }
  return problems;
}
