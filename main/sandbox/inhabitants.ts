import type { PersonInput } from './meta/directory.ts';

/** A business of the sandbox with an account on every network. */
export interface Business {
  name: string;
  pageId: string;
  instagram: { id: string; username: string };
  tiktok: { id: string; username: string; nickname: string };
}

/** The businesses of the sample agency's clients. */
export const cafe: Business = {
  name: 'Juniper Lane Coffee & Bakes',
  pageId: '108245519330101',
  instagram: { id: '17841405309211844', username: 'juniperlane.coffee' },
  tiktok: { id: '5f1c0a7d2b9e4410', username: 'juniperlane', nickname: 'Juniper Lane Coffee' },
};
export const yogaStudio: Business = {
  name: 'Tidewater Yoga',
  pageId: '108245519330102',
  instagram: { id: '17841405309211845', username: 'tidewater.yoga' },
  tiktok: { id: '5f1c0a7d2b9e4411', username: 'tidewateryoga', nickname: 'Tidewater Yoga' },
};
export const florist: Business = {
  name: 'Wren & Fern Flowers',
  pageId: '108245519330103',
  instagram: { id: '17841405309211846', username: 'wrenandfern' },
  tiktok: { id: '5f1c0a7d2b9e4412', username: 'wrenandfern', nickname: 'Wren & Fern' },
};

/** Businesses that nobody looks after yet, for a newcomer's own first client. */
const harbourBakery: Business = {
  name: 'Harbour Bakery',
  pageId: '108245519330104',
  instagram: { id: '17841405309211847', username: 'harbour.bakery' },
  tiktok: { id: '5f1c0a7d2b9e4413', username: 'harbour.bakery', nickname: 'Harbour Bakery' },
};
const northsideCycles: Business = {
  name: 'Northside Cycles',
  pageId: '108245519330105',
  instagram: { id: '17841405309211848', username: 'northside.cycles' },
  tiktok: { id: '5f1c0a7d2b9e4414', username: 'northsidecycles', nickname: 'Northside Cycles' },
};

export const businesses: readonly Business[] = [cafe, yogaStudio, florist, harbourBakery, northsideCycles];

/** The one person behind every simulated Facebook login, who manages all the Pages. */
export const person: PersonInput & { id: string } = {
  id: '204418830025517',
  name: 'Sam Sandbox',
  pages: businesses.map(({ pageId, name, instagram }) => ({ id: pageId, name, instagram })),
};
