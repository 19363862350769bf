import { findBannedTerms } from '../../../shared/domain/banned-terms.ts';
import { hashtagsIn } from '../../../shared/domain/captions.ts';
import { contactsIn } from '../generation/check.ts';
import { isInAnotherLanguage } from '../generation/language.ts';
import { longestAnswer, type Writing } from './request.ts';

/** What is wrong with a rewritten passage, in words for the model: rules, never the failed text. Empty when nothing is. */
export function faultsOf(text: string, { client, brand, passage }: Writing): string[] {
  if (text === '') return ['rewritten was empty'];
  const faults: string[] = [];
  if (text.length > longestAnswer(passage)) faults.push('rewritten was longer than maxLength');
  if (findBannedTerms(text, brand.bannedTerms).length > 0) faults.push('a term of bannedTerms was used');
  const had = new Set(contactsIn(passage.text).map(plain));
  const has = new Set(contactsIn(text).map(plain));
  if ([...has].some((contact) => !had.has(contact))) faults.push('a link, mention, address or number was added');
  if ([...had].some((contact) => !has.has(contact)))
    faults.push('a link, mention, address or number of the passage is missing');
  const tags = new Set(hashtagsIn(text).map(plain));
  if (passage.wish !== 'shorter' && hashtagsIn(passage.text).some((tag) => !tags.has(plain(tag)))) {
    faults.push('a hashtag of the passage is missing');
  }
  const language = passage.wish === 'translate' ? passage.language : languageOf(passage.text, client.language);
  if (language !== undefined && isInAnotherLanguage(text, language)) faults.push('it was in the wrong language');
  return faults;
}

/** Undefined when the passage itself is not in the client's language: then the answer need not be either. */
function languageOf(text: string, language: string): string | undefined {
  return isInAnotherLanguage(text, language) ? undefined : language;
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[.,;:!?)]+$|\/$/g, '');
}
