// In Arabic: what the server calls somebody who has no name.
import type { namelessWords as english } from '../../../base/name-words.ts'

export const namelessWords: typeof english = {
  Clinician: 'مقدّم الرعاية',
  Patient: 'المريض',
  Representative: 'الممثّل',
  Guest: 'المرافق',
  Interpreter: 'المترجم',
  Colleague: 'الزميل',
  'Name not recorded': 'الاسم غير مسجّل',
}
