import { afterEach, describe, expect, it } from 'vitest';
import type { Sentences } from '../../shared/domain/said.ts';
import { said, speakSentences } from './said.ts';

const german: Sentences = {
  'Nothing was sent. Connect {{0}} again, and what is still in time goes out by itself.':
    'Nichts wurde gesendet. Verbinden Sie {{0}} neu; was noch rechtzeitig ist, geht von selbst hinaus.',
  'The Facebook login has expired.': 'Die Facebook-Anmeldung ist abgelaufen.',
  '{{0}} must be connected again: {{1}}': '{{0}} muss neu verbunden werden: {{1}}',
  'This was due at {{0}} and missed its time by {{1}} minutes; {{2}} allows {{3}}. It was not sent. {{4}}':
    'Fällig war dies {{0}}, {{1}} Minuten zu spät ({{2}} erlaubt {{3}}). Es wurde nicht gesendet. {{4}}',
  'Publish it now, choose another time, or leave it out.': 'Jetzt veröffentlichen, verschieben oder weglassen.',
  'Approved a post of {{0}}': 'Beitrag von {{0}} freigegeben',
  '{{0}} refused it: {{1}} It is not live.': '{{0}} hat es abgelehnt: {{1}} Es ist nicht live.',
};

afterEach(() => speakSentences({}, 'en'));

describe('said', () => {
  it('says nothing else in English', () => {
    expect(said('The Facebook login has expired.')).toBe('The Facebook login has expired.');
  });

  it('translates sentences, what is filled in, and one within another', () => {
    speakSentences(german, 'de');
    expect(said('The Facebook login has expired.')).toBe('Die Facebook-Anmeldung ist abgelaufen.');
    expect(said('Approved a post of Blue Door')).toBe('Beitrag von Blue Door freigegeben');
    expect(said('Blue Door must be connected again: The Facebook login has expired.')).toBe(
      'Blue Door muss neu verbunden werden: Die Facebook-Anmeldung ist abgelaufen.',
    );
    expect(
      said(
        'This was due at 2026-11-24T09:00:00.000Z and missed its time by 12 minutes; Blue Door allows 5. It was not sent. Publish it now, choose another time, or leave it out.',
      ),
    ).toBe(
      'Fällig war dies 2026-11-24T09:00:00.000Z, 12 Minuten zu spät (Blue Door erlaubt 5). Es wurde nicht gesendet. Jetzt veröffentlichen, verschieben oder weglassen.',
    );
  });

  it('goes on sentence by sentence, and leaves what it does not know', () => {
    speakSentences(german, 'de');
    expect(
      said(
        'The Facebook login has expired. Nothing was sent. Connect Blue Door again, and what is still in time goes out by itself.',
      ),
    ).toBe(
      'Die Facebook-Anmeldung ist abgelaufen. Nichts wurde gesendet. Verbinden Sie Blue Door neu; was noch rechtzeitig ist, geht von selbst hinaus.',
    );
    expect(said('Facebook refused it: (#100) No such thing. It is not live.')).toBe(
      'Facebook hat es abgelehnt: (#100) No such thing. Es ist nicht live.',
    );
    expect(said('Whatever it is.')).toBe('Whatever it is.');
    expect(said('Whatever it is. The Facebook login has expired.')).toBe(
      'Whatever it is. Die Facebook-Anmeldung ist abgelaufen.',
    );
  });

  it('takes regular expressions and places in a text for what they are', () => {
    speakSentences({ 'A (b) [c] {{0}}?': 'D {{0}}' }, 'de');
    expect(said('A (b) [c] $& {{0}} \\d?')).toBe('D $& {{0}} \\d');
    expect(said('A b c d?')).toBe('A b c d?');
  });

  it('declines what a number is filled into, and leaves what only looks like it', () => {
    speakSentences(
      {
        '{{0}} posts': {
          one: 'منشور واحد',
          two: 'منشوران',
          few: '{{0}} منشورات',
          many: '{{0}} منشورًا',
          other: '{{0}} منشور',
        },
        'Made for {{0}}: {{1}} days': { one: 'يوم لـ {{0}}', few: '{{1}} أيام لـ {{0}}', other: '{{1}} يوم لـ {{0}}' },
      },
      'ar-u-nu-latn',
    );
    expect(['2 posts', '3 posts', '11 posts', '100 posts'].map(said)).toEqual([
      'منشوران',
      '3 منشورات',
      '11 منشورًا',
      '100 منشور',
    ]);
    expect(said('Made for Blue Door: 7 days')).toBe('7 أيام لـ Blue Door');
    expect(said('Daily posts')).toBe('Daily posts');
  });

  it('writes numbers and amounts as the language does, and names of digits as they are', () => {
    speakSentences({ 'It has {{0}} frames.': '{{0}} Bilder.', 'AI cost {{0}}.': 'KI: {{0}}.' }, 'de');
    expect(said('It has 29.97 frames.')).toBe('29,97 Bilder.');
    expect(said('It has 2048 frames.')).toBe('2048 Bilder.');
    expect(said('It has 007 frames.')).toBe('007 Bilder.');
    expect(said('AI cost $1234.50.')).toBe('KI: 1.234,50\u00a0$.');
  });

  it('joins a list of ours as the language does, and leaves any other', () => {
    speakSentences({ 'the name': 'der Name', 'the time': 'die Zeit', 'Changed: {{0}}': 'Geändert: {{0}}' }, 'de');
    expect(said('Changed: the name, the time')).toBe('Geändert: der Name und die Zeit');
    expect(said('Changed: the name, Blue Door')).toBe('Geändert: the name, Blue Door');
  });

  it('takes a sentence that it knows for itself before one that fits anything', () => {
    speakSentences({ '{{0}} has no {{1}}.': '{{0}}: nicht da: {{1}}.', 'It is late.': 'Es ist spät.' }, 'de');
    expect(said('It is late. Blue Door has no key.')).toBe('Es ist spät. Blue Door: nicht da: key.');
  });
});
