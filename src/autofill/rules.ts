import { anyOf } from './words'

/**
 * Where a word was found, from the field outwards. `own`: the field's id, name and kin; `label`: its labels, placeholder
 * and description; `beside`: the text next to it; `lead`: the texts and headings around; `links`: links and buttons
 * around; `page`: the page's title and address.
 */
export type Place = 'own' | 'label' | 'beside' | 'lead' | 'links' | 'page'

export const PLACES: readonly Place[] = ['own', 'label', 'beside', 'lead', 'links', 'page']

/** What the texts of a page can be about. */
export type Concept = keyof typeof WORDS

/**
 * The words for each concept, a line per language or two; accents and case are folded before comparing. `\b` works for
 * Latin letters only, so the words of other scripts are stems.
 */
export const WORDS = {
  /** The app or device that makes the codes: the surest word. */
  authenticator: anyOf(
    String.raw`authenticator|\bauth(?:entication|entification)?[ -]?app|(?:factor|2fa|mfa|verification|security|token|otp|step) (?:\w+ )?app\b|\btotp|(?<![a-z])authy\b|google ?auth|code generator|steam guard|mobile authent|hardware token`,
    '验证器|驗證器|认证器|認證器|动态口令|動態口令|动态密码|動態密碼|动态验证码|動態驗證碼|动态码|動態碼|动态令牌|動態權杖|谷歌(?:验证|認證|认证|驗證)|验证应用|驗證應用|认证应用|認證應用|认证app|验证app|口令验证|口令器',
    '認証アプリ|認証システム アプリ|認証用アプリ|オーセンティケータ|ワンタイムパスワード|인증 ?앱|인증기|인증 애플리케이션',
    String.raw`aplicacion (?:de )?autentica|app (?:de )?autentica|autenticador|aplicativo (?:de )?autentica|application d'authent|appli d'authent|authentificateur|app(?:licazione)? (?:di )?autenticaz|autenticatore`,
    'authentifizierungs-?app|authentifizierungsanwendung|authentifikator|приложени[а-я]* (?:для )?(?:двухфакторн[а-я]* )?аутентифик|аутентификатор|генератор[а-я]* код',
    'ung dung xac thuc|trinh xac thuc|تطبيق المصادقة|تطبيق مصادقة|אפליקצי[א-ת]* ה?אימות|יישום ה?אימות|מאמת|برنامه (?:احراز هویت|تأیید|تایید)|رمزساز',
  ),
  /** A sign-in in two steps, which may be any second factor. */
  secondFactor: anyOf(
    String.raw`(?<![a-z\d])(?:2fa|mfa|tfa|2sv)|(?:two|2|multi)[ -]?factor|(?:two|2)[ -]?step|second factor|double auth`,
    '多因素|多因子|多重(?:身份)?[验驗认認]|双因素|雙因素|双因子|雙因子|双重(?:验证|认证|身份)|雙重(?:驗證|認證)|(?:两|兩|二)(?:步|次|段|階段|阶段|因素)式?(?:骤|驟)?(?:验证|驗證|认证|認證)|二次(?:验证|驗證|认证)|otp 口令',
    '(?:2|二)(?:段階|要素|ファクタ)|多要素|多段階|(?:2|두|이) ?(?:단계|중|요소|팩터)|다단계|다중 인증',
    String.raw`(?:dos|doble|dois|duas|deux|double|due|doppia) (?:factor|fator|facteur|fattor|pasos|etapas|etapes|passagg|autentic|authentif)|segundo factor|zwei-?(?:faktor|stufen|schritt)|2-?faktor|in zwei schritten|двухфактор|двухэтап|многофактор|второ[а-я]* фактор`,
    '(?:2|hai) ?(?:lop|yeu to|buoc)|(?:المصادقة|التحقق) (?:ال)?(?:ثنائي|متعدد)|بخطوتين|דו-?[ ]?(?:שלבי|גורמי)|דו-?שלבי|دو ?.?(?:مرحله|عامل)',
  ),
  /** A code that proves who one is. */
  code: anyOf(
    String.raw`(?<![a-z])otp(?![a-z])|otp ?(?:code|input|field|token)|one[ -]?time|(?:verif\w*|security|auth(?:entication)?|login|log-?in|sign-?in|access|confirmation|mfa|2fa) ?(?:code|token|key)|passcode|(?:6|six|8|eight)[ -]?(?:digit|character|number)|\d-? ?stellige|ziffern`,
    '验证码|驗證碼|安全码|安全碼|校验码|校驗碼|认证码|認證碼|确认码|确认碼|一次性|(?:6|六) ?位',
    '認証コード|確認コード|検証コード|セキュリティ ?コード|(?:6|六) ?桁|인증 ?(?:코드|번호)|확인 ?코드|보안 ?코드|(?:6|여섯) ?자리',
    String.raw`codigo de (?:\w+ )?(?:verificacion|seguridad|autenticacion|acceso|verificacao|seguranca|autenticacao|acesso|confirma)|code de (?:verification|securite|validation|confirmation|connexion)|code d'(?:authentif|acces)|codice (?:di )?(?:verifica|sicurezza|autenticazione|otp|accesso)|(?:6|seis|six|sei) (?:digitos|chiffres|cifre)`,
    '(?:bestatigungs|sicherheits|verifizierungs|authentifizierungs|einmal|zugangs)-?(?:code|passwor|kennwor)|(?:проверочн|одноразов|защитн)[а-я]* (?:код|парол)|код[а-я]* (?:подтвержд|безопасн|проверк|аутентифик|доступа|из)|(?:6|шести)-?(?:значн|цифр)',
    'ma (?:xac (?:minh|thuc|nhan)|bao mat|otp)|6 (?:chu so|so)|رمز (?:ال)?(?:تحقق|أمان|مصادقة|دخول)|6 ?أرقام|קוד ה?(?:אימות|אבטחה|כניסה)|6 ספרות|کد (?:تأیید|تایید|امنیتی|احراز|ورود)|(?:6|۶|شش) ?رقمی',
  ),
  /** Might be any code. */
  bareCode: anyOf(
    String.raw`code|token|challenge|verif|\bcodigo|codice|pin\b`,
    '验证|驗證|口令|令牌|權杖|コード|코드|код|\\bma\\b|رمز|קוד|کد',
  ),
  /** The code comes by message, call or letter. */
  delivered: anyOf(
    String.raw`\bsms|\bmms\b|text(?:ed)? (?:message|you)|texted|sent (?:\w+ ){0,4}(?:to|via|by|your|you|code)|(?:we|we've|we have|just|been|will|has|was)(?: just)? (?:sen[dt]|emailed|texted|mailed|called)|(?:check|open|see) your (?:e-?mail|inbox|messages|text)|e-?mail(?:ed)? (?:\w+ )?(?:code|otp|verif|token)|(?:phone|mobile|voice|whatsapp|telegram)(?: number)? (?:otp|code|verif|call)|verify (?:your )?(?:\w+ )?(?:e-?mail|phone|mobile|number)|code (?:\w+ ){0,3}(?:e-?mail|phone number|inbox|mailbox)|receiv(?:e|ed|ing) (?:\w+ ){0,7}(?:at|sms|e-?mail|text|call)|delivered to|(?<!authenticator )whatsapp|e-?mail (?:address )?verification`,
    '短信|简讯|簡訊|手机(?:号)?(?:验证|校验)?码|手機(?:驗證)?碼|(?:邮箱|邮件|郵件|電郵|信箱|电子邮[箱件])(?:验证|驗證|校验|收到|中)|(?:已|经|經)(?:经)?(?:发送|發送|发至|發至|寄|傳送|传送)|(?:发送|發送|傳送|寄)(?:到|至|给|給|了)|语音|語音|收到的',
    'メール(?:アドレス)?(?:に|を|で|認証|確認)|送信(?:しま|され|済)|お送り|届い|ショートメッセージ|문자|이메일(?:로|을|에|인증| 인증| 확인)|전송(?:했|되|된|하였)|발송|보냈|보내드',
    String.raw`(?:hemos|ha|se ha|te hemos|le hemos|foi|fue) enviad|enviamos|por (?:sms|correo|email)|(?:correo|e-?mail) (?:de )?(?:verific|confirm)|enviado (?:a|para|por)|(?:avons|a ete|ete|vient d'etre) envoy|envoye|recu par|abbiamo inviato|inviato|inviata|ricevuto`,
    'gesendet|geschickt|zugesandt|per (?:sms|e-?mail)|e-?mail-?(?:code|bestatig|verifiz)|отправ(?:ил|лен)|выслал|выслан|пришел|из (?:смс|sms|письма)|\\bсмс|смс-?код|на (?:ваш[а-я]* )?(?:почту|email|e-mail|номер)|звонк',
    'da (?:duoc )?gui|tin nhan|gui (?:den|toi|ve)|أرسلنا|تم إرسال|رسالة نصية|المرسل|שלחנו|נשלח|מסרון|ارسال شد|پیامک|ارسال کرد|فرستاد',
    String.raw`[*•·x]{3,}[ -]?\d{2,4}|\d{2,3}\*{3,}|\w\*{2,}[^ ]*@|[\w.+-]+@[\w-]+\.\w{2,}`,
  ),
  /** A way to have the code sent, once more. */
  resend: anyOf(
    String.raw`re-?send|send (?:it |the code |code )?again|send (?:me )?(?:a |the )?(?:new |another )?(?:code|otp)\b|(?:get|request) (?:a |the )?(?:new |another |verification )?(?:code|otp)\b|(?:didn'?t|did not|haven'?t|not) (?:get|receiv)|new code in|call me`,
    '重新(?:发送|發送|获取|獲取|傳送)|重发|重發|再次(?:发送|發送|获取)|再发|(?:获取|獲取|取得|发送|發送|傳送)(?:短信|手机|邮箱|邮件)?(?:验证码|驗證碼|动态码|校验码)|(?:没|沒|未)(?:有)?收到|秒后|秒後|語音验证',
    '再送|再発行|コードを(?:送信|取得)|届かない|재전송|재발송|다시 (?:보내|받기|전송)|인증번호 (?:받기|요청|전송|발송)',
    String.raw`reenvi|volver a enviar|no (?:has |he )?recib|renvoyer|pas recu|nao recebeu|erneut (?:senden|zusenden|anfordern)|nicht erhalten|code (?:senden|anfordern)|(?:отправить|выслать|получить|запросить) (?:код|еще|повторно|снова)|повторно|не приш|invia di nuovo|reinvia|non hai ricevuto`,
    'gui lai|chua nhan|khong nhan duoc|إعادة (?:ال)?إرسال|שלח שוב|שליחה חוזרת|לא קיבלת|ارسال (?:مجدد|دوباره)|دریافت کد',
  ),
  /** A code that may be used once, when all else is lost. */
  recovery: anyOf(
    String.raw`recovery[ -_]?(?:code|key|token|password|phrase|word)|recoverycode|back[ -]?up[ -]?(?:code|key|token|pass)|backup$|two-factor backup|scratch|emergency|rescue|restore code|fallback code|reset code|static (?:code|token)`,
    '恢复(?:代?码|密钥|口令)|恢復(?:代?碼|金鑰|代码)|复原码|復原碼|備用|备用|备份(?:代?码|验证码)|備份|救援|应急|緊急|紧急|逃生码',
    'リカバリ|回復(?:用)?コード|バックアップ|復元コード|スクラッチ|緊急|복구|백업|비상',
    String.raw`(?:recuperacion|recuperacao|respaldo|reserva|emergencia|copia de seguridad)|(?:recuperation|secours|de secours|sauvegarde)|(?:recupero|backup|ripristino|emergenza)(?: cod)?|wiederherstellungs|(?:backup|notfall|reserve|ersatz)-?(?:code|schlussel)|(?:резервн|аварийн|запасн)[а-я]* (?:код|ключ)|код[а-я]* восстановл`,
    'ma (?:khoi phuc|du phong|sao luu)|استرداد|الاسترداد|احتياطي|שחזור|גיבוי|بازیابی|پشتیبان',
  ),
  /** Other fields that are called a code, a number or a token. Fields without such a name fall to `namedOtherwise`. */
  unrelated: anyOf(
    String.raw`coupon|promo|voucher|discount|gift|redeem|referr?al|invit|(?<![a-z])card|\b(?:cv[vc]2?|cvn|csc|zip|iban|bic|pnr|dob|vat|ssn|qty|tel)\b|sort code|licen[sc]e|serial|activation|product ?key|tracking|post ?(?:al|code)|country|area ?code|phone ?(?:number|no)|birth|captcha|security (?:question|answer)|search|quantity|meeting|class ?code|course|game|room`,
    String.raw`user ?code|device ?(?:code|id|pin)|(?:link|pair|connect|activat)\w* (?:an? |your |the |this )?(?:new )?(?:device|tv)|pairing|tv code|\bpin\b|pin ?code|api|access token|personal token|webhook|secret ?key|private ?key|source ?code|embed|barcode|e-?mail(?: address)?$|user ?name|(?:new|current|confirm|repeat|old) password`,
    '优惠|優惠|折扣|礼品|禮品|兑换|兌換|邀请|邀請|推荐码|推薦|卡号|卡號|邮编|郵編|邮政|郵遞|区号|區號|手机号|手機號|图形|圖形|图片|圖片|字符|看不清|搜索|搜尋|数量|數量|设备码|設備碼|配对|配對|激活|序列号|授权码|访问令牌|会议|提取码|支付密码|pin码',
    'クーポン|プロモ|ギフト|招待|紹介|郵便|カード番号|電話番号|画像|検索|数量|暗証番号|쿠폰|프로모|초대|추천|우편|카드|전화번호|자동입력|보안문자|검색|수량|상품권',
    'cupon|cupom|descuento|desconto|regalo|tarjeta|cartao|cantidad|invitacion|convite|reduction|cadeau|parrain|gutschein|rabatt|geschenk|postleitzahl|einladung|sconto|buono|carta|codice fiscale|telefon',
    'купон|промо|скидк|подар|приглаш|карт[аыу]|индекс|телефон|картинк|пин-?код|ma (?:giam gia|khuyen mai|gioi thieu|buu)|قسيمة|خصم|هدية|بطاقة|بريدي|هاتف|קופון|הנחה|מתנה|כרטיס|מיקוד|טלפון|تخفیف|هدیه|دعوت|کارت|کد ?پستی|کپچا|تصویر',
  ),
} as const

/** How much a concept says for (or against) a TOTP field, by where it was found. A missing place says nothing. */
export type Weights = Readonly<Partial<Record<Place, number>>>

export const WEIGHTS: Readonly<Record<Concept, Weights>> = {
  // Only an app or a token makes TOTP codes.
  authenticator: { own: 7, label: 7, beside: 7, lead: 6, page: 3 },
  // The page asks for a second factor, most often this one.
  secondFactor: { own: 5, label: 5, beside: 4, lead: 4, page: 3 },
  code: { own: 4, label: 4, beside: 3, lead: 2, page: 1 },
  bareCode: { own: 2, label: 2, beside: 1 },
  // A code that was sent is not ours to make, and only such a code can be sent again.
  delivered: { own: -12, label: -12, beside: -12, lead: -10, page: -3 },
  resend: { beside: -7, lead: -7, links: -7 },
  // A recovery code is spent by one use; but a link to that page is a sign of the code step.
  recovery: { own: -14, label: -14, beside: -12, lead: -10, page: -6, links: 2 },
  unrelated: { own: -12, label: -12, beside: -7 },
}

/** The same where the page also names an authenticator app: then it offers the others as other ways only. */
export const WEIGHTS_BESIDE_AUTHENTICATOR: Readonly<Partial<Record<Concept, Weights>>> = {
  delivered: { own: -12, label: -8, beside: -4, lead: -2 },
  resend: { beside: -2, lead: -2, links: -2 },
  recovery: { own: -14, label: -12, beside: -3, lead: -1, links: 2 },
  unrelated: { own: -7, label: -7, beside: -2 },
}

/** Says of itself that it takes a code *or* a recovery code, which makes it a field for the code too. */
export const EITHER_CODE: RegExp = anyOf(
  String.raw`(?:code|token|otp|2fa|authent\w+|totp).{0,40}\b(?:or|oder|ou|o|or an?|/)\b.{0,20}(?:recovery|back-?up|scratch)`,
  String.raw`(?:recovery|back-?up|scratch) code.{0,20}\b(?:or|oder|ou|o)\b.{0,30}(?:authent|2fa|otp|totp|factor)`,
  '(?:码|碼|コード|코드).{0,12}(?:或|または|또는).{0,12}(?:恢复|恢復|备用|備用|リカバリ|バックアップ|복구|백업)',
)

/** An authenticator that the page says the user has *not*: these clauses are struck out before the words are read. */
export const WITHOUT_CLAUSE: RegExp = new RegExp(
  anyOf(
    String.raw`(?:can'?t|cannot|can not|unable|los(?:t|e)|without|don'?t have|do not have|no longer|not have|isn'?t|instead of|switch to|set ?up an?|rather than)[^.,;:!?。，；]*`,
    '(?:无法|無法|不能|丢失|丟失|遗失|没有|沒有|失去)[^。，；,.]*',
    'no (?:puedes?|tienes?)[^.,;]*|nao (?:pode|tem|consegue)[^.,;]*|(?:keinen|nicht|verloren)[^.,;]*|(?:perdu|impossible|plus acces)[^.,;]*',
  ).source,
  'gu',
)

/** An invitation to another page: words about recovery in it do not say that *this* field takes such a code. */
export const OTHER_WAY_CLAUSE: RegExp = new RegExp(
  anyOf(
    String.raw`(?:use|try|need|enter with|log ?in with|sign ?in with|lost|have) (?:an? |your |one of your |the )?(?:\w+ )?(?:recovery|back-?up|scratch)[ -]?(?:codes?|keys?)(?: instead)?`,
    '(?:使用|改用|用|没有|用户)(?:恢复|恢復|备用|備用|备份)(?:代?码|代?碼)',
  ).source,
  'gu',
)

/** What the attributes of a field and of its neighbours say, apart from words. */
export const SHAPES = {
  // autocomplete="one-time-code" is evidence, not proof: SMS steps carry it too.
  oneTimeCode: 4,
  // maxlength, or a pattern of digits: exactly six; five, seven or eight; fewer than any TOTP has.
  sixLong: 2,
  codeLong: 1,
  tooShort: -8,
  // A pattern for letters, or for more than ten characters.
  wordPattern: -4,
  // Asks for digits: inputmode, type number or tel, a pattern of digits.
  numeric: 1,
  sixBoxes: 4,
  otherBoxes: 2,
  // No other field in the form.
  onlyField: 1,
  // Has a label, but one that speaks of no code; this holds in languages whose words are not listed, too.
  namedOtherwise: -8,
  // Called a code, while nothing around it is about proving who one is: a branch, product or class code.
  someOtherCode: -4,
  // The form asks for a phone number or an address as well: the code is sent there.
  contactInForm: -5,
  // A security code beside a card number is the card's.
  cardInForm: -12,
  // A picture of letters to be copied stands beside it.
  captchaPicture: -12,
  // A password field, unless its words say otherwise.
  password: -3,
} as const

export type Shape = keyof typeof SHAPES

/** From this sum on a field is taken for a TOTP field. */
export const THRESHOLD = 5
