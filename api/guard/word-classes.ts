/** What a word can be to the rules: bits, since one word may be several things. */
export const Is = {
  /** A messenger or network that means nothing else. */
  messenger: 1 << 0,
  /** A messenger whose name has other meanings ("tg" is a tangent too): never enough without a plain sign. */
  maybeMessenger: 1 << 1,
  /** "мессенджер", "личка": somewhere else, unnamed. */
  elsewhere: 1 << 2,
  /** Asks the reader to get in touch: "напиши", "add". */
  getInTouch: 1 << 3,
  /** Proposes to move: "перейдём", "го", "let's". */
  move: 1 << 4,
  /** The writer will send something: "скину". */
  offer: 1 << 5,
  /** "можно", "удобнее", "can". */
  modal: 1 << 6,
  /** "связаться", "написать". */
  contactInfinitive: 1 << 7,
  preposition: 1 << 8,
  me: 1 << 9,
  you: 1 << 10,
  negation: 1 << 11,
  /** Someone else says or asks it: "попросил", "asked"; or the rules do: "напоминаем". */
  reported: 1 << 12,
  /** What theses about messengers are made of. */
  topic: 1 << 13,
  /** Says nothing by itself: "лучше", "сразу", "please". */
  light: 1 << 14,
  /** A phone is spoken of: "тел", "позвони", "call". */
  phoneCue: 1 << 15,
  /** "номер", "number": of a phone, or of anything. */
  numberNoun: 1 << 16,
  /** What else has a number: "заказ", "вариант". */
  numbered: 1 << 17,
  /** What else holds many numbers: "массив", "выборка". */
  data: 1 << 18,
  unit: 1 << 19,
  at: 1 << 20,
  dot: 1 << 21,
  /** "ник", "username". */
  nick: 1 << 22,
  /** Programs for messengers: "бот", "api". */
  code: 1 << 23,
  mailProvider: 1 << 24,
  /** Said between the digits of a number: "потом", "тире". */
  filler: 1 << 25,
  /** "переведи", "кинь": moving money. */
  pay: 1 << 26,
  bank: 1 << 27,
  mailCue: 1 << 28,
  numberWord: 1 << 29,
  site: 1 << 30,
} as const

export type WordClass = keyof typeof Is
