import { around, has, type Match, negated, type Reading } from './reading.ts'
import { Is } from './word-classes.ts'

/** One way of saying it: words around which it is looked for, then the whole phrase in the words of the sentence. */
interface Phrase {
  rule: string
  anchor: RegExp
  phrase: RegExp
  /** Where the phrase also has an innocent meaning. */
  unless?: RegExp
}

const whose = '(?:сво[йию]|мо[йию]|тво[йию]|ваш(?:у|и)?|мне|тебе|вам|мой|твой|свои|ваши)'
const send =
  '(?:скину|кину|дам|пришлю|вышлю|отправлю|оставлю|продиктую|напишу|передам|сброшу|поделюсь|скидываю|назову|покажу|перешлю)'
const ask =
  '(?:скинь(?:те)?|кинь(?:те)?|дай(?:те)?|пришли(?:те)?|вышли(?:те)?|отправь(?:те)?|оставь(?:те)?|продиктуй(?:те)?|напиши(?:те)?|сбрось(?:те)?|подскажи(?:те)?|можно|скажи(?:те)?|давай(?:те)?|поделись|поделитесь|обменяемся|обменяться|обмен)'
const small =
  '(?: (?:мне|тебе|вам|нам|свой|твой|ваш|свои|ваши|мой|мои|свою|твою|вашу|мою|ли|лучше|тогда|пожалуйста|плиз|сразу|потом|сейчас|щас|завтра|вечером|просто|и|еще|в|личку|лс|,|позже|же|там|я|наш))*'
const numberOf =
  'номер(?:ок|очек)?(?! (?:заказ|задач|задани|вариант|страниц|стр|договор|билет|зач|студ|групп|строк|пункт|стать|гост|счет|упражн|вопрос|тем|урок|парт|аудитор|глав|пример|лаб|издани|тикет|обращ|заявк|чек|рис|таблиц|источник|формул|квит|накл|полис|паспорт|теорем|параграф|практ|том|карты сту|рейс|вагон|поезд|дома|кабинет|и |учебник|вашего (?!тел)|этого|ваших|из|первый|второй|\\d|в списке|по порядку))'

const phrases: readonly Phrase[] = [
  {
    rule: 'invitation.number',
    anchor:
      /^(?:номер|номерок|номерочек|телефон|телефончик|контакт|контакты|контактами|контактик|цифры|номера|номерами|телефонами)$/,
    phrase: new RegExp(
      `(?:^| )(?:${send}${small} (?:${numberOf}|телефон(?:чик)?|контакт(?:ы|ик)?|номер тел)|${ask}${small} ${whose} (?:${numberOf}|телефон(?:чик)?|контакт(?:ы|ик|ами)?)|${ask}${small} (?:номер(?:ок)? тел|номерок|телефончик|контакт(?:ы|ами|ик)|номер (?:для связи|для вотс|для ватс|для теле|воц|вотс|ватс))|${ask}${small} (?:номерами|телефонами)|(?:какой|а) (?:у )?(?:тебя|вас|твой|ваш) номер(?! (?:заказ|вариант|задач|зач|групп|задан|билет|по|в|стр))|номер(?:ок)? (?:(?:я )?(?:скину|дам|пришлю|кину|отправлю|вышлю|оставлю|продиктую|покажу)|картинкой|фоткой|фото|скрином|скриншотом|голосовым|на фото|на картинке|на скрине|в файле|внутри файла|на аватарке|на аве|в профиле|в описании|спрятал)|(?:контакт(?:ы)?|телефон) (?:в профиле|в файле|на аватарке|на фото|в документе|в описании|на картинке|на последней|внутри|картинкой|в конце файла|на титульн))`,
    ),
    unless:
      /(?:формул|корня|страниц|авари|поддержк|магазин|организац|предприяти|электрическ|сцеплен|площад|производств|договор|заказ)/,
  },
  {
    rule: 'invitation.call',
    anchor:
      /^(?:звони|звоните|позвони|позвоните|набери|наберите|перезвони|перезвоните|позвоню|наберу|звякни|звякните|телефону|смс|смску|созвонимся|трубку|созвониться|call|ring|text|phone|sms|facetime|buzz|телефонный|дозвонись|звонок|номерами|numbers)$/,
    phrase:
      /(?:^| )(?:(?:по|на)?звони(?:те)? (?:мне|нам|в любое|вечером|сразу|завтра|сегодня|если|лучше|как|когда|по телефону|прямо|после|смело)|(?:мне|сразу|лучше|просто) (?:по|пере)?звони(?:те)?|набери(?:те)? (?:меня|мне|мой|вечером|завтра)|перезвони(?:те)? (?:мне|вечером|завтра|по)|звякни(?:те)?|(?:давай(?:те)?|лучше|можно|можем|удобнее|проще|обсудим|поговорим|договоримся|созвонимся|объясню)(?: [а-я]+){0,2} по телефону|по телефону (?:обсудим|поговорим|договоримся|удобнее|проще|быстрее|объясню|расскажу|лучше)|(?:скинь|кинь|скину|напиши|пришли|отправь|жду)(?:те)?(?: мне| вам)? (?:смс|смску)|(?:я )?(?:вам|тебе) (?:позвоню|наберу)|(?:позвоню|наберу) (?:вам|тебе|тебя|вас)|(?:можно|могу)(?: я)? (?:вам |тебе )?позвонить|(?:just )?(?:call|ring|phone|text|sms|buzz) me(?! (?:the|when|crazy|old|a|an|ishmael|later crazy|back here|by my|mr|mrs|dr|maybe|when the system))|give me a (?:call|ring|buzz)|(?:ill|i will|let me|can i) (?:call|text|phone|ring) (?:you|u)(?! back here)|(?:talk|speak|chat|discuss it|discuss) (?:on|over|by) the phone|(?:exchange|swap|trade) numbers|hop on a (?:phone )?call outside)/,
    unless:
      /(?:на сайте|здесь|на платформ|в этом чате|поддержк|в звонк|преподавател|деканат|учител|куратор|через сайт|function|метод|callback|on the platform|via the site|through the site|support)/,
  },
  {
    rule: 'invitation.number',
    anchor: /^(?:number|numbers|cell|phone|email|mail|contact|contacts|digits|whatsapp|mobile|address)$/,
    phrase:
      /(?:^| )(?:(?:whats|what is|send|send me|give|give me|share|need|drop|text me|tell me|can i get|can i have|may i have|could i get|could i have|have|get|want|leave|drop me|dm me|pass me|shoot me) (?:me )?(?:your|ur) (?:phone |cell |mobile |whatsapp |personal |private |contact |e-?mail |direct )?(?:number(?! of)|cell|phone|email(?! client)|mail|contacts?(?! form)|digits|contact (?:info|details|information|number))|(?:heres|here is|ill send(?: you)?|ill give(?: you)?|let me (?:give|send)(?: you)?|sending(?: you)?|i can (?:give|send)(?: you)?|ill drop|ill share|ill text you|take) my (?:phone |cell |mobile |whatsapp |personal |private |contact |e-?mail )?(?:number|cell|phone|email|mail|contacts?|digits)|(?:number|contacts?|phone|email) (?:is )?(?:as|in|on) (?:a |an |the |my )?(?:picture|photo|image|screenshot|profile|avatar|attachment|file)|my (?:number|phone|contacts?|email) (?:is|are) (?:in|on) (?:the|my)|email me(?! (?:when the system))|(?:send|write|drop) (?:it |them |me |that |the files? |this )?(?:to|an|a line to) (?:my|your) (?:personal |private )?(?:e-?mail|mail)|exchange (?:numbers|contacts|emails|contact details)|swap (?:numbers|contacts|emails))/,
    unless: /(?:student (?:id|number)|order|variable|function|validate|regex|column|field|form|password reset)/,
  },
  {
    rule: 'invitation.email',
    anchor: /^(?:почту|почта|почты|почте|мыло|емейл|имейл|емайл|электронку|email)$/,
    phrase: new RegExp(
      `(?:^| )(?:(?:напиши(?:те)?|пиши(?:те)?|скинь(?:те)?|кинь(?:те)?|отправь(?:те)?|пришли(?:те)?|вышли(?:те)?|отправляй(?:те)?|присылай(?:те)?|скину|кину|отправлю|пришлю|вышлю|сброшу|перешлю|продублирую|шли)(?: (?:мне|вам|тебе|нам|его|ее|их|все|файл|файлы|работу|решение|лучше|сразу|условие|задание|это|потом|готовое|материалы|лично|тогда|методичку|документ))* (?:на|по) (?:мою |вашу |твою |свою |личную |мою личную |мой |ваш |твой |личн(?:ый|ую) )?(?:почту|почте|мыло|емейл|имейл|емайл|электронку|email)(?! (?:преподавател|кафедр|деканат|препод|научн|университет|института|вуза|поддержк|редакц))|(?:какая|а какая|есть|дай(?:те)?|скинь(?:те)?|напиши(?:те)?|скажи(?:те)?|оставь(?:те)?|подскажи(?:те)?|давай(?:те)?|пришли(?:те)?)(?: (?:у|мне|свою|твою|вашу|вас|тебя|ваша|твоя|есть|ли|свой|ваш|твой|пожалуйста))+ (?:почта|почту|мыло|емейл|имейл|электронная почта|email)|${send}(?: вам| тебе)? (?:свою |мою |свой )?(?:почту|мыло|емейл|имейл)|(?:давай(?:те)?|лучше|удобнее|можно|спишемся|общаться|свяжемся|продолжим|перейдем)(?: [а-я]+)? (?:по|через|на) (?:электронной )?(?:почт[еу]|мыло|имейл|емейл|электронке))`,
    ),
    unless:
      /(?:преподавател|кафедр|деканат|регистрац|подтвержд|уведомлен|спам|валидац|препод|поле|институт|научрук|сайт пришл)/,
  },
  {
    rule: 'invitation.off-platform',
    anchor:
      /^(?:сайта|сайт|площадки|площадку|платформы|платформу|биржи|биржу|сервиса|сервис|посредников|комиссии|комиссию|комиссий|напрямую|обход|вне|мимо|мессенджер|мессенджере|мессенджеры|мессенджерах|соцсети|соцсетях|соцсеть|platform|site|website|directly|privately|elsewhere|outside|app|messenger|messengers|fees|fee|commission|off|сторону|приложение|приложении|месте|место|skip)$/,
    phrase:
      /(?:^| )(?:(?:общат|договор|обсуд|работат|сотруднич|рассчита|оплат|провед|сдела|решим|спис|свяж|встрет|продолж|пообща|поработа|заплат|заключ|перейд|давай|можно|можем|предлага|пиши|напиши|возьмусь|готов)[а-я]*(?: [а-я]+){0,4} (?:вне|мимо|в обход|за пределами|помимо) (?:этого |этой |нашего )?(?:сайта|площадки|платформы|биржи|сервиса|системы|комиссии)|(?:мимо|в обход|минуя|чтобы не платить|обойти|обойдем|сэкономим на|(?<=(?:давай|можем|согласн|договор|предлаг|мне|вам|нам|готов|оплат|заплат|работа|дешевле|выгодн|напрям|лично)[а-я]*(?: [а-я,]+){0,4} )без|без(?=[а-я ,]* (?:дешевле|согласн|выгодн|давай|договор|предлаг|можем|оплат|заплат|работа|напрям))) (?:посредник(?:а|ов)|комисси(?:и|ю|й)(?: (?:сайта|площадки|биржи|сервиса|платформы))?|(?:этот |этого |эту |этой )?(?:сайта?|площадк[аиу]|бирж[аиу]|сервиса?|платформ[аыу]))|(?:давай(?:те)?|можем|можно|предлагаю|лучше|оплатить|оплата|оплачу|заплатить|заплачу|работать|договоримся|договориться|сотрудничать|рассчитаемся|удобнее|дешевле)(?: [а-я]+){0,3} напрямую|напрямую (?:дешевле|без|оплат|договор|выгодн|работа|мне|свяж|спис|общат|заплат)|(?:перейд|уйд|пойд|переход|пообща|спис|продолж|переберем|давай|обсуд|общат|свяж|можно|встрет|напиши|пиши|найди|добавь)[а-я]*(?: [а-я,]+){0,4} (?:в|на|через) (?:друг(?:ой|ое|ом|ую|их) (?:мессенджер|мест|приложен|площадк|сайт|чат|соцсет|ресурс)[а-я]*|мессенджер[а-я]*|соцсет[а-я]*|стороннем [а-я]+|сторонний [а-я]+)|(?:lets|can we|could we|shall we|we can|we could|we should|i prefer to|prefer to|would you|do you want to|wanna|want to|better to|please|i suggest we|maybe)(?: [a-z]+){0,5} (?:outside|off|elsewhere|without) ?(?:of )?(?:this |the |here)?(?: ?(?:platform|site|website|app|here|service|marketplace|fees?|commission|middleman))?(?= |$)|(?:off|outside|outside of|avoid|bypass|skip|without|around|save on|dodge) (?:this |the |paying the |paying )?(?:platform(?:s)?|site(?:s)?|website|marketplace|service)?(?: ?(?:fees?|commission|cut))(?= |$)|(?:move|take|continue|talk|chat|switch|go|deal|pay|work|contact|message|reach|meet)(?: [a-z]+){0,4} (?:off|outside|outside of) (?:this |the )?(?:platform|site|website|app|marketplace)|(?:move|switch|continue|talk|chat|go|take)(?: [a-z]+){0,5} (?:to|on|in|over to) (?:another|a different|some other|other|an external) (?:app|messenger|platform|site|chat|place|channel|apps|service)|(?:contact|message|pay|email|reach|text|write|hire) me (?:directly|privately|personally)|(?:deal|work together|pay|work) directly)/,
    unless:
      /(?:комиссия по|приемн|банк|избирательн|пропорционал|производител|поставщик|экспорт|завис|зависит|интернет-магазин|cpu|memory|turn off|set off|day off|cut off|show off|off by|off the chart|off-by|импорт|поддержк|мошен)/,
  },
  {
    rule: 'invitation.nick',
    anchor: /^(?:ник|никнейм|ником|нику|nick|nickname|username|handle|фамилии|фио|имени|аккаунт|name|профиле|profile)$/,
    phrase:
      /(?:^| )(?:(?:ник|никнейм|логин|юзернейм)(?: мой| там| у меня| в [а-я]+)? (?:как (?:тут|здесь|на сайте|в профиле|на этом)|так(?:ой|им) же|тот же|(?:тот|такой) же|тут такой|этот же|совпадает|одинаковый)|(?:там|в [а-я]+) (?:такой|тот) же ник|под (?:таким|тем|этим) же (?:ником|именем|логином)|(?:найди(?:те)?|ищи(?:те)?|поищи(?:те)?|найдешь|найдете|гугли) (?:меня )?(?:там )?(?:по|под) (?:нику|нику|фамилии|фио|имени|таким|тем|этим|этому)|same (?:nick|nickname|username|handle|name) (?:there|everywhere|as here|on|as my|as on|over)|(?:username|nick|nickname|handle)(?: [a-z]+)? is (?:the )?same|(?:look|find|search)(?: me)? up by (?:my )?(?:name|nick|username)|look me up(?= |$)|контакты в профиле|ссылк[аи] в профиле)/,
  },
]

const clean = /[^a-zа-я0-9,]+/g

/** Invitations that name no messenger: to exchange numbers, to call, to write by mail, to deal without the marketplace. */
export function findOffPlatform({ tokens, folded }: Reading): Match[] {
  const matches: Match[] = []
  const seen = new Set<string>()
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]
    if (token?.type !== 'word') continue
    for (const { rule, anchor, phrase, unless } of phrases) {
      if (!anchor.test(token.text)) continue
      const { from, to } = around(tokens, i, 'sentence')
      const key = `${rule} ${from} ${Math.floor(i / 20)}`
      if (seen.has(key)) continue
      seen.add(key)
      const first = Math.max(from, i - 14)
      const last = Math.min(to, i + 14)
      const words = tokens.slice(first, last)
      const sentence = words
        .map(({ text }) => text)
        .join(' ')
        .replace(clean, ' ')
      const said = phrase.exec(sentence)
      if (!said || unless?.test(sentence)) continue
      const clause = around(tokens, i, 'clause')
      if (
        negated(tokens, Math.max(first, clause.from), Math.min(last, clause.to)) ||
        has(tokens, first, i, Is.reported)
      )
        continue
      matches.push({
        kind: 'INVITATION',
        rule,
        from: words[0]?.start ?? token.start,
        to: token.end,
        ...spanOf(words, said[0].trim(), folded.text),
      })
    }
  }
  return matches
}

/** Where a phrase of joined words lies in the text. */
function spanOf(
  words: readonly { text: string; start: number; end: number }[],
  phrase: string,
  _text: string,
): { from?: number; to?: number } {
  const wanted = phrase.split(' ')
  for (let i = 0; i < words.length; i++) {
    if (words[i]?.text !== wanted[0]) continue
    let k = 0
    let j = i
    while (j < words.length && k < wanted.length) {
      const text = words[j]?.text.replace(clean, '') ?? ''
      if (text !== '' && wanted[k]?.startsWith(text)) k++
      else if (text !== '') break
      j++
    }
    const [first, last] = [words[i], words[j - 1]]
    if (k === wanted.length && first && last) return { from: first.start, to: last.end }
  }
  return {}
}
