import { has, type Match, maxMatches, type Reading } from './reading.ts'
import { Is } from './word-classes.ts'

/** Addresses that lead nobody anywhere: private, local, link-local, multicast, for documentation, well-known resolvers, masks. */
const harmless =
  /^(?:0|10|127|255|22[4-9]|23\d|24\d|25\d)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^169\.254\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^192\.0\.2\.|^198\.51\.100\.|^203\.0\.113\.|^(\d)\.\1\.\1\.\1$|^8\.8\.4\.4$|\.0$|\.255$/
const exercise =
  /^(?:маск.*|подсет.*|сет[ьией].*|класс.*|узел|узл.*|хост.*|маршрут.*|шлюз.*|адресац.*|пинг|ping|dns|subnet.*|mask|network.*|router|gateway|class|host|octet|traceroute|wireshark|пакет.*|packet.*|cidr|nat|cisco|верси.*|version|раздел|пункт|глава|section|firmware)$/
const invites =
  /^(?:заход.*|зайд.*|подключ.*|сервер.*|connect.*|server|join|visit|ssh|rdp|пиши.*|пароль|password|ip|айпи|хостинг|мой|my|сайт|site|адрес[а-я]*|строк[ауе]|браузер[а-я]*)$/

/** Public IP addresses given as a place to go to. */
export function findIpAddresses({ atoms, tokens, folded, classes }: Reading): Match[] {
  const matches: Match[] = []
  const saysDots = (classes & Is.dot) !== 0
  for (let i = 0; i + 3 < atoms.length && matches.length < maxMatches; i++) {
    const four = atoms.slice(i, i + 4)
    const [first, last] = [four[0], four[3]]
    if (!first || !last || four.some((atom, k) => k > 0 && atom.from - (four[k - 1]?.to ?? 0) !== 1)) continue
    const spoken = saysDots && four.slice(1).every(({ from }) => ((tokens[from - 1]?.classes ?? 0) & Is.dot) !== 0)
    const text = spoken ? four.map(({ digits }) => digits).join('.') : folded.text.slice(first.start, last.end)
    if (!/^(?:\d{1,3}\.){3}\d{1,3}$/.test(text) || four.some(({ digits }) => Number(digits) > 255)) continue
    i += 3
    const after = tokens[last.to]
    if (
      harmless.test(text) ||
      Number(first.digits) < 20 ||
      (after?.text === '.' && tokens[last.to + 1]?.type === 'number')
    )
      continue
    if (after?.text === '/' && /^\d\d?$/.test(tokens[last.to + 1]?.text ?? '')) continue
    const near = tokens.slice(Math.max(0, first.from - 10), last.to + 8)
    if (near.some((token) => exercise.test(token.text))) continue
    const port = after?.text === ':' && !after.spaceBefore && tokens[last.to + 1]?.type === 'number'
    const path = after?.text === '/' && !after.spaceBefore && tokens[last.to + 1]?.type === 'word'
    const wanted =
      port ||
      path ||
      near.some((token) => invites.test(token.text)) ||
      has(tokens, first.from - 8, first.from, Is.getInTouch)
    if (!wanted && tokens.length > 9) continue
    matches.push({
      kind: 'LINK',
      rule: 'link.ip-address',
      from: first.start,
      to: port ? (tokens[last.to + 1]?.end ?? last.end) : last.end,
    })
  }
  return matches
}
