import type { Phrase } from './phrases.ts'

const kindOf = '(?:phone |cell |mobile |whatsapp |personal |private |contact |e[- ]?mail |direct |telegram )*'
const thing =
  '(?:numbers?(?! of)|cell|phone(?! case)|e[- ]?mail(?! client)(?: address)?|mail|contacts?(?! form| lens| angle| force)(?: info| details| information)?|digits)(?= |$)(?! (?:used|program|app|provider|field|column|client))'

/** English ways to exchange contacts without naming a messenger. */
export const englishPhrases: readonly Phrase[] = [
  {
    rule: 'invitation.number',
    anchor: /^(?:numbers?|cell|phone|e?mail|emails|contacts?|digits|mobile|address)$/,
    phrase: new RegExp(
      `(?:^| )(?:(?:whats|what is|send|give|share|lemme get|sharing|giving|sending|passing|leaving|need|drop|tell|get|have|want|leave|pass|shoot|dm|text)(?: me| us)? (?:your|ur) ${kindOf}${thing}|(?:heres|here is|sending|ill send|ill give|ill drop|ill share|ill text|ill leave|let me give|let me send|i can give|i can send|take|save|have|get|send|give)(?: you| u)? my ${kindOf}${thing}|(?:numbers?|contacts?|phone|email)(?: is| are)? (?:as|in|on|inside) (?:a |an |the |my )?(?:attached |last |second |first )?(?:picture|photo|image|screenshot|profile|avatar|attachment|file|doc|document|bio)(?= |$)|number (?:to|i can) (?:reach|call|text) you|(?:exchange|swap|trade|share) (?:numbers|contacts|emails|contact details|phone numbers|phones))`,
    ),
    unless:
      /(?:student (?:id|number)|order (?:number|id)|variable|function|validate|regex|column|field|form |password reset|survey|table|landlord|essay|resume|cv )/,
  },
  {
    rule: 'invitation.call',
    anchor: /^(?:call|ring|text|phone|sms|buzz|facetime)$/,
    phrase:
      /(?:^| )(?:(?:call me(?= (?:at|on|later|now|please|asap|tonight|today|tomorrow|anytime|any|after|before|in|this|maybe|or|and|so|then|directly|instead|whenever|mon|tues|sat|sun|around|by|via|over|up)|$)|(?:ring|phone|text|sms|buzz|facetime) me(?= |$))(?! (?:the|when|once|if|here|back|as soon|when the|when it|crazy|old|a|an|ishmael|back here|by my|by your|mr|mrs|dr|what|why|how|if the)(?: |$))|mind if i (?:call|text|phone|ring)|give me a (?:call|ring|buzz)|(?:ill|i will|let me|can i|could i|may i|i can) (?:just )?(?:call|text|phone|ring) (?:you|u)(?! (?:back )?here)|(?:talk|speak|chat|discuss it|discuss|discuss this) (?:on|over|by) the phone|hop on a (?:phone )?call outside)/,
    unless:
      /(?:чем отлича|в чем разниц|разница между|какая разниц|что значит|как перевести|difference|(?:which|what) is (?:right|correct)|function|method|callback|on the platform|via the site|through the site|support|on the site)/,
  },
  {
    rule: 'invitation.email',
    anchor: /^(?:e?mail|emails)$/,
    phrase:
      /(?:^| )(?:(?:email|mail) (?:me|it to me|it over to me|them to me|us)(?= |$)(?! (?:when the system))|(?:drop|write|send|shoot) (?:me )?an? e?mail(?: to me)?(?! (?:to (?:your|the|a)|from|using|with|in python))|(?:continue|talk|move|discuss|do|take)(?: this| it| that)? (?:over|by|via|through|to) e?mail|(?:ill|i will|let me|can i) e?mail (?:you|it to you|u|them)|(?:send|write|forward|drop) (?:it |them |me |that |the files? |this )?(?:to|at) (?:my|your) (?:personal |private |work )?e?mail)/,
    unless: /(?:function|smtp|script|essay|landlord|professor|formal|template|teacher|exercise)/,
  },
  {
    rule: 'invitation.off-platform',
    anchor:
      /^(?:platforms?|sites?|website|directly|privately|elsewhere|outside|apps?|messengers?|fees?|commission|off|else|marketplace|middleman|dms?|here|cut|you|personally|someplace)$/,
    phrase:
      /(?:^| )(?:(?:lets|can we|could we|shall we|we can|we could|we should|i prefer to|prefer to|would you|could you|can you|can i|could i|id rather|id prefer to|do you want to|wanna|want to|better to|please|i suggest we|maybe|rather)(?: [a-z]+){0,5} (?:(?:outside|off|without)(?: of)?(?: this| the)? ?(?:platform|site|website|app|here|service|marketplace|fees?|commission|middleman)|elsewhere|some(?:where|place) (?:else|(?:more )?private|quieter))(?= |$)|(?:off|outside|outside of|avoid|bypass|skip|without|save on|dodge|get around|no)(?: paying)?(?: this| the)? (?:platforms?|sites?|website|marketplace|service) (?:fees?|commission|cut)(?= |$)|(?:avoid|bypass|skip|save on|dodge|get around)(?: paying)?(?: the)? (?:fees|commission|middleman)(?= |$)|(?:directly|cheaper|me|you|privately|personally|deal)(?: [a-z]+){0,3} (?:no|without)(?: the)? (?:fees|commission|middleman)|(?:no|without)(?: the)? (?:fees|commission|middleman)(?: [a-z]+){0,3} (?:directly|cheaper|privately)|(?:move|take|continue|talk|chat|switch|go|deal|pay|work|contact|message|reach|meet|do)(?: [a-z]+){0,4} (?:off|outside|outside of)(?: this| the)? (?:platform|site|website|app|marketplace)|(?:move|switch|continue|talk|chat|go|take)(?: [a-z]+){0,5} (?:to|on|in|over to|via) (?:another|a different|some other|other|an external) (?:app|messenger|platform|site|chat|place|channel|apps|service)|(?:contact|message|pay|reach|text|hire|dm) me (?:directly|privately|personally)|(?:how|where) (?:else )?can i (?:contact|reach|find|message) you|(?:other|another|better) way (?:to|of) (?:contact|reach|contacting|reaching) you|(?:skip|bypass|leave|go around|get around|work around) (?:the|this) (?:site|platform|website|marketplace)(?= |$)|(?:deal|work together|pay|work) (?:with me |with you )?directly(?= |$)|^(?:outside|off) (?:of )?(?:this|the) (?:site|platform)$|^(?:any )?(?:another|other) (?:messengers?|apps?)$|(?:^| )(?:dm|pm) me(?= |$)|(?:into|in|check) (?:my|your) dms|(?:what|which) (?:messengers?|apps?) (?:do )?you (?:use|prefer|have))/,
    unless:
      /(?:cpu|memory|turn off|set off|day off|cut off|show off|off by|off the chart|directly proportional|work directly with the|tax|bank|election|invest)/,
  },
  {
    rule: 'invitation.nick',
    anchor: /^(?:nick|nickname|username|handle|name|profile|bio)$/,
    phrase:
      /(?:^| )(?:(?:telegram|insta|instagram|whatsapp|discord|tg|skype|link) (?:is |are )?in my (?:profile|bio|description)|(?:check|see|look at|link in|its in) my (?:bio|profile)(?= |$)|same (?:nick|nickname|username|handle|name) (?:there|everywhere|as here|on|as my|over|too)|(?:username|nick|nickname|handle)(?: [a-z]+){0,2} is (?:the )?same|(?:look|find|search)(?: me)? up by (?:my )?(?:name|nick|username)|(?:look|find) me (?:up )?by (?:my )?(?:name|nick|nickname|username))/,
    unless: /(?:column|table|variable|function)/,
  },
  {
    rule: 'invitation.off-platform',
    anchor: /^(?:books|middleman|table)$/,
    phrase:
      /(?:^| )(?:(?:cut|cutting|leave|skip|forget|ditch|drop)(?: out)? the middleman|no need for (?:the|a) middleman|(?:ill|i will|lets|we can|pay|send|rest|transfer|take|do)(?: [a-z]+){0,5} (?:off the books|under the table))(?= |$)/,
    unless:
      /(?:essay|history|supply|chapter|company|companies|firms?|employees?|workers?|economy|suppliers?|retail|idiom)/,
  },
  {
    rule: 'card.transfer',
    kind: 'CARD',
    anchor: /^(?:paypal|venmo|cashapp|cash|zelle|revolut|card|wallet|crypto|bitcoin|usdt|bank)$/,
    phrase:
      /(?:^| )(?:my (?:paypal|venmo|cashapp|cash app|zelle|revolut)(?: [a-z]+)? is|(?:pay|send|wire|transfer|ill send|accept|take)(?: [a-z]+){0,5} (?:(?:on|via|by|with|in|through|to|over) )?(?:cash ?app|zelle|venmo|crypto|bitcoin|usdt|revolut|paypal)(?= |$)|(?:to|on|into) my (?:[a-z]+ )?(?:wallet|bank account|card|account number)|(?:send|give|drop)(?: me)? your (?:card|card number|iban|bank details))/,
    unless:
      /(?:case study|essay|compare|history|price|invest|market|students?|volatility|adoption|report|company|companies|users)/,
  },
]
