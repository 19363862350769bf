/*
 * Characters that a reader takes for a Latin letter but that Unicode's compatibility form (NFKC)
 * leaves alone. Full-width, circled, squared and mathematical letters are not here: NFKC folds them.
 */

const alphabet = 'abcdefghijklmnopqrstuvwxyz';

/** Rows of look-alikes under the Latin letters they are read as. */
const rows: readonly [lookAlikes: string, latin: string][] = [
  // Cyrillic; upper and lower case differ in what they look like.
  ['АВЕЅІЈКМНОРСТУХԀԌԚԜ', 'ABESIJKMHOPCTYXDGQW'],
  ['авеѕіјкмнорстухԁһԛԝӏԍʏѵ', 'abesijkmhopctyxdhqwlgyv'],
  // Greek
  ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϺ', 'ABEZHIKMNOPTYXCM'],
  ['αεηικνορτυχωγϲϳ', 'aenikvoptuxwycj'],
  // Small capitals
  ['ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ', 'abcdefghijklmnopqrstuvwyz'],
  // Latin and letter-like characters of other blocks
  ['ıɩɑɡɾʋℓ℮ցօոսհքԱՕՍ', 'iiagrvlegonuhfuou'],
];

const latinByLookAlike = new Map<string, string>([
  ...rows.flatMap(([lookAlikes, latin]) =>
    Array.from(lookAlikes, (sign, index): [string, string] => [sign, latin[index] ?? '']),
  ),
  ...rowFrom(0x1f150), // 🅐 white on black circle
  ...rowFrom(0x1f170), // 🅰 white on black square
]);

/** The Latin letter that one character is read as, or the character itself. */
export function asRead(character: string): string {
  return latinByLookAlike.get(character) ?? character;
}

function rowFrom(first: number): [string, string][] {
  return Array.from(alphabet, (letter, index) => [String.fromCodePoint(first + index), letter]);
}
