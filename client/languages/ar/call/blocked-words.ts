// In Arabic: what is read when two people are in the call and neither picture nor sound comes through.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../call/blocked-words.ts'

export const blockedWords: typeof English.blockedWords = {
  what: 'لا تصل صورة ولا صوت.',
  todo: {
    patient: {
      unknown:
        'قد تكون الشبكة لدى أحد الطرفين تمنع مرور الفيديو. يُرجى تجربة شبكة أخرى: بيانات الهاتف بدلًا من Wi-Fi، أو العكس. ثم اضغط على «إعادة الاتصال».',
      theirs: 'يُمنع مروره لدى الطرف الآخر، ولا خلل لديك. يُبلَّغ الطرف الآخر بما يمكن تجربته.',
    },
    clinician: {
      unknown:
        'قد تكون الشبكة لدى أحد الطرفين تمنع مرور الفيديو. يُرجى تجربة شبكة أخرى، مثل بيانات الهاتف بدلًا من Wi-Fi العيادة، ثم الضغط على «إعادة الاتصال». يمكن لقسم تقنية المعلومات السماح بمروره: منفذ UDP رقم 10000 إلى نظام الفيديو، أو المنفذ 443 إلى المرحّل التابع له.',
      theirs: 'يُمنع مروره لدى الطرف الآخر، وليس لديك. يُطلب من الطرف الآخر تجربة بيانات الهاتف بدلًا من Wi-Fi، أو العكس.',
    },
  },
  reconnect: 'إعادة الاتصال',
  call: (phone) => `أو الاتصال على الرقم ${isolated(phone)}`,
  callNamed: (name, phone) => `أو الاتصال بـ ${isolated(name)}: ${isolated(phone)}`,
  byTelephone: 'إذا بقي الأمر كذلك، فيُرجى المتابعة عبر الهاتف.',
}
