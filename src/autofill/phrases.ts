import { anyOf, NEW_PASSWORD, SIX_DIGITS } from './vocabulary'

/** What is read of texts beside the words of concepts; each is explained below. */
export interface Phrases {
  readonly either: string
  readonly without: string
  readonly aside: string
  readonly contactField: string
  readonly newPassword: string
  readonly cardField: string
  readonly captcha: string
  readonly captchaLink: string
  readonly plainCode: string
  readonly sixDigits: string
  readonly otherCode: string
  readonly oneTime: string
  readonly token: string
}

/** What a code, or a number that people call one, is called. */
const NOUN = anyOf(
  /codes?|number|\bpin\b|codigo|codice|nummer|numero|zahl\b|コード|番号|码|编号|代号|코드|번호|код|номер|رمز|رقم|كود|קוד|מספר|کد|شماره|\bma\b/u,
)

/** What else has codes: said next to the word for one, such a word says that it is no proof of who one is. */
const KINDS = anyOf(
  /error|fehler|erreur|errore|ошибк|错误|エラー|오류|خط[أا]|שגיא|\bloi\b|\bclass|klass|turma|\bclase|класс|班级|クラス|수업|الصف|כיתה|کلاس|\blop\b|meeting|reuni[ao]|riunion|встреч|会议|ミーティング|회의|اجتماع|פגישה|جلسه|cuoc hop/u,
  /booking|reserv|buchung|prenotaz|брон|[预予订]约?订?位?(?:编|代)|예약|حجز|رزرو|dat cho|country|lander|\bpays|\bpais|paese|стран|国家?|국가|الدولة|מדינה|کشور|quoc gia|area|vorwahl|город|市外|区|지역|المنطقة|شهر|\bvung\b/u,
  /source|quell|fonte|fuente|sorgente|исходн|源|原始|ソース|소스|المصدر|מקור|منبع|nguon|produ[ck]t|produit|prodot|产品|товар|colou?r|couleur|farb|branch|sucursal|filial|agence|支店|סניף|شعبه|подразд|банк|bank|银行|swift/u,
  /activat|activaz|ativac|aktivier|freischalt|активац|activac|激活|启用|アクティ|활성|تفعيل|הפעלה|فعال|kich hoat|employ|emplead|funcionar|personal|matri|员工|사원|부서|الوظيفي|עובד|پرسنل|nhan vien|sinh vien|currenc|wahrung|devise|moneda|moeda|valuta|валют|货币|通货|통화|العملة|מטבע|ارز|tien te/u,
  /dress|status|language|语言|\btax|fiscal|steuer|税|الضريب|مالیات|so thue|\bdoor|\bgate|locker|домофон|门禁|\bevent|\bgroup|\bparty|\bhost|lobby|table|parking|\border|bestell|\bordine|注文|الطلب|customer|kunden|client[ei]|client\b|session|sala\b|salon|stanza|комнат|房间|\bphong|الغرفة|חדר|اتاق|amico|parti[edt]|معرف|הפניה|ritiro|الاستلام|איסוף|رهگیری|tracciam|van don|aktions|rabatt|khuyen mai|\bmoi\b|gift|礼物|기프트|vale-|serial|シリアル/u,
)

/** Such a code, in either order of the words: "class code", "code de réunion", "код ошибки". */
const OTHER_CODE = `(?:${KINDS})[\\p{L}']{0,9}[ -]?(?:${NOUN})|(?:${NOUN})\\p{L}{0,3}[ -](?:\\p{L}{1,5}[' ]){0,2}(?:${KINDS})`

/** What stands between two things of which either will do: a field for a code *or* a recovery code takes a code. */
const EITHER = anyOf(
  /\b(?:or|oder|ou|o|of(?! (?:your|the|these|my)\b)|eller|veya|ya da|lub|albo|hoac|sau|vagy|tai|nebo|atau|или|або)\b|(?<!\p{L})(?:или|або|או|یا|أو)(?!\p{L})|\/|或|または|もしくは|か、|또는|혹은/u,
)

/** An authenticator that the page says the user has *not*: these clauses are struck out before the words are read. */
const WITHOUT_CLAUSE = anyOf(
  /(?:can(?:'?t|not| not)|unable|los[te]|without|do(?:n't| not) have|no longer|not have|isn'?t|instead of|switch to|set ?up an?|rather than|无法|不能|丢失|遗失|没有|失去|no (?:puedes?|tienes?)|nao (?:pode|tem|consegue)|keinen|nicht|verloren|perdu|impossible|plus acces)[^.,;:!?。]*/u,
)

/** An invitation to another page: words about recovery in it do not say that *this* field takes such a code. */
const OTHER_WAY_CLAUSE = anyOf(
  /(?:use|try|need|enter with|(?:log|sign) ?in with|lost|have) (?:an? |your |one of your |the )?(?:\w+ )?(?:recovery|back-?up|scratch)[ -]?(?:code|key)s?(?: instead)?|\b(?:usar?|utiliz[ae]r?|utilise[rz]?) une? (?:codigo|code|codice) d[ei] (?:respaldo|recuperac\w*|reserva|backup|secours|recuperation|recupero)|(?:使用|改用|用|没有)(?:恢复|备用|备份)代?码/u,
)

/** A recovery code that is shown, or advice on keeping some: nothing is asked for, and no word of it counts. */
const SHOWN_RECOVERY_CLAUSE = anyOf(
  // What stands above a field is read upwards, and so the code before its name.
  /(?=[a-z-]*\d)[a-z\d]{4,}(?:-[a-z\d]{4,})+ \. (?:recovery|back-?up|scratch|emergency)[ -]?(?:code|key|token)s?/u,
  /(?:recovery|back-?up|scratch|emergency)[ -]?(?:code|key|token)s?(?: is| are)?:?[ .]*(?:(?=[a-z-]*\d)[a-z\d]{4,}(?:[ -][a-z\d]{4,})+|(?=[a-z]*\d)[a-z\d]{8,})/u,
  /(?:save|keep|store|download|copy|print|write down|view|show|regenerate|generate|here (?:is|are)) (?:\w+ ){0,3}(?:recovery|back-?up|scratch|emergency)[ -]?(?:code|key)s?[^.]*/u,
  /(?:恢复|备用|备份|救援)代?[码钥]:? ?[a-z\d]{4,}(?:-[a-z\d]{4,})+|(?:保存|保管|下载|记下|复制|收好)[^。,.]{0,8}(?:恢复|备用|备份)代?码/u,
)

/** A neighbour that asks where to reach the user; a type alone (`tel`) says nothing, as a box of digits may have it. */
const CONTACT_FIELD = anyOf(
  /phone|mobile|(?<!^)\btel\b|e-?mail|\bmail\b|手机|邮箱|电话|メール|휴대|이메일|telefon|correo/u,
)

/** A neighbour that asks for a card's number. */
const CARD_FIELD = anyOf(/cc-number|card ?num|ccnum|card no|credit card|卡号|カード/u)

/** What a picture of letters is called. */
const CAPTCHA = anyOf(/captcha|verif|v-?code|check-?code|auth-?code|rand|yzm|验证|看不清|认证/u)

/** In Chinese the code beside a password is that of a picture, or one that was sent, where nothing more is said of it. */
const PLAIN_CODE = anyOf(/^(?:(?:请?输入)?(?:图[形片像])?验证码[: .]*)+$/u)

/** A code for one use, by its name. */
const ONE_TIME = anyOf(/otp|one[ -]?time|single[ -]use|einmal|一次性|动态|ワンタイム|일회용|одноразов/u)

/** What makes codes beside apps, by its name; where it is said of a field, it proves what a code of six digits does not. */
const TOKEN = anyOf(/\b(?:duo|securid|token)\b/u)

/** What leads from one picture of letters to the next. */
const CAPTCHA_LINK = anyOf(
  /看不清|看不到|换一?[张个]|(?:another|different|new|refresh|reload) (?:image|picture|captcha)|can't read|画像を变|새로고침/u,
)

/** All of them, folded as the texts are. */
export const PHRASES: Phrases = {
  either: EITHER,
  without: WITHOUT_CLAUSE,
  aside: `${OTHER_WAY_CLAUSE}|${SHOWN_RECOVERY_CLAUSE}`,
  contactField: CONTACT_FIELD,
  newPassword: NEW_PASSWORD,
  cardField: CARD_FIELD,
  captcha: CAPTCHA,
  captchaLink: CAPTCHA_LINK,
  plainCode: PLAIN_CODE,
  sixDigits: SIX_DIGITS,
  otherCode: OTHER_CODE,
  oneTime: ONE_TIME,
  token: TOKEN,
}
