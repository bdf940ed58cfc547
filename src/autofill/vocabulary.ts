import type { Concept } from '../core/code-field'

/**
 * "A 6-digit code": so are those of authenticators, but also those of rooms, lockers and deliveries. "The last 6 digits" are
 * some number's.
 */
export const SIX_DIGITS = `(?<!(?:first|last) )(?:${anyOf(
  /(?:6|six|8|eight)[ -]?(?:digit|char|num(?!bers\b))(?!\w* \w+ (?:number|id)\b)|[6六] ?[位桁]|(?:6|여섯) ?자리|(?:6|seis|six|sei) (?:digit|chiff|cijfer|cifr)|\d-? ?stellig|ziffern/u,
  /6-?(?:знач|циф)|шестизн|6 (?:chu )?so|(?:6|sex|seks|sest|szesc|alti|enam)-? ?(?:siffr|cifr|mistn|miestn|cyfr|haneli|jegyu|digit)|sexsiffrig|sestimistn|kuusinumero/u,
  /[6٦] ?أرقام|6 ספרות|(?:[6۶]|شش) ?رقم/u,
)})`

/** A password that is to be set. */
export const NEW_PASSWORD = anyOf(
  /(?:new|confirm|repeat|retype|again|set (?:an? |your )?)\w* ?-?(?:password|passwort)|neues passwort|nouveau mot de passe|nueva contrasena|nova senha|nuova password|mat khau moi|yeni (?:sifre|parola)|nowe haslo|kata sandi baru|password baru|新しい?(?:パスワード|密码)|新密码|(?:确认|重置|设置)密码|새 ?비밀번호|비밀번호 (?:확인|변경)|нов\S* парол|كلمة (?:ال)?(?:مرور|سر) (?:ال)?جديدة|סיסמה חדשה|رمز عبور جدید/u,
)

/** Rooms, games and deliveries: whether the page or the field is for them. */
const ELSEWHERE = anyOf(
  /комнат|игр[аыуе](?!\S)|房间|游戏|ルーム|ゲーム|게임|\blobby|배송|수령|배달|收货|受取|快递|livraison|entrega|consegna|abhol|доставк/u,
)

/**
 * The words for each concept, a line per language or two, folded as the texts are (`fold`): no accents, Chinese and
 * Japanese characters in their simplified form. `\b` works for Latin letters only; the words of others are stems.
 */
export const WORDS: Readonly<Record<Concept, string>> = {
  /** The app or device that makes the codes: the surest word. */
  authenticator: anyOf(
    /authenticator|(?:auth|authentication|factor|[2m]fa|verification|security|token|otp|step)[ -](?:\w+ )?app\b|\btotp(?! (?:digits|period|policy|algo|issuer|secret|url|uri))|(?<![a-z])authy\b|google ?(?:auth|2fa|code)|code generator|steam guard|mobile authent|hardware token|\bapp generated|generated (?:by|in|on) |generated (?:using|with) (?:\w+ ){0,3}app\b|from (?:the |your )?(?:(?!web)\w+ ){0,3}app\b(?! store)/u,
    /[验认]证(?:器|应用|用?app|用?アプリ|システム)|动态令牌|(?:谷歌|google ?)[验认]证|口令[验器]|オーセンティケ|ワンタイムパス|(?:인증|otp) ?(?:앱|기|애플)|\bmotp|모바일 ?otp/u,
    /auth?enti(?:cador|catore|ficateur|fi[ck]ator)|\bap\w* (?:d\S? ?)?auth?enti|auth\w*-?(?:app|anwend)|приложени\S* (?:для )?(?:\S+ )?аутентиф|аутентификатор|генератор\S* код/u,
    /ze? aplikac|uit (?:je|uw|de) (?:\w+-?)?app\b|aus (?:der|deiner|ihrer) (?:[\w-]+-)?app\b|\bcod\w+ (?:\S+ ){0,4}(?:d[eu] (?:l'|votre |ton )*appli\w*|(?:de|da|do|dall'|nell'|della) ?(?:la |tu |su |sua |seu |tua )?app)\b(?! stor)|fr[ao]n? appen|autenti[sc]?(?:er|f)\S*app|godkendelsesapp|todennussovell|overovac\S* (?:mobiln\S* )?aplik|aplik\S* (?:uwierzyteln|overov)|hitelesito ?(?:alkalm|app)|uygulamas[iı]nda|dogrulay[iı]c[iı]|dogrulama uygula|aplikasi aut[eh]n|(?:застосун\S*|додат\S*) (?:для )?автентиф|ελεγχου ταυτοτητ|แอป\S*(?:ยืนยัน|ตรวจสอบ)|प्रमाणक/u,
    /(?:ung dung|trinh) xac thuc|تطبيق (?:ال)?مصادقة|رمز التطبيق|(?:אפליקצי|יישו)\S* ה?אימות|מאמת|برنامه (?:احراز|ت.یید)|رمزساز/u,
  ),
  /** A sign-in in two steps, which may be any second factor. */
  secondFactor: anyOf(
    /(?<![a-z\d])(?:[2tm]fa|2sv)|(?:two|2|multi|second|deuxieme|zweite\S*|secondo|segundo) ?-?(?:fa[ck]?t|step)|double auth|two-?fa\b|(?:this|the|setup|secret|following) (?:key|secret)(?: key)? manually|manual (?:entry|setup) key|manually (?:enter|type) (?:this|the) (?:\w+ )?key|schlussel manuell|sleutel handmatig|cle manuel|clave manual|手动输入\S{0,6}密钥|キーを手动/u,
    /(?<!手机)动态(?:口令|密码|验证码|码)|多(?:因[素子]|要素|段阶|重(?:身份)?[验认])|双(?:因[素子]|重(?:身份|[验认]))|[两二2] ?(?:步|次|段阶?|阶段|因素|要素|ファ)[式骤]?[验认骤]|otp 口令|(?:[2두이] ?(?:단계|중|요소|팩터)|다(?:단계|중)) ?인증/u,
    /(?:dos|doble|dois|duas|deux|double|due|doppia|segundo|2\S?) (?:fac?t|pas|etap|aut)|zwei-?(?:fak|stuf|schri)|2-?fakt|zwei schritt|двухфак|двухэтап|многофак|втор\S* фак/u,
    /tva(?:stegs|faktor)|(?:to|2)-?(?:faktor|trins|trinns)|kaksivaih|dvou?(?:j|fa[zk]|stup)\S* (?:over|aut|prihl)|dwu(?:sklad|etap|stopn)|ketlepcs|ketfakt|doi factori|doi pasi|iki (?:asama|adim|faktor|faktor)|dua (?:faktor|langkah|langkah)|двофактор|двоетап|δυο παραγοντ|สองขั้น|2 ขั้น|twee(?:staps|factor| stappen)|दो[- ](?:चरण|कारक)/u,
    /(?:2|hai) ?(?:lop|yeu to|buoc)|(?:مصادقة|تحقق) (?:ال)?(?:ثنائي|متعدد)|بخطوتين|דו[- ]*(?:שלבי|גורמי)|دو ?.?(?:مرحله|عامل)/u,
  ),
  /** A code that proves who one is. */
  code: anyOf(
    /(?<![a-z])otp(?![a-z])|otp(?:code|input|field|token)|one[ -]?time|passcode|(?:verif\w*|authentication|authori[sz]ation|[m2]fa) ?(?:code|token|key)/u,
    /(?:[验认]证|安全|校验) ?(?:码|コード)|一次性|인증 ?(?:코드|번호)/u,
    /cod(?:igo|e|ice) d\S{1,2} ?(?:\w+ )?(?:verif|segur|securi|sicur|auth?ent|confirm|validat|connex|uso|otp)|(?:bestatig|sicherheit|verifi|authentifi|einmal)\S*(?:code|passwor|kennwor)/u,
    /(?:проверочн|одноразов|защитн)\S* (?:код|пар)|код\S* (?:подтв|безоп|провер|аутен|из)|ma (?:xac|bao mat|otp)/u,
    /(?:verifi[ck]ation|bekraft|bekr[aæ]ft|engangs|vahvistus|overovac|weryfik|potwierd|megerosit|dogrulama|verifikasi)\S* ?(?:ko[dt]|kod\S*)|kod\S* (?:weryf|potw|verifik|otp)|код\S* (?:підтвер|перевир|безпек)|รหัส(?:ยืนยัน|otp)|सत्यापन कोड/u,
    /رمز (?:ال)?(?:تحقق|أمان|مصادقة)|קוד ה?(?:אימות|אבטחה)|کد (?:ت.یید|امنیت|احراز|ورود)/u,
    new RegExp(SIX_DIGITS, 'u'),
  ),
  /** Might be any code. */
  bareCode: anyOf(
    /code|token|challenge|verif|\bcodi[cg]|\bpin\b|\bcodul|\bcodi\b|\bkod(?:[aeiıouy]|e[anst]|a[ns]|o[nt]|em|in|jat|unu|unuzu)?\b|\bkood|验证|口令|令牌|コード|코드|код|\bma\b|رمز|קוד|کد|کوڈ|代[码号]/u,
  ),
  /** The code comes by message, call or letter. */
  delivered: anyOf(
    // A number or an address of which a part is hidden.
    /[*•]{2,}[ -]?\d{2,4}\b|[*•]{2,}\S{0,3}@|[*•·x]{3,}[ -]?\d{2,4}|\d{2,3}\*{3,}|\w\*{2,}[^ ]*@/u,
    /\b[sm]ms\b|texted|text (?:message|you)|sent (?:\w+ ){0,4}(?:to|via|by|your|you|code)|(?:we|we've|we have|just|been|will|has|was)(?: just)? (?:sen[dt]|e?-?mailed|called)|\be-?mailed|(?:check|open|see) your (?:e-?mail|inbox|messages|text)/u,
    /e-?mail (?:\w+ )?(?:code|otp|verif|token)|(?:phone|mobile|voice)(?: number)? (?:otp|code|verif|call)|verif\w* (?:your )?(?:\w+ )?(?:e-?mail|phone|mobile|number)|code (?:\w+ ){0,3}(?:e-?mail|phone number|inbox|mailbox)|receiv\w+ (?:\w+ ){0,7}(?:at|sms|e-?mail|text|call)|you received|on its way|code (?:will )?arrives?|check your (?:e-?)?mails?\b|e-?mail (?:\w+ )?passcode|(?:from|in) (?:the|your) e-?mail|dari e-?mail|trong e-?mail|terima (?:dari|di|via)|gelen kod|delivered to|whatsapp|telegram|discord dm/u,
    /短信|简讯|手机号?(?:验证|校验)?码|手机动态密?码|(?:邮[箱件]|电邮|信箱)(?:验证|校验|收到|中)|[已经]发[送至]|[已经](?:寄|传送)|(?:发送|传送|寄)[到至给了]|语音|收到的|メール(?:アドレス)?[にをで认确]|送信(?:しま|され|济)|お送り|届い|ショートメ|문자|이메일(?:로|을|에| ?인증| 확인)|전송[했되된하]|발송|보냈|보내드/u,
    /enviad|enviamos|envoy|inviat|haber recibid|recu par|ricevut|por (?:sms|correo|e-?mail)|(?:correo|e-?mail) (?:de )?(?:verific|confirm)|gesendet|geschickt|zugesandt|senden (?:dir|ihnen)|per (?:sms|e-?mail)|e-?mail-?(?:code|bestatig|verifiz)/u,
    /отправ(?:ил|лен)|высла|приш[ел]|из (?:смс|sms|письма)|(?<!\S)смс|на (?:ваш\S* )?(?:почту|e-?mail|номер)|звонк|надісла|відправ|da (?:duoc )?gui|tin nhan|gui (?:den|toi|ve)|xac minh email|أرسل|إرسال|رسالة نصية|المرسل|שלחנו|נשלח|מסרון|ارسال|پیامک|فرستاد/u,
    /(?:di|ter|kami )kirim|verzonden|ver?stuurd|gestuurd|skickat?\b|skickade|\bsendt\b|laheti|lahetet|wysla(?:l|n)|z (?:wiadomosci|e-?maila|sms)|(?:telefonunuz|cebiniz|e-?postaniz|adresiniz)[ae] gelen|(?:za|po|ode)sla(?:li|n[ay]?|na)\b|kuld(?:tuk|tunk|ott)|trimis|gonder(?:di|ildi|ilen)|στειλαμε|εσταλη|ส่ง(?:รหัส|ไป|ทาง)|भेजा/u,
    /(?:nella|tua) (?:e-?mail|mail|posta)|\barrivat|casella di posta|llegad[oa]\b|(?:revis|consult)[ae] (?:tu|su) (?:correo|e-?mail|bandeja)|consultez (?:vos|votre)|boite (?:mail|de reception)|posteingang|postfach|caixa de entrada|verifique (?:o |seu )e-?mail/u,
    /(?:a|the|by|phone|voice) call\b|mensaje de texto|mensagem de texto|messaggio|textnachricht|recibiras|recibira|recebera|recevrez|riceverai|erhalten (?:sie|du)\b|(?:sie|du) erhalt|anruf|llamada|chamada de|telefonata|поступит|позвон|получите|전화로|전화를|电话で|来电|cuoc goi|مكالمة|שיחת|تماس/u,
    // Whoever proves an address or a number gets the code there.
    /(?:verifi\w+|confirm\w*) (?:tu|su|seu|sua|o|la tua|il tuo|votre|ton|l') ?(?:correo|e-?mail|adresse|indirizzo|telefon[eo]|telephone|celular|numero)|(?:bestatig\w*|verifizier\w*) (?:deine|ihre|die) (?:e-?mail|mail|telefon|handy|mobil)|(?:has|hayas?|hemos|habeis) (?:recibido|mandado)/u,
    /подтверд\S* (?:ваш\S* |сво\S* )?(?:почт|e-?mail|номер|телефон)|(?:验证|绑定|确认)(?:您|你)?的?(?:邮箱|手机)|メールアドレス(?:の|を)?(?:确认|认证)|电话番号(?:の|を)?(?:确认|认证)|휴대(?:폰|전화) ?(?:인증|확인)|본인 ?확인|xac (?:minh|thuc) (?:e-?mail|so dien thoai)|e-?posta\S* dogrula|(?:تأكيد|تفعيل) (?:البريد|الهاتف|رقم)|אימות (?:ה?מייל|ה?אימייל|ה?טלפון)|ت.یید (?:ایمیل|شماره|موبایل)/u,
    /провер\S* (?:сво\S* |ваш\S* )?(?:почт|e-?mail)|查收|查看(?:您|你)?的?(?:邮|短信)|メールをご?确认|确认メール|메일함|메일을 확인|메일로|kiem tra (?:hop thu|e-?mail)|תיבת ה?דואר|بريدك|صندوق/u,
  ),
  /** A way to have the code sent, once more; or a time to live that only such codes have. */
  resend: anyOf(
    // What stands below a form is read as links are: there, too, a code that was sent can be sent again.
    /(?:have|has|was|been|we|just) (?:sent|e-?mailed|texted)\b|\bsent (?:to|you)\b|\b(?:spam|junk)\b|check your (?:e-?mail|inbox|messages)|gesendet|geschickt|\benviad|envoye|inviat|отправ(?:ил|лен)|[已经]发送|发送至|보냈|발송|送信しま/u,
    /re-?send|(?<!\d|\bat )0?\d:[0-5]\d(?!\d| ?[ap]\.?m)|(?:edit|change|wrong|different) (?:your |the |an? )?(?:phone |mobile )?(?:e-?mail|number|phone)|^verif\w* (?:e-?mail|phone|mobile)|kirim (?:kode|otp)|kod\w* gonder|gonder\w* kod|enviar (?:\S+ )?(?:codigo|2fa|otp)|남은 ?시간|send (?:\w+[ -]){0,3}(?:again|code|otp)\b|(?:get|request) (?:\w+ ){0,3}(?:code|otp)\b|(?:didn'?t|did not|haven'?t|not) (?:get|receiv)|new code in|call me|(?:valid|expire|remain)[^.]{0,16}\d ?min/u,
    /重新?(?:发|获|取得|传送)|再次?[发送获]|(?:获取|取得|发送|传送)\S{0,4}(?:码|コード)|[没未]有?收到|秒后|コードを(?:送信|取得)|届かない|재(?:전송|발송)|다시 (?:보내|받|전송)|인증번호 (?:받|요청|전송|발송)/u,
    /reenvi|volver a enviar|no (?:has |he )?recib|renvoyer|pas recu|nao receb|erneut (?:\w*send|anford)|nicht erhalten|code (?:send|anford)|(?:отправить|выслать|получить|запросить) (?:код|еще|снова)|повторно|не приш|reinvia|invia di nuovo|non hai ric/u,
    /opnieuw (?:ver)?(?:zend|stur)|skicka (?:igen|ny|pa nytt)|send (?:pa nytt|igen)|laheta uud|wyslij (?:ponownie|jeszcze)|znovu (?:ode|za|po)slat|ujrakuld|retrimite|(?:tekrar|yeniden) gonder|ส่งอีก|ส่งใหม่|फिर से भेज/u,
    /gui lai|(?:chua|khong) nhan|kirim ulang|إعادة|שוב|חוזרת|לא קיבלת|مجدد|دوباره|دریافت کد/u,
  ),
  /** A code that may be used once, when all else is lost. */
  recovery: anyOf(
    /recovery[ -]?(?:code|key|token|pass|phrase|word)|single[ -]use codes|codes? (?:that |which )?you (?:saved|stored|kept|printed|wrote|downloaded)|back[ -]?up[ -]?(?:code|key|token|pass)|backup$|factor (?:backup|recovery)|scratch|emergency|rescue|(?<!account )\brecovery(?= \.|$)|(?:restore|fallback|reset|static) (?:code|token)/u,
    /(?:[恢回]复|复[原旧])用?(?:代?码|コード|密钥|口令|金钥)|备(?:用|份(?:代?码|验证码))|救援|应急|紧急|逃生码|リカバリ|バックアップ|スクラッチ|복구|백업|비상/u,
    /recuperac|recuperation|respaldo|reserva|emergenc|emergenza|copia de seg|secours|sauvegarde|recupero|ripristino|wiederherstell|(?:notfall|reserve|ersatz)-?(?:code|schl)|(?:резервн|аварин|авариин|запасн)\S* (?:код|ключ)|код\S* восстан/u,
    /herstel-?(?:code|sleutel)|reservkod|(?:aterstallnings|gjenopprettings|gendannelses|backup|reserve)-?(?:kod|nyckel|nokkel)|palautusk|varakood|(?:kod\S* )?(?:odzyskiw|zapasow|awaryjn)|zalozni|obnovovac|helyreallit|tartalek|(?:kurtarma|yedek) (?:kod|anahtar)|κωδικ\S* ανακτησ|กู้คืน|รหัสสํารอง|बैकअप|(?:kode |kunci )?(?:pemulihan|cadangan)|(?:резервн|відновл)\S* код|код\S* відновл/u,
    /ma (?:khoi phuc|du phong|sao luu)|استرداد|احتياطي|שחזור|גיבוי|بازیابی|پشتیبان/u,
  ),
  /** The page is for something else than signing in. */
  otherPurpose: anyOf(
    /\b(?:sign ?up|register\b|registration|create (?:an |your )?account)|(?:reset|forgot|change)\w* (?:your |the )?password|verif\w* (?:your |the )?account|confirm (?:your )?\S* ?(?:order|booking|payment)|注册|(?:找回|忘记|重置)密码/u,
    /lupa (?:kata sandi|password)|(?:olvid|restablec|recuper)\S* (?:(?:su|tu|la|de) )*contrasena|mot de passe oublie|passwort (?:vergessen|zuruck)|(?:esquec|redefinir|recuperar)\S* (?:a |minha |sua )?senha|password dimenticata/u,
    // What is handed over, booked, played or joined has codes of its own.
    /deliver(?!oo)|pick-?up|parcel|courier|shipment|your order|livreur|commande\b|pedido|repartidor|corriere|spedizion|liefer|zustell|paket|bestellung|курьер|заказ|посылк|配送|取[件餐]|提[货车]|订单|荷物|구매자|판매자|거래|주문|giao hang|nhan hang|don hang|توصيل|تسليم|طلبك|משלוח|הזמנה|سفارش|تحویل/u,
    /\bjoin\b(?! (?:the|our) team)|\bwebinar|\bconferenc|certificad|certificate\b(?! or\b)|(?<!with (?:an? |your )?)certificate\b|zertifikat|\bgame|\bspiel|\bquiz|\bjeu\b|\bjuego|\bjogo|\bgioco|tro choi|\braum\b|\bsala\b|\bsalle\b|방에|\bvote\b|\bpoll\b|umfrage|sondage|encuesta|опрос|投票|투표|\bexam\b|examen|экзамен|考试|시험|check-?in|booking|\bboarding|tournament|turnir|turnier|torneo|tournoi|\bbeitreten|\brejoindre|pridruz|pripojit|remote (?:play|control|support)|(?:from|ask|by) (?:an? |the |your )?(?:teacher|technician|assistant|host|instructor|organi[sz]er|agent|friend|manager|driver|helper|colleague|recipient|customer)|(?<!or )\bpaste (?:the |your )?(?:\w+ )?code|screen shar|(?:shown|displayed|appear\w*|see) (?:up )?(?:on|at) (?:[\w']+ ){0,4}(?:screen|tv|television|console|monitor|device)\b|\b(?:choose|create|pick|set) (?:an? |your )?(?:new )?(?:[\w-]+ )?(?:code|pin|passcode)\b/u,
    /(?:забыли|восстановлен\S*|сброс\S*) парол|sifremi unuttum|パスワード(?:を忘|の?再)|(?:비밀번호|아이디) (?:찾기|재설정)|quen mat khau|نسيت كلمة|שכחתי|فراموشی رمز/u,
    new RegExp(`${NEW_PASSWORD}|${ELSEWHERE}`, 'u'),
  ),
  /**
   * Other fields that are called a code, a number or a token. Fields without such a name fall to `namedOtherwise`.
   */
  unrelated: anyOf(
    /coupon|promo|voucher|discount|gift|redeem|(?<![a-z])refer(?:r|al)|invit|(?<![a-z])card|\b(?:cv[vc]2?|cvn|csc|zip|iban|bic|pnr|dob|vat|ssn|qty|tel|tv)\b|sort code|licen[sc]e|serial|activation|product ?key|tracking|post ?(?:al|code)|country|area ?code|phone ?n|birth|captcha|security (?:question|answer)|(?<![a-z])search|quantity|meeting|class ?code|(?<![a-z])course|(?<![a-z])game|room|(?<![a-z])team|\bjoin|session (?:code|id)|\b(?:employee|staff|badge|student|member(?:ship)?|roll) (?:number|no|id|code)|\bepp\b|(?:mac|ip) address|number of digits|\b(?:otp|kode|code) reset\b|\breset otp\b|\botp policy|\b(?:token|otp) (?:period|interval)|time period/u,
    /(?:user|device|source) ?code|pin ?code|device (?:id|pin)|(?:link|pair|connect|activat)\w* (?:an? |your |the |this )?(?:new )?device|pairing|\bm?pin\b|\bapi\b|(?:access|personal|admin) token|webhook|(?:secret|private|set-?up) ?key|otpauth:|base-?32|(?:authenticator|totp|otp|[2m]fa) (?:secret|seed|key)\b(?! ?code)|embed|barcode|e-?mail(?: address)?$|user ?name|(?:new|current|confirm|repeat|old) password|(?:number|code) shown$|shown above|above this/u,
    /优惠|兑换|邀请|推荐|图形|字符|看不清|手机号|支付密码|授权码|股票|基金|证券|工号|学号|单号|税号|邮编|区号|身份证|クーポン|招待|画像|暗证|社员|学籍|[予预]约|追跡|铭柄|会员番|쿠폰|종목|사원|학번|사업자|운송장|우편|초대|자동입력|보안문자|전화번호/u,
    /cupon|cupom|telefon|телефон|картинк|пин-?код|промо|قسيمة|هاتف|קופון|טלפון|تخفیف|کپچا|تصویر/u,
    /einladung|convite|invito\b|loi moi|приглаш|הזמנה|دعوة|دعوت|gutschein|descuento|desconto|reduction|sconto|buono\b|скидк|折扣|割引|할인|giam gia|خصم|הנחה|regalo|(?:cartao|vale|codigo) (?:de )?presente\b|cadeau|geschenk|подар|礼品|ギフト|선물|qua tang|هدية|מתנה|هدیه|parrain|empfehl|indicacao|реферал|추천|绍介|gioi thieu|إحالة/u,
    /\bcep\b|\bplz\b|postleit|postnum|почтов\S* инд|индекс|邮便番|الرمز البريدي|מיקוד|ma buu|rastre|suivi\b|sendungs|seguimiento|отслеж|трек|运单|تتبع|מעקב|barras|(?<![a-z])produ(?:[ck]t(?!iv|ion)|it|to)|(?<![a-z])articol|artikel|артикул|товар|商品|상품|منتج|מוצר|محصول|tarjeta|cartao|carte (?:banc|de cred)|kartennum|carta di|номер\S* карт|카드|بطاقة|כרטיס|کارت|\bcpf\b|\bcnpj\b|\bdni\b|\bnif\b|codice fiscale|steuer|(?<!\S)инн(?!\S)|снилс|주민|マイナンバー|کد ملی|الهوية|תעודת זהות|can cuoc|geburt|naissance|nacimiento|nascimento|nascita|рожден|生日|出生|生年|생년|생일|ngay sinh|ميلاد|לידה|تولد/u,
    /\buuid\b|site verification|search console|\bevent ?code|raum-?code|spiel-?code|房号|방 코드|방번호|연동|페어링|등록 ?코드|配对|ペアリング|连携|привяз|сопряж|\bliaison|픽업|取件|提货|delivery|pick-?up code|получени|oauth|\b(?:totp|otp) (?:digits|algorithm|issuer|uri|url|policy|length|expir\w*|validity|timeout|limit|template|type)\b|\bsecret\b.{0,12}\(?(?:totp|2fa|otp)/u,
    new RegExp(ELSEWHERE, 'u'),
  ),
}

/** One pattern out of the alternatives of several languages. */
export function anyOf(...alternatives: readonly RegExp[]): string {
  return alternatives.map(({ source }) => source).join('|')
}
