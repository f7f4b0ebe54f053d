import { hintFor } from './hints.ts'
import type { Token } from './tokens.ts'
import { Is } from './word-classes.ts'

/** A messenger that is described instead of named: what stands for it, and what has to stand near. */
interface Description {
  word: RegExp
  near: RegExp
  /** Where it has to stand, in words before (below zero) or after. */
  from: number
  to: number
}

const descriptions: readonly Description[] = [
  // "бумажный самолёт", "синий самолётик с перепиской"
  { word: /^самолет(?:а|е|ом|у|ик[а-я]{0,2})?$/, near: /^(?:бумажн|син|голуб)/, from: -2, to: -1 },
  // "зелёный с трубкой", "фиолетовый с трубочкой"
  { word: /^(?:трубк|трубочк|телефончик)/, near: /^(?:зелен|фиолетов|сиренев|фиолетк)/, from: -5, to: 5 },
  // "сеть Дурова", "детище Цукерберга", "мессенджер Паши"
  {
    word: /^(?:сет(?:ь|и|ке|ку)|соцсет[а-я]{1,2}|детищ[а-я]|творени[а-я]|мессенджер[а-я]{0,2}|приложени[а-я])$/,
    near: /^(?:дуров[а-я]?|цукерберга|паши|пашин|павла)$/,
    from: -1,
    to: 2,
  },
  // "запрещённая соцсеть", "экстремистская сеть"
  { word: /^(?:соц)?сет(?:ь|и|ях|ке)$/, near: /^(?:запрещен|экстремист)/, from: -3, to: -1 },
  // "соцсеть на две буквы", "мессенджер на букву т"
  { word: /^(?:соцсет[а-я]{1,2}|мессенджер[а-я]{0,2})$/, near: /^букв/, from: 1, to: 4 },
  // "the paper plane", "the bird app", "the app with the ghost", "the green app"
  { word: /^(?:plane|airplane)$/, near: /^paper$/, from: -1, to: -1 },
  { word: /^apps?$/, near: /^(?:bird|ghost|camera|plane|green|purple|blue|yellow|pink)$/, from: -3, to: 5 },
  { word: /^gram$/, near: /^(?:the|da)$/, from: -1, to: -1 },
]
const mayBe = hintFor(
  /^(?:самолет|трубк|трубоч|телефончик|сет[иьк]|соцсет|детищ|творени|мессенджер|приложени|plane|airplane|app|gram)/,
)

/** Marks words that describe a messenger as one that is perhaps meant. */
export function markDescribed(tokens: readonly Token[]): void {
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]
    if (!token || !(token.hints & mayBe) || token.type !== 'word') continue
    const described = descriptions.some(
      ({ word, near, from, to }) =>
        word.test(token.text) && tokens.slice(Math.max(0, i + from), i + to + 1).some(({ text }) => near.test(text)),
    )
    if (described) token.classes |= Is.maybeMessenger
  }
}
