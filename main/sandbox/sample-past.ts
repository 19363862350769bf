import { type Business, cafe, florist, yogaStudio } from './inhabitants.ts';

/** What a client of the sample agency posted in the weeks before the first start. */
export interface SamplePast {
  business: Business;
  /** What its pictures show, in words for the simulated models; taken in turn. */
  scenes: readonly { scene: string; altText: string }[];
  /** Newest first, one for each of {@link pastPosts}. */
  captions: readonly string[];
}

/** When: days before the first start, and the time on the client's clock. Some hours come again, so that they can be compared. */
export const pastPosts = [
  [2, '12:15'],
  [5, '07:30'],
  [7, '18:00'],
  [12, '07:30'],
  [14, '18:00'],
  [16, '12:15'],
  [19, '07:30'],
  [21, '18:00'],
  [26, '07:30'],
  [28, '18:00'],
  [33, '07:30'],
  [35, '18:00'],
  [42, '18:00'],
  [49, '18:00'],
] as const;

export const samplePasts: readonly SamplePast[] = [
  {
    business: cafe,
    scenes: [
      { scene: 'a tray of golden croissants in soft morning light', altText: 'A tray of croissants' },
      { scene: 'a cup of coffee on a worn oak table by a window', altText: 'A cup of coffee by the window' },
    ],
    captions: [
      'Soup season has opened. Today: roast squash, and the heel of yesterday’s loaf to mop it up with.',
      'Four o’clock this morning: Maya, one radio, eighty croissants. Seven o’clock: you, still half asleep, and one of them is yours.',
      'Saturday table, the round one under the clock: it seats six, or two with a great deal of newspaper.',
      'The rain has opinions today. So do we: they involve a cinnamon bun and the armchair by the window.',
      'Somebody asked whether the rye is any good toasted. Tom has written four pages about it. The short answer is yes.',
      'Lunch is a cheese toastie that takes itself quite seriously.',
      'Good morning to the gentleman who orders a flat white in the voice of a cello.',
      'We changed the house espresso. It is from a farm in Huila, it tastes of orange peel and brown sugar, and Tom has not stopped smiling since Tuesday.',
      'Eight loaves left, and a queue of nine. It was very civil. Thank you, number nine.',
      'The window seat has a new cushion. It has already been claimed by a dog called Biscuit.',
      'Our starter is eleven years old this week. It asked for flour, so we gave it flour.',
      'Plum and almond, until the plums run out.',
      'Pre-orders for the weekend loaf are open at the counter. Bring a name we can read.',
      'New on the shelf: the mugs you keep trying to take home.',
    ],
  },
  {
    business: yogaStudio,
    scenes: [
      { scene: 'a quiet yoga studio by the water at sunrise', altText: 'The studio at sunrise' },
      { scene: 'a person in a calm seated pose seen from behind, pale wood floor', altText: 'A seated pose' },
    ],
    captions: [
      'If your lower back could write, it would ask for ten minutes and a wall. Here is how.',
      'You do not have to touch your toes. You only have to find out how far away they are today.',
      'Friday’s slow class is all floor. Bring socks and nothing to prove.',
      'Five minutes before the alarm, the bay is flat and the studio smells of cedar. That is when we practise being awake.',
      'Dan came for his back. He stayed because nobody asked him to be good at it.',
      'Shoulders: down. Jaw: loose. Emails: later.',
      'A beginners’ month starts on Monday. Six people, plain words, no mirrors.',
      'The hardest pose is still leaving the house. We keep the kettle on.',
      'Breathe out for longer than you breathe in. Try it at a red light.',
      'For desks and bad knees: chair yoga, Wednesdays, with a very good chair.',
      'We planted a fig by the door. It is doing a slow and excellent mountain pose.',
      'Your first class is on us. Just bring socks.',
      'Balance is not standing still. It is many small corrections, and a little laughing.',
      'The tide table is on the door now, because everyone asks.',
    ],
  },
  {
    business: florist,
    scenes: [
      { scene: 'buckets of garden flowers on a stone floor, side light', altText: 'Buckets of flowers' },
      { scene: 'a fern in a terracotta pot against a plum wall', altText: 'A fern in a pot' },
    ],
    captions: [
      'Ranunculus from Red Hill, each one folded like a letter nobody has opened yet.',
      'The first sweet peas came down from Monbulk this morning in the back of Lena’s ute, still arguing with the dew.',
      'Saturday buckets: choose by the stem, and take the odd one. It will be your favourite.',
      'Tip from the bench: cut the stem at a slant, under water, and your roses will drink like they mean it.',
      'Fern number four hundred has found a home in a bathroom in Fitzroy. It has better light than any of us.',
      'Poppies, while they last, which is not long, which is the point.',
      'Change the water every second day. It is the whole secret.',
      'Foxgloves lean. Let them. A straight foxglove is up to something.',
      'We had one bunch of lilac, and three people who would not say a word. We cut it in three.',
      'The shop cat would like it known that the watering is hers.',
      'Grown in Emerald, cut at dawn, on your table by noon. No aeroplanes were involved.',
      'Stock smells of cloves and of somebody’s grandmother’s hallway. Come and see.',
      'Anemones close at night. So do we, at six.',
      'Seed packets are in. Spring is a thing you can hold in one hand.',
    ],
  },
];
