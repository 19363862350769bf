import { afterEach, describe, expect, it } from 'vitest';
import { said, speakSentences } from './said.ts';

const german = {
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

afterEach(() => speakSentences({}));

describe('said', () => {
  it('says nothing else in English', () => {
    expect(said('The Facebook login has expired.')).toBe('The Facebook login has expired.');
  });

  it('translates sentences, what is filled in, and one within another', () => {
    speakSentences(german);
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
    speakSentences(german);
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
    speakSentences({ 'A (b) [c] {{0}}?': 'D {{0}}' });
    expect(said('A (b) [c] $& {{0}} \\d?')).toBe('D $& {{0}} \\d');
    expect(said('A b c d?')).toBe('A b c d?');
  });
});
