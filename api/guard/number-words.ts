/** A number word: what it adds to a spoken number. */
export interface NumberWord {
  value: number
  /** Where it stands: hundreds before tens before units; a teen ends a number like a unit. */
  rank: 'unit' | 'teen' | 'ten' | 'hundred' | 'repeat' | 'many'
}

/** "сем(ь|и)" lists readings as in the lexicon. Misspellings are those of speech: "шисят", "восем". */
const russian: readonly (readonly [words: string, value: number])[] = [
  ['ноль нуль нол(ь|ю|ик|и) нул(ю|и|ик) зеро', 0],
  ['один одна одно адин адна единиц(а|у) единичк(а|у) одного одной одну одному адзін', 1],
  ['два две двух двум двойк(а|у) двоечк(а|у) дв(а|е)', 2],
  ['три трех трем тройк(а|у) троечк(а|у) тре тры', 3],
  ['четыре четырех четырем четверк(а|у) четыри читыре чытыре чтыре четверочк(а|у) чотири чатыры', 4],
  ['пять пяти пятерк(а|у) пят пятерочк(а|у) питьь пяць', 5],
  ['шесть шести шестерк(а|у) шест шисть шесть шестерочк(а|у) щесть шість шэсць', 6],
  ['семь семи семерк(а|у) сем семерочк(а|у) семь сім', 7],
  ['восемь восьми восьмерк(а|у) восем восемь васемь восим восьмерочк(а|у) восмь восм вісім', 8],
  ['девять девяти девятк(а|у) девят дивять девить девяточк(а|у) девть дзевяць', 9],
  ['десять десяти десят десятк(а|у)', 10],
  ['одиннадцать одиннадцати одинадцать одинадцат одинацать одинадцять', 11],
  ['двенадцать двенадцати двенадцат двинадцать двенацать дванадцять', 12],
  ['тринадцать тринадцати тринадцат тринацать тринадцять', 13],
  ['четырнадцать четырнадцати четырнадцат четырнацать чотирнадцять', 14],
  ['пятнадцать пятнадцати пятнадцат пятнацать питнадцать пятнадцять', 15],
  ['шестнадцать шестнадцати шестнадцат шестнацать шиснадцать шістнадцять', 16],
  ['семнадцать семнадцати семнадцат семнацать сімнадцять', 17],
  ['восемнадцать восемнадцати восемнадцат восемнацать вісімнадцять', 18],
  ['девятнадцать девятнадцати девятнадцат девятнацать девятнадцять', 19],
  ['двадцать двадцати двадцат двацать двадцатк(а|у) двадцять дваццаць', 20],
  ['тридцать тридцати тридцат трицать тридцять трыццаць', 30],
  ['сорок сорока сорк сорак', 40],
  ['пятьдесят пятидесяти пятдесят писят пядесят песят пятьдесять писят полтинник', 50],
  ['шестьдесят шестидесяти шестдесят шисят шесят шейсят шістдесят', 60],
  ['семьдесят семидесяти семдесят семьдесять семсят сімдесят', 70],
  ['восемьдесят восьмидесяти восемдесят восемьдесять восимдесят вісімдесят', 80],
  ['девяносто девяноста дивяносто девяноста', 90],
  ['сто ста сотка', 100],
  ['двести двухсот двести двесте двісті', 200],
  ['триста трехсот тристо', 300],
  ['четыреста четырехсот четыресто читыреста чотириста', 400],
  ['пятьсот пятисот пятсот', 500],
  ['шестьсот шестисот шестсот шістсот', 600],
  ['семьсот семисот семсот сімсот', 700],
  ['восемьсот восьмисот восемсот вісімсот', 800],
  ['девятьсот девятисот девятсот дивятьсот девцот девяцот девятцот', 900],
]

/** Latin spellings of a Cyrillic letter that has several; of the others there is one. */
const latinSpellings: Readonly<Record<string, readonly string[]>> = {
  я: ['ya', 'ia', 'ja'],
  ц: ['c', 'ts', 'tc'],
  ы: ['y', 'i'],
}
const latinLetters: Readonly<Record<string, string>> = Object.fromEntries(
  [...'абвгдезийклмнопрстуфхчшщьэ'].map((letter, i) => [
    letter,
    'a b v g d e z i y k l m n o p r s t u f h ch sh sch  e'.split(' ')[i] ?? '',
  ]),
)

/** A Russian word in Latin letters, in every usual way: "девять" is "devyat", "deviat" and "devjat". */
function transliterations(word: string): string[] {
  let spellings = ['']
  for (const letter of word) {
    const choices = latinSpellings[letter] ?? [latinLetters[letter] ?? letter]
    spellings = spellings.flatMap((before) => choices.map((choice) => before + choice))
  }
  return spellings
}

/** The last part of a number that counts places: "девятьсот шестнадцатый"; never a number by itself. */
const ordinalStems: readonly (readonly [stems: string, value: number])[] = [
  ['перв', 1],
  ['втор', 2],
  ['треть трет', 3],
  ['четверт', 4],
  ['пят', 5],
  ['шест', 6],
  ['седьм', 7],
  ['восьм', 8],
  ['девят', 9],
  ['десят', 10],
  ['одиннадцат', 11],
  ['двенадцат', 12],
  ['тринадцат', 13],
  ['четырнадцат', 14],
  ['пятнадцат', 15],
  ['шестнадцат', 16],
  ['семнадцат', 17],
  ['восемнадцат', 18],
  ['девятнадцат', 19],
  ['двадцат', 20],
  ['тридцат', 30],
  ['сороков', 40],
  ['пятидесят', 50],
  ['шестидесят', 60],
  ['семидесят', 70],
  ['восьмидесят', 80],
  ['девяност', 90],
]
const ordinalEndings = 'ый ий ой ая ья ое ье ого ьего ому ьему ом ьем ым ую ью'.split(' ')

/** "шестнадцатый", "первого" by value. */
export const ordinals: ReadonlyMap<string, number> = new Map(
  ordinalStems.flatMap(([stems, value]) =>
    stems.split(' ').flatMap((stem) => ordinalEndings.map((ending): [string, number] => [stem + ending, value])),
  ),
)

const other: readonly (readonly [words: string, value: number])[] = [
  ['zero oh nought naught nil nol', 0],
  ['one odin', 1],
  ['two dva', 2],
  ['three tri', 3],
  ['four chetyre chetire', 4],
  ['five pyat piat', 5],
  ['six shest', 6],
  ['seven sem', 7],
  ['eight vosem', 8],
  ['nine devyat deviat niner', 9],
  ['ten desyat', 10],
  ['eleven odinnadcat', 11],
  ['twelve dvenadcat dvenadtsat', 12],
  ['thirteen trinadcat', 13],
  ['fourteen', 14],
  ['fifteen', 15],
  ['sixteen', 16],
  ['seventeen', 17],
  ['eighteen', 18],
  ['nineteen', 19],
  ['twenty dvadcat dvadtsat', 20],
  ['thirty tridcat', 30],
  ['forty fourty sorok', 40],
  ['fifty', 50],
  ['sixty', 60],
  ['seventy', 70],
  ['eighty', 80],
  ['ninety devyanosto', 90],
  ['sto', 100],
  ['devyatsot', 900],
  ['вон уан ван', 1],
  ['зироу оу', 0],
  ['ту', 2],
  ['сри', 3],
  ['фор фо', 4],
  ['файв', 5],
  ['сикс', 6],
  ['севен', 7],
  ['эйт', 8],
  ['найн', 9],
]

const repeats: readonly (readonly [words: string, times: number])[] = [
  ['double дважды двойная двойной', 2],
  ['triple treble трижды', 3],
]

const rankOf = (value: number): NumberWord['rank'] =>
  value >= 100 ? 'hundred' : value >= 20 ? 'ten' : value >= 10 ? 'teen' : 'unit'

/** Said after how many: "две семёрки", "три нуля". */
const many: readonly (readonly [words: string, value: number])[] = [
  ['нуля ноля нулей нолей нолика ноликов нулика нуликов zeros zeroes', 0],
  ['единицы единички единичек ones', 1],
  ['двойки двоек двоечки двоечек twos', 2],
  ['тройки троек троечки троечек threes', 3],
  ['четверки четверок четверочки fours', 4],
  ['пятерки пятерок пятерочки fives', 5],
  ['шестерки шестерок шестерочки sixes', 6],
  ['семерки семерок семерочки sevens', 7],
  ['восьмерки восьмерок восьмерочки eights', 8],
  ['девятки девяток девяточки nines', 9],
]

/** All readings of "сем(ь|и)", or of several such words with spaces between. */
export function readings(notation: string): string[] {
  return notation.split(/\s+/).filter(Boolean).flatMap(expand)
}

function expand(word: string): string[] {
  const group = /^([^(]*)\(([^)]*)\)(.*)$/.exec(word)
  if (!group) return [word]
  const [, before = '', choices = '', after = ''] = group
  return choices.split('|').flatMap((choice) => expand(`${before}${choice}${after}`))
}

/** Every number word of both languages. */
export const numberWords: ReadonlyMap<string, NumberWord> = new Map([
  ...russian.flatMap(([words, value]) =>
    transliterations(words.split(' ')[0] ?? '').map((word): [string, NumberWord] => [
      word,
      { value, rank: rankOf(value) },
    ]),
  ),
  ...[...russian, ...other].flatMap(([words, value]) =>
    readings(words).map((word): [string, NumberWord] => [word, { value, rank: rankOf(value) }]),
  ),
  ...many.flatMap(([words, value]) =>
    readings(words).map((word): [string, NumberWord] => [word, { value, rank: 'many' }]),
  ),
  ...repeats.flatMap(([words, value]) =>
    readings(words).map((word): [string, NumberWord] => [word, { value, rank: 'repeat' }]),
  ),
])
