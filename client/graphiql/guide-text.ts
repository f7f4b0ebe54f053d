import type { Locale } from '../i18n/locale.ts'

/** The words of the guide. GraphiQL itself is in English only. */
export type GuideText = {
  title: string
  intro: string
  who: string
  whoWithoutDemo: string
  try: string
  /** By the name of the example. */
  steps: Record<string, string>
  secondWindow: string
  restart: string
  app: string
  appText: string
  errors: string
  limits: string
  person: string
  nobody: string
  roles: Record<'CLIENT' | 'EXPERT' | 'STAFF' | 'HOST', string>
}

export const guideTexts: Record<Locale, GuideText> = {
  ru: {
    title: 'Знакомство с API',
    intro: 'Чаты и уведомления Oko. Каждый пример открывается вкладкой и работает как есть: нажмите ▶ или Ctrl+Enter.',
    who: 'От чьего имени идёт операция, видно вверху справа; у каждой вкладки свой человек. Его токен стоит в Headers.',
    whoWithoutDemo: 'Вставьте свой токен в Headers вместо пустого: {"Authorization": "Bearer …"}.',
    try: 'Что попробовать',
    steps: {
      Dashboard: 'Что читает кабинет: кто я, что не прочитано, какие есть чаты',
      Live: 'Живой поток событий',
      Send: 'Отправить сообщение',
      SendRefused: 'Отправить контакты и получить объяснённый отказ',
      CheckText: 'Спросить заранее, пройдёт ли текст',
      Resume: 'Продолжить с курсора, ничего не потеряв',
      Messages: 'История чата по страницам',
      Notifications: 'Уведомления и их настройки',
      StaffOverview: 'Сводка для сотрудников площадки',
      HostSetUp: 'Бэкенд площадки: чат для заказа и своё уведомление',
    },
    secondWindow: 'Открыть второе окно: там отправить, здесь увидеть',
    restart: 'Вернуть вкладки как были',
    app: 'Из вашего приложения',
    appText:
      'WebSocket (протокол graphql-transport-ws) и server-sent events по этому же адресу. Готовые примеры: docs/mobile.md и папка examples.',
    errors: 'Коды ошибок и закрытия соединений',
    limits: 'Ограничения и цена операций',
    person: 'От чьего имени',
    nobody: 'Свой токен',
    roles: { CLIENT: 'клиент', EXPERT: 'эксперт', STAFF: 'сотрудник', HOST: 'бэкенд площадки' },
  },
  en: {
    title: 'Guide to the API',
    intro: 'Chats and notifications of Oko. Each example opens as a tab and runs as it is: press ▶ or Ctrl+Enter.',
    who: 'At the top right you see who an operation speaks for; each tab has its own person. Their token stands in Headers.',
    whoWithoutDemo: 'Put your token into Headers, where it is empty: {"Authorization": "Bearer …"}.',
    try: 'What to try',
    steps: {
      Dashboard: 'What the dashboard reads: who am I, what is unread, which chats are there',
      Live: 'The live stream of events',
      Send: 'Send a message',
      SendRefused: 'Send contact details and get a refusal that explains itself',
      CheckText: 'Ask beforehand whether a text will pass',
      Resume: 'Go on from a cursor and lose nothing',
      Messages: 'The history of a chat, by pages',
      Notifications: 'Notifications and their settings',
      StaffOverview: 'Figures for the marketplace’s own people',
      HostSetUp: 'The marketplace’s backend: a chat for an order, and news of its own',
    },
    secondWindow: 'Open a second window: send there, watch here',
    restart: 'Put the tabs back as they were',
    app: 'From your app',
    appText:
      'A WebSocket (protocol graphql-transport-ws) and server-sent events at this same address. Ready examples: docs/mobile.md and the folder examples.',
    errors: 'Codes of errors and closed connections',
    limits: 'Limits, and what operations cost',
    person: 'Speaks for',
    nobody: 'Your own token',
    roles: { CLIENT: 'client', EXPERT: 'expert', STAFF: 'staff', HOST: 'marketplace’s backend' },
  },
}
