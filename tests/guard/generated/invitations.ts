import { choose, type Family, type Random } from './random.ts'

/** Places in the case that follows "в" with a verb of moving, and with one of being; and as they are called. */
const places: readonly (readonly [into: string, at: string])[] = [
  ['телегу', 'телеге'],
  ['телеграм', 'телеграме'],
  ['телеграмм', 'телеграмме'],
  ['тг', 'тг'],
  ['тгшку', 'тгшке'],
  ['тэгэ', 'тэгэ'],
  ['ватсап', 'ватсапе'],
  ['вотсап', 'вотсапе'],
  ['вацап', 'вацапе'],
  ['вотсапп', 'вотсаппе'],
  ['whatsapp', 'whatsapp'],
  ['WhatsApp', 'WhatsApp'],
  ['Telegram', 'Telegram'],
  ['вайбер', 'вайбере'],
  ['viber', 'viber'],
  ['скайп', 'скайпе'],
  ['Skype', 'Skype'],
  ['дискорд', 'дискорде'],
  ['дс', 'дс'],
  ['вк', 'вк'],
  ['ВК', 'ВК'],
  ['вконтакте', 'вконтакте'],
  ['инсту', 'инсте'],
  ['инстаграм', 'инстаграме'],
  ['инстаграмм', 'инстаграмме'],
  ['личку вк', 'личке вк'],
  ['лс телеграма', 'лс телеграма'],
  ['фейсбук', 'фейсбуке'],
  ['зум', 'зуме'],
  ['макс', 'максе'],
  ['Max', 'Max'],
  ['Signal', 'Signal'],
  ['другой мессенджер', 'другом мессенджере'],
]
const asNoun =
  'телеграм|телега|тг|ватсап|вотсап|WhatsApp|вайбер|viber|скайп|дискорд|вк|ВК|инста|инстаграм|Telegram|телеграмм|вацап'.split(
    '|',
  )
const before =
  '{|Здравствуйте! |Добрый день, |привет, |Хорошо, |ок |слушай, |А |Так, |короче |Знаете, |Сюда редко захожу, |тут неудобно, |Тут долго грузит, |Чтобы не терять время, |По цене договоримся, |Файл большой, }'
const after =
  '{|, пожалуйста|, там удобнее|, там быстрее|, скину примеры| и обсудим| если не сложно|, а то тут тормозит|!|, ок?|, жду|, там всё покажу| сегодня вечером|, отвечу сразу|)}'

const at = (random: Random, template: string): string => {
  const [into, where] = random.of(places)
  return choose(random, `${before}${template}${after}`).replaceAll('#', into).replaceAll('@', where)
}

const englishPlaces =
  'telegram|Telegram|whatsapp|WhatsApp|discord|insta|instagram|skype|viber|snapchat|snap|signal|facebook messenger|tg|zoom|wechat|imessage'
const english = (random: Random, template: string): string =>
  choose(
    random,
    `{|Hi! |hey, |Okay, |Sure, |So, |this chat is slow, |I rarely check this site, }${template}{|, please|, it is faster| tonight| so I can send the files|?|!|, ok}`,
  ).replaceAll('#', () => random.of(englishPlaces.split('|')))

/** Invitations that name no contact, in the words and orders that people choose. */
export const invitationFamilies: Readonly<Record<string, Family>> = {
  imperative: (random) =>
    at(
      random,
      '{напиши|напишите|пиши|пишите|черкни|черкните|отпишись|отпишитесь|стукни|стукните|маякни|маякните|стучись|постучитесь|скинь|скиньте|кидай|кидайте|скидывайте|отправь|отправьте|пришли|пришлите|перешлите|сбрось|добавь|добавьте|добавляйся|найди меня|найдите меня|ищите меня|отвечайте|ответьте|залетай|заходи|заходите|загляни|подпишись|свяжись со мной|свяжитесь со мной|черкани|звони|звоните|набери|наберите}{ | мне | лучше | лучше мне | пожалуйста | мне лучше }в #',
    ),
  together: (random) =>
    at(
      random,
      '{давай|давайте|го|погнали|может|лучше|может быть|можем|предлагаю|айда} {в #|спишемся в @|перейдём в #|продолжим в @|созвонимся в @|пообщаемся в @|обсудим в @|общаться в @|переписываться в @|уйдём в #|переместимся в #|поговорим в @}',
    ),
  alone: (random) =>
    at(
      random,
      '{перейдём в #|переходим в #|пойдём в #|спишемся в @|созвонимся в @|продолжим в @|обсудим в @|договоримся в @|пообщаемся в @|встретимся в @|переедем в #}',
    ),
  promise: (random) =>
    at(
      random,
      '{напишу|скину|отправлю|пришлю|кину|позвоню|отвечу|наберу|объясню|перешлю|вышлю|сброшу|добавлю вас} {|вам |тебе |всё |файл |лучше |решение }{в #|в @}',
    ),
  able: (random) =>
    at(
      random,
      '{можно|можем|можете|могли бы вы|можешь|удобнее|проще|мне удобнее|удобно будет|хочу|готов|готова|могу|лучше|быстрее} {написать|скинуть|отправить|прислать|перейти|списаться|созвониться|связаться|общаться|пообщаться|обсудить|переслать|продолжить}{ | вам | мне }{в #|в @}',
    ),
  placeFirst: (random) =>
    at(
      random,
      '{в @|в #} {напиши|пишите|мне удобнее|удобнее будет|спишемся|найди меня|жду|отвечаю быстрее|скину|пообщаемся|я чаще|мне напишите|проще|быстрее отвечу}',
    ),
  asked: (random) =>
    choose(
      random,
      `${before}{у вас есть #|есть #|у тебя # есть|дайте ваш #|скинь свой #|скиньте ваш #|можно ваш #|подскажите ваш #|а # есть у вас|какой у вас #}{?|?|??|? Скину примеры|? Там удобнее}`,
    ).replaceAll('#', () => random.of(asNoun)),
  askedPlace: (random) =>
    choose(
      random,
      `${before}{вы есть в #|есть вы в #|ты в # есть|вы в # сидите|вас можно найти в #}{?|? Скину файл}`,
    ).replaceAll('#', () => random.of(places)[1]),
  number: (random) =>
    choose(
      random,
      `${before}{дай|дайте|скинь|скиньте|можно|оставь|оставьте|напиши|напишите|пришлите|подскажите|продиктуйте|скажите|киньте} {свой|ваш|мне свой|мне ваш|твой|пожалуйста ваш} {номер|номерок|номер телефона|телефон|контакт|мобильный|контактный номер|номер для связи|телефончик}{|?|, позвоню|, наберу вечером| пожалуйста}`,
    ),
  call: (random) =>
    choose(
      random,
      `${before}{позвоните мне|позвони мне|наберите меня|набери меня|перезвоните мне|можно вам позвонить|давайте по телефону|давай созвонимся по телефону|я вам позвоню|я тебя наберу|можете позвонить мне|обсудим по телефону|лучше голосом по телефону|удобнее по телефону|созвонимся по телефону}{| вечером| завтра| после шести| сегодня| как освободитесь}{|?|, пожалуйста}`,
    ),
  hiddenNumber: (random) =>
    choose(
      random,
      `${before}{скину|отправлю|пришлю|кину|спрятал|написал|оставил|напишу} {номер|свой номер|контакты|телефон|ник|свой ник|номер телефона|свои контакты} {картинкой|в файле|на фото|в документе|на скрине|скриншотом|фоткой|в профиле|во вложении|в конце файла|на последней странице}`,
    ),
  mail: (random) =>
    choose(
      random,
      `${before}{скиньте|пришлите|отправьте|напишите|скину|отправлю|можно прислать|могу отправить|давайте|скинь|кинь|пиши} {|вам |мне |файл |материалы |лучше }на {почту|мыло|электронку|имейл|емейл|e-mail|мою почту|вашу почту|личную почту}`,
    ),
  nick: (random) =>
    choose(
      random,
      `${before}{ник|ник там|ник в телеге|в тг ник|никнейм} {такой же|тот же|как тут|как здесь|такой же как тут|как на сайте|тот же что и тут|как в профиле}`,
    ),
  payment: (random) =>
    choose(
      random,
      `${before}{давайте|давай|можем|предлагаю|лучше|можно|хочу|готов|может} {|оплатить |работать |договоримся |рассчитаемся |оплачу |сделаем }{напрямую|мимо сайта|без сайта|без комиссии|в обход сайта|без посредников|мимо площадки|вне сайта|минуя сайт|не через сайт|лично без комиссии}{|, выйдет дешевле|, так выгоднее|, сайт берёт много|?}`,
    ),
  english: (random) =>
    english(
      random,
      '{text me|message me|add me|write to me|dm me|contact me|find me|hit me up|reach me|call me|ping me|drop me a line|msg me} {on|via|in} #',
    ),
  englishTogether: (random) =>
    english(
      random,
      "{let's|lets|can we|could we|shall we|maybe we can|why don't we|we could|we should|I'd rather} {talk on|move to|chat on|switch to|continue on|discuss it on|go to|text on|do this over|talk via|move over to|chat in} #",
    ),
  englishAsked: (random) =>
    english(
      random,
      "{what's your|whats your|do you have|do you use|are you on|can I get your|give me your|send me your|drop your|share your|got} #",
    ),
  englishNumber: (random) =>
    english(
      random,
      "{what's your|can I have your|send me your|give me your|share your|drop me your|could I get your|let me have your} {number|phone number|cell|email|contact|contact details|mobile number|cell number|whatsapp number|e-mail|digits}",
    ),
  englishPayment: (random) =>
    english(
      random,
      "{let's|we can|I'd prefer to|can we|could you|would you|we could} {deal directly|work off the platform|skip the fees|pay outside the site|work directly without the site|do it outside the platform|avoid the commission|settle it off the site|go around the platform|do it without the platform fee}",
    ),
}
