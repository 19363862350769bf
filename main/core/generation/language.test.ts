import { describe, expect, it } from 'vitest';
import { isInAnotherLanguage } from './language.ts';

const english = 'What does your morning smell like? Ours smells of fresh coffee, and you are welcome to try it.';
const german =
  'Heute duftet es bei uns nach frischem Kaffee, und wir freuen uns auf Sie mit einem Platz für die Pause.';
const french = 'Ce matin, notre café est prêt pour vous, avec des croissants et une table dans le jardin.';
const japanese = 'コーヒーの香りで、あなたの朝をもっと素敵にしませんか。今日もお待ちしています。';
const russian = 'Какой запах у вашего утра? У нас пахнет свежим кофе и теплым хлебом.';

describe('a text in another language', () => {
  it.each([
    ['de', english],
    ['en', german],
    ['en-GB', french],
    ['fr', english],
    ['de-AT', french],
    ['en', russian],
    ['ru', english],
    ['ja', english],
    ['en', japanese],
  ])('is noticed where %s is wanted', (tag, text) => {
    expect(isInAnotherLanguage(text, tag)).toBe(true);
  });

  it.each([
    ['en', english],
    ['de-AT', german],
    ['fr', french],
    ['ja', japanese],
    ['ru', russian],
    ['pl', english],
    ['en', 'Café Zürich ☕'],
    ['de', 'Espresso, Cappuccino, Latte'],
    ['xx-1', english],
  ])('is not claimed without proof, where %s is wanted', (tag, text) => {
    expect(isInAnotherLanguage(text, tag)).toBe(false);
  });
});
