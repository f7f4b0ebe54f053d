import tlds from 'tlds' with { type: 'json' }

/** Endings that say "address" by themselves: no word of a sentence and no member of an object is called so. */
const plain = new Set(
  `ru рф su com org net by kz ua uz kg biz edu gov online website xyz club shop site pro io dev uk de fr eu cn jp nl cz tv ly gg gl co
  me us ca onl tech top academy courses school education live рус москва онлайн сайт орг дети бел укр ком ру xn--p1ai`.split(
    /\s+/,
  ),
)

/** Of those, the ones that programs, files and sentences also end in: "df.live", "C.pl", "Done.Me", "Node.de". */
const shared = new Set(
  'co me us ca top live pro tech site shop school education club gl tv online courses сайт ком дети онлайн'.split(' '),
)

/** What is typed or said for an ending after "точка" or "dot". */
const spoken = new Set(
  'ru ру com ком рф эрэф org орг net нет by бай kz кз ua уа uz уз kg кг me ми ме мэ io ио info инфо su cc gg xyz site pro онлайн online сайт комм рю'.split(
    ' ',
  ),
)

/** Short hosts that lead to people and messengers whatever comes after. */
const contactHosts = new Set(
  't.me wa.me signal.group signal.me meet.google telemost.yandex jazz.sber matrix.to vk.me vk.cc vk.com vk.ru m.me fb.me fb.com ig.me bit.ly goo.gl youtu.be discord.gg is.gd clck.ru telegram.me telegram.dog u.to cutt.ly tinyurl.com linktr.ee taplink.cc ok.ru max.ru viber.me join.skype instagr.am tg.me forms.gle goo.su clc.to me.sh t.ly rb.gy vk.link wa.link т.ме т.ми тме.ру вк.ком boosty.to tapy.me mssg.me hipolink.net hipolink.me lnk.bio beacons.ai dzen.ru teletype.in patreon.com telegra.ph surl.li tinyurl.com drive.google docs.google forms.google disk.yandex'.split(
    ' ',
  ),
)

const firstLabels = new Set([...contactHosts].map((host) => host.slice(0, host.indexOf('.'))))

/** "ASP.NET", "Socket.IO": names with a dot that everybody writes. */
const names = new Set(
  'asp.net vb.net ado.net ml.net paint.net json.net system.net java.net .net socket.io system.io java.io file.io node.io fs.io quartz.net lucene.net log4net autofac.net avalonia.net unity.net c.net f.net stream.io kafka.net std.io engine.io spark.io np.io scipy.io sc.io skimage.io torchvision.io tf.io github.io'.split(
    ' ',
  ),
)

const all = new Set<string>(tlds)

/** How far an ending is to be believed; null: it is none. */
export type EndingTrust = 'plain' | 'shared' | 'weak'

/** Judges a top-level domain (without its dot, lower case). */
export function trustOf(ending: string): EndingTrust | null {
  if (shared.has(ending)) return 'shared'
  if (plain.has(ending) || ending.startsWith('xn--')) return 'plain'
  return all.has(ending) ? 'weak' : null
}

/** How endings and hosts sound in Cyrillic letters. */
const inLatin: Readonly<Record<string, string>> = {
  ...{
    сс: 'cc',
    ли: 'ly',
    лай: 'ly',
    ми: 'me',
    ме: 'me',
    ее: 'ee',
    ии: 'ee',
    ту: 'to',
    то: 'to',
    гл: 'gl',
    гг: 'gg',
    про: 'pro',
    ио: 'io',
  },
  ...{
    тв: 'tv',
    де: 'de',
    гугл: 'google',
    яндекс: 'yandex',
    диск: 'disk',
    драйв: 'drive',
    докс: 'docs',
    бит: 'bit',
    клк: 'clck',
  },
  ...{
    таплинк: 'taplink',
    линктр: 'linktr',
    бусти: 'boosty',
    катт: 'cutt',
    дискорд: 'discord',
    ру: 'ru',
    ком: 'com',
    тинюрл: 'tinyurl',
  },
}
/** Of the endings, those that a name in Latin letters is believed with; the others are words. */
const saidEndings = new Set('про ио сс гг тв де'.split(' '))

/** "studhelp точка про": an ending in Cyrillic letters that only counts after a spoken dot and a Latin name. */
export const isSaidEnding = (word: string): boolean => saidEndings.has(word)
/** "таплинк.сс": such a host by its sound. */
export const soundsLikeContactHost = (host: string): boolean => {
  const labels = host.split('.')
  return labels.length === 2 && contactHosts.has(labels.map((label) => inLatin[label] ?? label).join('.'))
}

export const isSpokenEnding = (word: string): boolean => spoken.has(word)
/** Whether a word is what such a host begins with. */
export const beginsContactHost = (word: string): boolean => firstLabels.has(word)
export const isContactHost = (host: string): boolean => contactHosts.has(host)
export const isDottedName = (host: string): boolean => names.has(host)
