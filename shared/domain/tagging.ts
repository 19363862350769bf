import { carouselRatio, cropFor, type Focals, focalFor, type Point, type Size } from './crop.ts';

/** What an Instagram post names beside its text. */
export interface Tagging {
  /** Usernames without the @, shown on a picture or on the reel. */
  userTags?: readonly string[] | undefined;
  /** Where they are to be seen; at most one place each. */
  tagPlaces?: readonly TagPlace[] | undefined;
  /** Usernames without the @ that are asked to have the post on their profile too. */
  collaborators?: readonly string[] | undefined;
  /** Number of the Facebook Page of a place. */
  locationId?: string | undefined;
}

/** Where somebody is on a picture, in shares of the whole picture: wherever it is cut, the place stays on the person. */
export interface TagPlace extends Point {
  username: string;
  /** Id of the picture. */
  media: string;
}

/** Somebody who is tagged on a file that goes out. */
export interface UserTag {
  username: string;
  /**
   * In shares of the picture as it goes out: below 0 or above 1 where that place is cut off. Null on a video, where a tag
   * has no place.
   */
  place: Point | null;
}

/** From Meta's IG User media reference. */
export const taggingLimits = { userTags: 20, collaborators: 3 };

/** `@Cafe.Uno ` becomes `cafe.uno`: Instagram's usernames know no capitals. */
export function normalizeUsername(text: string): string {
  return text.trim().replace(/^@+/, '').toLowerCase();
}

/**
 * Who is tagged on each of the files that Instagram gets. Who has no place on any of them stands on the first, in a row
 * across its middle.
 * @param media what goes out, in order
 */
export function tagsOn(
  { userTags = [], tagPlaces = [] }: Tagging,
  media: readonly (Size & Focals & { id: string; kind: 'image' | 'video' })[],
): UserTag[][] {
  const ratio = carouselRatio(media);
  const placeOf = (username: string) =>
    tagPlaces.find(
      (place) => place.username === username && media.some(({ id, kind }) => id === place.media && kind === 'image'),
    );
  const inRow = userTags.filter((username) => placeOf(username) === undefined);
  return media.map((item, index) => {
    if (item.kind === 'video') return index === 0 ? inRow.map((username) => ({ username, place: null })) : [];
    const crop = cropFor('instagram', item, { focal: focalFor('instagram', item), ratio });
    return userTags.flatMap((username): UserTag[] => {
      const whole = placeOf(username);
      if (whole === undefined) {
        const x = (inRow.indexOf(username) + 1) / (inRow.length + 1);
        return index === 0 ? [{ username, place: { x, y: 0.5 } }] : [];
      }
      if (whole.media !== item.id) return [];
      const x = (whole.x * item.width - crop.left) / crop.width;
      const y = (whole.y * item.height - crop.top) / crop.height;
      return [{ username, place: { x, y } }];
    });
  });
}

/** Whether a tag stands where the picture is cut off. A pixel or so beyond the edge still counts as the edge. */
export function isCutOff({ place }: UserTag): boolean {
  return place !== null && [place.x, place.y].some((share) => share < -0.005 || share > 1.005);
}

/** What Instagram would refuse about it. */
export type TaggingFault =
  | { kind: 'username' | 'twice' | 'notTagged'; name: string }
  | { kind: 'userTags' | 'collaborators'; is: number; most: number }
  | { kind: 'place' };

/** What Instagram would refuse of people and places on a post. */
export function taggingFaults({
  userTags = [],
  tagPlaces = [],
  collaborators = [],
  locationId,
}: Tagging): TaggingFault[] {
  const faults: TaggingFault[] = [];
  const strange = [...userTags, ...collaborators].find((name) => !/^[a-z0-9._]{1,30}$/.test(name));
  if (strange !== undefined) faults.push({ kind: 'username', name: strange });
  const placed = tagPlaces.map(({ username }) => username);
  const twice = [userTags, collaborators, placed].map(firstTwice).find((name) => name !== undefined);
  if (twice !== undefined) faults.push({ kind: 'twice', name: twice });
  const notTagged = placed.find((name) => !userTags.includes(name));
  if (notTagged !== undefined) faults.push({ kind: 'notTagged', name: notTagged });
  if (userTags.length > taggingLimits.userTags) {
    faults.push({ kind: 'userTags', is: userTags.length, most: taggingLimits.userTags });
  }
  if (collaborators.length > taggingLimits.collaborators) {
    faults.push({ kind: 'collaborators', is: collaborators.length, most: taggingLimits.collaborators });
  }
  if (locationId !== undefined && !/^\d{1,20}$/.test(locationId)) faults.push({ kind: 'place' });
  return faults;
}

function firstTwice(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) < index);
}

/** What Instagram would refuse, in words for a person; empty when it takes it. */
export function taggingProblems(tagging: Tagging): string[] {
  return taggingFaults(tagging).map(sentence);
}

function sentence(fault: TaggingFault): string {
  switch (fault.kind) {
    case 'username':
      return `“${fault.name}” is no username of Instagram.`;
    case 'twice':
      return `“${fault.name}” is named twice.`;
    case 'notTagged':
      return `“${fault.name}” has a place on a picture but is not tagged.`;
    case 'userTags':
      return `At most ${fault.most} people can be tagged; there are ${fault.is}.`;
    case 'collaborators':
      return `At most ${fault.most} people can be collaborators; there are ${fault.is}.`;
    case 'place':
      return 'A place is the number of a Facebook Page that has an address, such as 7640348500.';
  }
}
