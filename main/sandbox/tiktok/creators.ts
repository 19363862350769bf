import { createHash } from 'node:crypto';
import { type Creator, type PrivacyLevel, randomHex, type World } from './world.ts';

export type NewCreator = Partial<Omit<Creator, 'username' | 'nickname'>> & Pick<Creator, 'username' | 'nickname'>;

/** Adds an account, or changes the one with this id or username. */
export function addCreator(world: World, input: NewCreator): Creator {
  const { creators } = world.store.value;
  const known = Object.values(creators).find(({ id, username }) => id === input.id || username === input.username);
  const creator: Creator = {
    id: randomHex(8),
    private: false,
    maxVideoSeconds: 600,
    commentDisabled: false,
    duetDisabled: false,
    stitchDisabled: false,
    banned: false,
    ...known,
    ...input,
  };
  creators[creator.id] = creator;
  world.store.save();
  return creator;
}

/** What is wrong with a new username, or null. */
export function usernameProblem(world: World, username: string): string | null {
  if (!/^[A-Za-z0-9_.]{2,24}$/.test(username)) {
    return 'A username has 2 to 24 letters, digits, dots and underscores.';
  }
  const taken = Object.values(world.store.value.creators).some((creator) => creator.username === username);
  return taken ? `The username ${username} is taken.` : null;
}

/** The open_id is the same for one app on every login, and another one for the next app. */
export function openId(clientKey: string, creatorId: string): string {
  return `-000${createHash('sha256').update(`${clientKey} ${creatorId}`).digest('hex').slice(0, 32)}`;
}

/** A private account has followers in place of the public. */
export function privacyOptions(creator: Creator): PrivacyLevel[] {
  const widest: PrivacyLevel = creator.private ? 'FOLLOWER_OF_CREATOR' : 'PUBLIC_TO_EVERYONE';
  return [widest, 'MUTUAL_FOLLOW_FRIENDS', 'SELF_ONLY'];
}
