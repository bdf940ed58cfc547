/**
 * Makes texts comparable: one width, lower case, no Latin or Cyrillic accents (`código` → `codigo`, `й` → `и`), Han
 * characters in their simplified form, the blanks of typesetting turned into plain ones. The rules are written folded.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/gu, '')
    .normalize('NFC')
    .replace(/[đłø\u2010-\u2019\u3400-\u9fff]/gu, (one) => PLAIN.get(one) ?? one)
    .replace(/[\s\u200b-\u200f]+/gu, ' ')
    .trim()
}

/** Pairs: a character, and the one it is read as. Of the Han characters those that the rules make use of. */
const PAIRS =
  "đdłløo‘'’'‐-‑-‒-–-—-―-驗验験验証证證证検检檢检認认碼码確确動动態态權权雙双兩两階阶驟骤復复備备緊紧鑰钥應应發发発发獲获傳传伝传簡简訊讯機机郵邮電电語语" +
  '經经給给優优禮礼兌兑換换請请薦荐號号編编遞递區区圖图図图尋寻數数設设對对會会沒没後后紹绍節节個个員员單单単单張张學学屆届攜携無无舊旧註注遊游濟济済济畫画稅税約约綁绑訂订記记試试話话貨货車车載载輸输運运連连遺遗銘铭間间戲戏戯戏丟丢預预變变変变製制冊册錯错誤误級级國国議议產产條条啟启統统'

const PLAIN = new Map(PAIRS.match(/../gu)?.map((pair) => [pair.charAt(0), pair.charAt(1)] as const))

/** Splits what programmers write into words: `user[otpAttempt_2]` → `user otp attempt 2`. */
export function wordsOf(identifier: string): string {
  return identifier
    .replace(/([a-z\d])([A-Z])/gu, '$1 $2')
    .replace(/([A-Za-z]{3,})(\d)/gu, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase()
}
