import type { Brand } from '../../shared/contract/brand.ts';
import type { Rules } from '../../shared/contract/rules.ts';
import { type Business, cafe, florist, yogaStudio } from './inhabitants.ts';

/** A client of the sample agency, as a person would have typed it in. */
export interface SampleClient {
  business: Business;
  timezone: string;
  brandVoice: string;
  brand: Brand;
  rules: Rules;
  /** A post that was written by hand and is due soon after the first start. */
  firstPost: {
    caption: string;
    hashtags: string[];
    firstComment: string | null;
    altText: string;
    /** What picture and video show, in words for the simulated models. */
    scene: string;
    /** From the first start until it is due. */
    dueInMinutes: number;
  };
}

const juniperLane: SampleClient = {
  business: cafe,
  timezone: 'Europe/London',
  brandVoice:
    'Warm, wry and unhurried, like a barista who remembers your order. We are a neighbourhood café and bakery: ' +
    'sourdough, pastries and single-origin coffee, all made on the lane. Short sentences, British spelling, one gentle ' +
    'joke at most. We talk about people, mornings and what came out of the oven; never about being trendy.',
  brand: {
    colors: ['#3d5a45', '#f3e6d0', '#b5643c', '#2b2320'],
    bannedTerms: ['cheap', 'guilt-free', 'best in town', 'world famous', 'instagrammable', 'superfood', 'diet'],
    ctas: [
      'Pop in before eleven, while the trays are full.',
      'Tell us your usual and we will have it ready.',
      'Save a seat by the window for someone you like.',
      'Pre-order your weekend loaf at the counter.',
    ],
    hashtags: ['#JuniperLane', '#BakedOnTheLane', '#SlowMornings', '#LocalCoffee'],
    imageStyle:
      'Soft morning window light, worn oak tables, steam and flour, hands at work. Muted greens and terracotta, shallow ' +
      'depth of field, no people facing the camera, no text in the picture.',
    examplePosts: [
      'Four o’clock this morning: Maya, one radio, eighty croissants. Seven o’clock: you, still half asleep, and one of them is yours.',
      'The rain has opinions today. So do we: they involve a cinnamon bun and the armchair by the window.',
      'We changed the house espresso. It is from a farm in Huila, it tastes of orange peel and brown sugar, and Tom has not stopped smiling since Tuesday.',
    ],
  },
  rules: {
    postsPerWeek: 5,
    days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
    times: ['07:30'],
    platforms: ['facebook', 'instagram', 'tiktok'],
    autoApprove: false,
    graceMinutes: 60,
  },
  firstPost: {
    caption:
      'The last cinnamon buns of the day have just left the oven, and they will not see the evening.\n\n' +
      'Come as you are, umbrella and all. We kept the armchair by the window free.',
    hashtags: ['#JuniperLane', '#BakedOnTheLane', '#CinnamonBun'],
    firstComment: 'Icing or no icing? This has divided the bakery for years.',
    altText: 'Cinnamon buns cooling on a tray beside a cup of coffee',
    scene: 'warm cinnamon buns on a bakery tray beside a steaming cup of coffee in soft morning light',
    dueInMinutes: 10,
  },
};

const tidewater: SampleClient = {
  business: yogaStudio,
  timezone: 'America/Los_Angeles',
  brandVoice:
    'Calm, encouraging and down to earth. We are a small yoga studio by the water for people with desks, bad knees and ' +
    'busy weeks. We speak to one person at a time, in plain words, without Sanskrit unless we explain it and without ' +
    'promises about bodies. Beginners should feel that the class was planned for them.',
  brand: {
    colors: ['#2f6f7e', '#e9f1ef', '#f2b28c', '#1d2f36'],
    bannedTerms: ['detox', 'weight loss', 'beach body', 'burn fat', 'no pain no gain', 'cure', 'guru', 'summer-ready'],
    ctas: [
      'Your first class is on us: just bring socks.',
      'Book a mat for this week.',
      'Save this for the next stiff morning.',
      'Bring a friend who says they are not flexible.',
    ],
    hashtags: ['#TidewaterYoga', '#YogaForRealLife', '#BreatheByTheBay'],
    imageStyle:
      'Early light over water, pale wood, plants, plenty of empty space. Natural bodies of all ages, seen from the side ' +
      'or behind. Sea greens with a touch of peach. No text, no logos, no acrobatics.',
    examplePosts: [
      'You do not have to touch your toes. You only have to find out how far away they are today.',
      'Five minutes before the alarm, the bay is flat and the studio smells of cedar. That is when we practise being awake.',
      'Dan came for his back. He stayed because nobody asked him to be good at it.',
    ],
  },
  rules: {
    postsPerWeek: 4,
    days: ['mon', 'wed', 'fri', 'sun'],
    times: ['06:30', '17:45'],
    platforms: ['facebook', 'instagram', 'tiktok'],
    autoApprove: false,
    graceMinutes: 60,
  },
  firstPost: {
    caption:
      'One slow minute for the part of you that has been sitting since breakfast.\n\n' +
      'Feet down, shoulders soft, breathe out for longer than you breathe in. That was a whole practice.',
    hashtags: ['#TidewaterYoga', '#YogaForRealLife', '#DeskBreak'],
    firstComment: null,
    altText: 'A quiet yoga practice in front of a large soft sun',
    scene: 'a calm yoga pose in a bright studio by the water at sunrise',
    dueInMinutes: 15,
  },
};

const wrenAndFern: SampleClient = {
  business: florist,
  timezone: 'Australia/Melbourne',
  brandVoice:
    'Curious and generous, a little poetic, never sugary. We are a florist and garden shop that sells what is in season ' +
    'within a day’s drive. We name the flower and the grower, give one useful tip, and let the picture do the rest.',
  brand: {
    colors: ['#5b3a5e', '#e7d9e6', '#8aa06f', '#f6f1e7'],
    bannedTerms: ['cheap', 'artificial', 'plastic', 'exotic', 'clearance', 'valentine’s special', 'to die for'],
    ctas: [
      'Come and choose by the stem.',
      'Ask us what will still look good next week.',
      'Message us before noon for a bouquet today.',
    ],
    hashtags: ['#WrenAndFern', '#GrownNotFlown', '#FlowersOfMelbourne'],
    imageStyle:
      'Flowers as the grower sees them: buckets, stems, wet leaves, a stone floor. Side light, deep plum and sage, a ' +
      'painterly mood. No vases on white, no ribbons, no text in the picture.',
    examplePosts: [
      'The first sweet peas came down from Monbulk this morning in the back of Lena’s ute, still arguing with the dew.',
      'Tip from the bench: cut the stem at a slant, under water, and your roses will drink like they mean it.',
      'Fern number four hundred has found a home in a bathroom in Fitzroy. It has better light than any of us.',
    ],
  },
  rules: {
    postsPerWeek: 3,
    days: ['tue', 'thu', 'sat'],
    times: ['08:15'],
    platforms: ['facebook', 'instagram'],
    autoApprove: false,
    graceMinutes: 60,
  },
  firstPost: {
    caption:
      'Peonies, at last. Lena cut them before sunrise and they opened on the way here, as if they could not wait either.\n\n' +
      'Tip: buy them as tight as a fist, give them cool water, and keep them away from the fruit bowl.',
    hashtags: ['#WrenAndFern', '#GrownNotFlown', '#Peonies'],
    firstComment: 'Blush or deep plum? Tell us and we will put a bunch aside.',
    altText: 'A generous bunch of peonies in a bucket',
    scene: 'a generous bouquet of blush and plum peonies in a bucket on a stone floor, side light',
    dueInMinutes: 20,
  },
};

/** In three time zones, so that somebody's morning is always near. */
export const sampleClients: readonly SampleClient[] = [juniperLane, tidewater, wrenAndFern];

export const sampleAgencyName = 'Lighthouse Social';
