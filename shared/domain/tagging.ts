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

/** What Instagram would refuse about it. */
export type TaggingFault =
  | { kind: 'username'; name: string }
  | { kind: 'userTags' | 'collaborators'; is: number; most: number }
  | { kind: 'place' };

/** What Instagram would refuse of people and places on a post. */
export function taggingFaults({ userTags = [], collaborators = [], locationId }: Tagging): TaggingFault[] {
  const faults: TaggingFault[] = [];
  const strange = [...userTags, ...collaborators].find((name) => !/^[a-z0-9._]{1,30}$/.test(name));
  if (strange !== undefined) faults.push({ kind: 'username', name: strange });
  if (userTags.length > taggingLimits.userTags) {
    faults.push({ kind: 'userTags', is: userTags.length, most: taggingLimits.userTags });
  }
  if (collaborators.length > taggingLimits.collaborators) {
    faults.push({ kind: 'collaborators', is: collaborators.length, most: taggingLimits.collaborators });
  }
  if (locationId !== undefined && !/^\d{1,20}$/.test(locationId)) faults.push({ kind: 'place' });
  return faults;
}

/** What Instagram would refuse, in words for a person; empty when it takes it. */
export function taggingProblems(tagging: Tagging): string[] {
  return taggingFaults(tagging).map(sentence);
}

function sentence(fault: TaggingFault): string {
  switch (fault.kind) {
    case 'username':
      return `“${fault.name}” is no username of Instagram.`;
    case 'userTags':
      return `At most ${fault.most} people can be tagged; there are ${fault.is}.`;
    case 'collaborators':
      return `At most ${fault.most} people can be collaborators; there are ${fault.is}.`;
    case 'place':
      return 'A place is the number of a Facebook Page that has an address, such as 7640348500.';
  }
}
