import type { ContactKind } from './guard/finding.ts'
import type { InvalidTextReason } from './messages/message-text.ts'

/** The languages that people are answered in; Russian where none is asked for. */
export type Locale = 'ru' | 'en'

/** The reader's language by an Accept-Language header (RFC 9110, 12.5.4): the most wanted of ours. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const wanted = (acceptLanguage ?? '')
    .slice(0, 200)
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().toLowerCase().split(';')
      const quality = Number(parameters.find((parameter) => parameter.trim().startsWith('q='))?.split('=')[1] ?? 1)
      return { language: tag.split('-')[0], quality: Number.isNaN(quality) ? 0 : quality }
    })
    .filter(({ language, quality }) => (language === 'ru' || language === 'en') && quality > 0)
    .sort((a, b) => b.quality - a.quality)
  return wanted[0]?.language === 'en' ? 'en' : 'ru'
}

interface Words {
  contactDataRefused: string
  invalidText: Record<InvalidTextReason, string>
  rateLimited: (seconds: number) => string
  finding: Record<ContactKind, string>
}

/** What people read in answers, by language. */
export const words: Record<Locale, Words> = {
  ru: {
    contactDataRefused: 'Контактные данные запрещены. Уберите их, и сообщение уйдёт.',
    invalidText: {
      EMPTY: 'Сообщение пустое.',
      TOO_LONG: 'Сообщение длиннее 4000 знаков. Разбейте его на части.',
      BAD_CHARACTERS: 'В сообщении есть недопустимые символы. Уберите их и отправьте снова.',
    },
    rateLimited: (seconds) => `Слишком много сообщений. Попробуйте снова через ${seconds} с.`,
    finding: {
      PHONE: 'Похоже на номер телефона. Уберите его: договариваться можно здесь.',
      EMAIL: 'Похоже на адрес почты. Уберите его: писать можно здесь.',
      LINK: 'Похоже на ссылку. Уберите её.',
      HANDLE: 'Похоже на имя в мессенджере. Уберите его: писать можно здесь.',
      INVITATION: 'Похоже на приглашение общаться в другом месте. Уберите его.',
      CARD: 'Похоже на номер карты или перевод мимо сервиса. Уберите это место: платить можно здесь.',
      BASE_RULE: 'Похоже на контакт: знак @, +7, ссылка или девять и больше цифр подряд. Уберите это место.',
    },
  },
  en: {
    contactDataRefused: 'Contact details are not allowed. Remove them and the message will go through.',
    invalidText: {
      EMPTY: 'The message is empty.',
      TOO_LONG: 'The message is longer than 4000 characters. Split it up.',
      BAD_CHARACTERS: 'The message has characters that are not allowed. Remove them and send it again.',
    },
    rateLimited: (seconds) => `Too many messages. Try again in ${seconds} s.`,
    finding: {
      PHONE: 'This looks like a phone number. Remove it: you can agree on everything here.',
      EMAIL: 'This looks like an e-mail address. Remove it: you can write here.',
      LINK: 'This looks like a link. Remove it.',
      HANDLE: 'This looks like a name in a messenger. Remove it: you can write here.',
      INVITATION: 'This looks like an invitation to talk elsewhere. Remove it.',
      CARD: 'This looks like a card number, or a payment past the service. Remove this part: you can pay here.',
      BASE_RULE: 'This looks like a contact: an @, +7, a link, or nine digits or more in a row. Remove this part.',
    },
  },
}
