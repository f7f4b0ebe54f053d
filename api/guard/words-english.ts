import type { WordClass } from './word-classes.ts'

/** English words by class, in the notation of words-russian.ts; apostrophes are left out ("dont"). */
export const englishWords: Readonly<Partial<Record<WordClass, string>>> = {
  messenger: `dscrd tlgrm whtsp wtsp wtsapp instgrm vbr icq threema telegram telegramm telega telegu telege telgram telegrm teleg tlgrm whatsap whatsapp whatsaap watsapp watsap whatapp whatsup wapp wattsapp whatsappp viber vaiber skype skayp discord diskord vkontakte instagram instagramm insta facebook snapchat wechat imessage facetime vatsap votsap vatsapp`,
  maybeMessenger: `tele anydesk teamviewer rustdesk dis disc ds inst tg vk ig fb snap signal max wa zoom tiktok twitter threads line avito kik linkedin teams meet kakao kakaotalk steam twitch youtube messenger gchat hangouts element matrix slack imo reddit pinterest`,
  elsewhere: 'messengers dm dms pm privately',
  getInTouch:
    'join look add find message msg text dm ping pm write hit contact reach call follow buzz ring drop shoot catch hmu search poke inbox whatsapp telegram email mail send give tell txt phone holla talk get reply dial',
  move: 'lets move switch continue chat talk go take jump hop lmk meet connect',
  offer: 'ill im available send share give drop reply respond answer active online reachable',
  modal:
    'can could may should shall would better easier faster quicker prefer rather possible maybe best ok okay fine want wanna happy available free',
  contactInfinitive:
    'do have hold reach find contact message text write chat talk switch move discuss continue call add connect speak use',
  preposition: 'on in via at to over through thru by into onto using',
  me: 'me my mine us our i ours im ill ive myself',
  you: 'you your yours u ur yourself',
  negation: `not no never dont doesnt didnt cant cannot couldnt wont wouldnt shouldnt isnt arent aint forbidden forbids forbid prohibited prohibits banned against avoid without refuse refused nor mustnt unable disallowed neither disallow`,
  reported: `asked asks ask wants wanted says said remind reminder rules rule policy moderator moderators admin scam scammer scammers fraud anyone someone somebody he she they his her their report reports users people students`,
  topic: `advert* ads ad marketing audience* research* analysis analy* user users userbase survey* interview* thesis essay* article* chapter* campaign* brand* content* influencer* platform* compan* startup* post posts feed* reels stories privacy encrypt* protocol* compar* versus vs case study studies students teenagers teens generation growth revenue share shares founder* launched features feature statistic* trend* report* paragraph section project* app apps server servers emoji* memes strategy media social literature respondents participants sample impact effect history news mission feed`,
  light:
    'lesson lessons class session instead please pls plz just so then if you want anytime or and later tonight tomorrow today now directly there quickly the a an my this it that file files photo photos task some time up out line here when free can ok also back over sometime well instead too conversation stuff details questions question everything rest work any im your guys bro mate private privately',
  phoneCue:
    'zoom phones phone tel telephone cell cellphone mobile mob sms call text ring dial calls dialing landline whatsapp viber reach texting',
  numberNoun: 'number numbers nr num digits no',
  numbered: `order orders task tasks page pages problem problems exercise exercises question questions chapter section ticket tickets invoice invoices version build line lines article theorem equation example figure table student isbn issn doi item sku serial reference ref tracking case id room bus flight passport card account quiz unit lesson assignment homework lab variant patent course row column atomic`,
  data: `array* list matrix data dataset sample* sequence numbers values value set input* output* vector* table row rows column* series mean median mode variance compute sum sort sorted average std code dump hash key print return integers observations measurements results frequencies frequency coordinates`,
  unit: `usd dollars dollar bucks eur euro euros pounds pound gbp cents percent kg g mg cm mm m km ml l pcs pieces h hour hours hr hrs min minutes mins sec seconds s year years days day weeks week months month january february march april may june july august september october november december points pts people users students words pages characters k million billion thousand thousands millions billions am pm ms hz khz mhz gb mb kb bytes bits pa kpa atm mol lines tasks chapters sources followers subscribers rows items px pt degrees ft feet inch inches miles mile lb lbs oz times view views bc ad tasks x`,
  at: 'dog dogsign sobaka sobachka arroba',
  dot: 'dot tochka',
  nick: 'tag nick nickname username user login handle id account profile name usernames tag nik',
  code: 'bot bots api token tokens webhook* sdk library python handler import module package client botfather aiogram telethon script code function method class endpoint json parser oauth widget js py desktop business premium',
  mailProvider:
    'mail gmail googlemail yandex yahoo outlook hotmail icloud proton protonmail rambler inbox bk list gmx aol zoho mailru yandexru gmai gmal jmail gmial gimail gmeil yandeks jandex yndex hotmial live ya',
  filler:
    'then and dash hyphen space dot next after that plus area code again comma slash followed by finally last first starts with ends the',
  pay: 'pay send transfer wire payment payments paying tip',
  bank: 'kaspi payme humo uzcard mbank paypal venmo zelle cashapp revolut wise sber tinkoff qiwi iban payoneer bitcoin btc usdt crypto skrill monzo bizum swish yoomoney wallet',
  mailCue: 'mail email emails gmail inbox address mailbox pochta mylo',
  site: 'site website link page visit url blog channel portfolio webpage homepage domain portal',
}
