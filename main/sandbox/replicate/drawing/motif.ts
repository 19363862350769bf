/** What a picture is of. */
export type Motif =
  | 'coffee'
  | 'pastry'
  | 'bouquet'
  | 'garden'
  | 'yoga'
  | 'weights'
  | 'storefront'
  | 'landscape'
  | 'abstract';

const words: [Motif, RegExp][] = [
  [
    'coffee',
    /(?<!\p{L})(coffee|espresso|lattes?|flat white|cappuccino|barista|caf[eé]|cups?|mugs?|tea|chocolate|brew)(?!\p{L})/giu,
  ],
  [
    'pastry',
    /(?<!\p{L})(croissants?|bread|loa(?:f|ves)|sourdough|buns?|cakes?|pastr(?:y|ies)|toast|bak(?:e|es|ed|ery|ing)|pudding)(?!\p{L})/giu,
  ],
  [
    'bouquet',
    /(?<!\p{L})(bouquets?|flowers?|floral|florist|vases?|peon(?:y|ies)|roses?|tulips?|dahlias?|ranunculus|blooms?|stems?)(?!\p{L})/giu,
  ],
  ['garden', /(?<!\p{L})(gardens?|potted|pots?|balcony|lavender|terracotta|houseplants?|leafy)(?!\p{L})/giu],
  ['yoga', /(?<!\p{L})(yoga|poses?|meditation|stretch(?:es|ing)?|pilates|breath\w*|studio|mats?)(?!\p{L})/giu],
  ['weights', /(?<!\p{L})(dumbbells?|kettlebells?|gym|weights?|strength|barbells?|fitness|workout)(?!\p{L})/giu],
  ['storefront', /(?<!\p{L})(storefronts?|shops?|awnings?|street|boutique|window display|counter)(?!\p{L})/giu],
  ['landscape', /(?<!\p{L})(landscapes?|hills?|sunsets?|sunrise|mountains?|beach|sea|valley|horizon)(?!\p{L})/giu],
];

/** The motif that most words of the prompt speak of; the earlier word wins a tie, `abstract` when there is none. */
export function chooseMotif(prompt: string): Motif {
  const scored = words.map(([motif, pattern]) => {
    const hits = [...prompt.matchAll(pattern)];
    return { motif, hits: hits.length, first: hits[0]?.index ?? Number.POSITIVE_INFINITY };
  });
  const best = scored.reduce((a, b) => (b.hits > a.hits || (b.hits === a.hits && b.first < a.first) ? b : a));
  return best.hits === 0 ? 'abstract' : best.motif;
}
