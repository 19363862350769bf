import { plainName } from './names.ts';
import { pick } from './hash.ts';

/** A passage that a request wants worded anew, as its data section gives it. */
export interface Passage {
  wish: string;
  text: string;
  /** Language tag, for a translation. */
  into: string;
}

/** The first record of the data that holds a text and a wish for it. */
export function findPassage(records: readonly Record<string, unknown>[]): Passage | null {
  for (const record of records) {
    const of = (name: string) => Object.entries(record).find(([key]) => plainName(key) === name)?.[1];
    const [wish, text, into] = [of('wish'), of('text'), of('into')];
    if (typeof wish === 'string' && typeof text === 'string') {
      return { wish, text, into: typeof into === 'string' ? into : 'en' };
    }
  }
  return null;
}

/** Words a passage anew, the same for the same passage. Links, mentions and hashtags stay. */
export function reword({ wish, text, into }: Passage): string {
  switch (wish) {
    case 'shorter':
      return shorter(text);
    case 'warmer':
      return `${text.trim()}${/\n/.test(text) ? '\n\n' : ' '}${oneOf(warmly, text)}`;
    case 'hook':
      return withHook(text);
    case 'translate':
      return translated(text, into);
    case 'spelling':
      return spelled(text);
    default:
      return text;
  }
}

const warmly = [
  'We would love to see you.',
  'Thank you for being here with us.',
  'Come as you are, we saved you a place.',
];
const hooks = [
  'There is a small thing we do every morning before anyone sees it.',
  'You asked, so here it is.',
  'Nobody tells you this part.',
];

/** Without the last sentence that holds nothing to keep; a single sentence loses words at its end. */
function shorter(text: string): string {
  const sentences = sentencesOf(text);
  const dispensable = sentences.findLastIndex((sentence, index) => index > 0 && !holdsKept(sentence));
  if (dispensable > 0)
    return sentences
      .filter((_, index) => index !== dispensable)
      .join('')
      .trim();
  const words = text.trim().split(/ +/);
  const kept = words.filter((word, index) => index < Math.ceil(words.length / 2) || holdsKept(word));
  return kept.length === words.length ? words.slice(0, -1).join(' ') : kept.join(' ');
}

function withHook(text: string): string {
  const [first = '', ...rest] = sentencesOf(text);
  const hook = oneOf(hooks, text);
  const space = /\s+$/.exec(first)?.[0] ?? ' ';
  return `${hook}${space}${holdsKept(first) ? text.trim() : rest.join('').trim()}`.trim();
}

/** Stock sentences: the sandbox speaks no languages, but what it answers is in the one asked for. */
const stock: Record<string, string> = {
  en: 'Good things are waiting for you with us. Come by and see for yourself.',
  de: 'Bei uns wartet etwas Gutes auf dich. Komm vorbei und schau es dir mit deinen Leuten an, wir sind für dich da.',
  es: 'Con nosotros te espera algo muy bueno. Ven a vernos con los tuyos, el equipo es para ti.',
  fr: 'De bonnes choses vous attendent avec nous. Venez voir par vous-même, une surprise est prête pour vous.',
  it: 'Qui da noi ti aspetta una bella sorpresa. Vieni a trovarci con gli amici, il posto è per te.',
  pt: 'Coisas boas esperam por você com a gente. Venha ver, é uma surpresa para você e os seus.',
  nl: 'Er staat iets moois voor je klaar. Kom langs en bekijk het met een vriend, wij zijn er voor je.',
  ar: 'أشياء جميلة تنتظرك عندنا. تعال وزرنا مع أصدقائك، فنحن هنا من أجلك.',
  tr: 'Sizi bizde güzel şeyler bekliyor. Gelin, kendi gözlerinizle görün.',
  pl: 'Czeka na Ciebie u nas coś dobrego. Wpadnij i zobacz sam.',
  uk: 'На вас чекає щось добре. Завітайте до нас і переконайтеся самі.',
};

function translated(text: string, into: string): string {
  const words = stock[into.split('-')[0] ?? ''] ?? text;
  const kept = text.split(/\s+/).filter((word) => holdsKept(word) && !words.includes(word));
  return [words, kept.join(' ')].filter((part) => part !== '').join('\n\n');
}

const misspelt: Record<string, string> = {
  teh: 'the',
  recieve: 'receive',
  seperate: 'separate',
  wich: 'which',
  definately: 'definitely',
};

function spelled(text: string): string {
  return text
    .replace(/\p{L}+/gu, (word) => misspelt[word.toLowerCase()] ?? word)
    .replace(/ {2,}/g, ' ')
    .replace(/(^|[.!?]\s+)(\p{Ll})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}

function sentencesOf(text: string): string[] {
  return text.match(/[^.!?\n]+(?:[.!?]+|\n|$)\s*/g) ?? [text];
}

function holdsKept(text: string): boolean {
  return /[#@]\p{L}|https?:|www\.|\d{5,}|\p{L}\.\p{L}{2,}/u.test(text);
}

function oneOf(choices: readonly string[], text: string): string {
  return choices[pick(choices.length, text)] ?? '';
}
