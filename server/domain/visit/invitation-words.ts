// What an invitation says where it is sent on, in the language of whoever is invited: as a mail and as a message. Pure.
// Holds no name of the patient and no reason: nobody knows who reads a telephone's screen.
import type { Language } from '../ehr/languages.ts'
import type { Instant } from '../ids.ts'

/** `when` as it is read; `typeAt`: where the code is typed. */
type Said = {
  readonly clinic: string
  readonly when: string
  readonly link: string
  readonly typeAt: string
  readonly code: string
}
type Words = { subject(clinic: string): string; mail(said: Said): string; sms(said: Said): string }

/** A link stands on a line by itself: so it is found, and mixes with no other direction. */
const lines = (...all: readonly string[]) => all.join('\n')

const words: Readonly<Record<Language, Words>> = {
  en: {
    subject: (clinic) => `Video visit at ${clinic}`,
    mail: ({ clinic, when, link, typeAt, code }) =>
      lines(
        ...[`${clinic} invites you to a video visit: ${when}.`, ''],
        'Open this link on the phone or computer that you want to use, and press “Go to the waiting room”:',
        ...[link, ''],
        'If the link does not open there, type this code:',
        ...[code, typeAt, ''],
        'The invitation is for you alone: please do not pass it on.',
      ),
    sms: ({ clinic, when, link }) => lines(`${clinic}: video visit, ${when}. For you alone:`, link),
  },
  es: {
    subject: (clinic) => `Consulta por video en ${clinic}`,
    mail: ({ clinic, when, link, typeAt, code }) =>
      lines(
        ...[`${clinic} le invita a una consulta por video: ${when}.`, ''],
        'Abra este enlace en el teléfono o el ordenador que quiera usar y pulse «Ir a la sala de espera»:',
        ...[link, ''],
        'Si el enlace no se abre allí, escriba este código:',
        ...[code, typeAt, ''],
        'La invitación es solo para usted: no la reenvíe, por favor.',
      ),
    sms: ({ clinic, when, link }) => lines(`${clinic}: consulta por video, ${when}. Solo para usted:`, link),
  },
  fr: {
    subject: (clinic) => `Consultation vidéo, ${clinic}`,
    mail: ({ clinic, when, link, typeAt, code }) =>
      lines(
        ...[`${clinic} vous invite à une consultation vidéo : ${when}.`, ''],
        'Ouvrez ce lien sur le téléphone ou l’ordinateur que vous voulez utiliser, et appuyez sur « Aller à la salle d’attente » :',
        ...[link, ''],
        'Si le lien ne s’y ouvre pas, saisissez ce code :',
        ...[code, typeAt, ''],
        'L’invitation est pour vous seul : veuillez ne pas la transmettre.',
      ),
    sms: ({ clinic, when, link }) => lines(`${clinic} : consultation vidéo, ${when}. Pour vous seul :`, link),
  },
  ar: {
    subject: (clinic) => `استشارة عبر الفيديو لدى ${clinic}`,
    mail: ({ clinic, when, link, typeAt, code }) =>
      lines(
        ...[`تدعوك ${clinic} إلى استشارة عبر الفيديو: ${when}.`, ''],
        'افتح هذا الرابط على الهاتف أو الحاسوب الذي تريد استخدامه، ثم اضغط على «الذهاب إلى غرفة الانتظار»:',
        ...[link, ''],
        'إذا لم يُفتح الرابط هناك، فاكتب هذا الرمز:',
        ...[code, typeAt, ''],
        'هذه الدعوة لك وحدك: يُرجى عدم إرسالها إلى غيرك.',
      ),
    sms: ({ clinic, when, link }) => lines(`استشارة عبر الفيديو لدى ${clinic}، ${when}. لك وحدك:`, link),
  },
  'zh-Hans': {
    subject: (clinic) => `${clinic} 的视频问诊`,
    mail: ({ clinic, when, link, typeAt, code }) =>
      lines(
        ...[`${clinic} 邀请您参加视频问诊：${when}。`, ''],
        '请在您想使用的手机或电脑上打开此链接，然后按“前往候诊室”：',
        ...[link, ''],
        '如果链接在那里打不开，请输入此代码：',
        ...[code, typeAt, ''],
        '这份邀请仅供您本人使用，请勿转发。',
      ),
    sms: ({ clinic, when, link }) => lines(`${clinic}：视频问诊，${when}。仅供您本人使用：`, link),
  },
}

/** As pages of ours say a day: with the digits and the calendar that the clinic says on the telephone. */
const habits: Readonly<Record<Language, string>> = {
  ...{ en: 'en', es: 'es', fr: 'fr', ar: 'ar-u-nu-latn-ca-gregory', 'zh-Hans': 'zh-Hans' },
}

/** In the clinic's time zone, and with its name: whoever reads it may be in another. */
const whenIn = (language: Language, start: Instant, timeZone: string): string =>
  new Intl.DateTimeFormat(habits[language], {
    ...{ weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' },
    ...{ timeZone, timeZoneName: 'short' },
  }).format(new Date(start))

type Invited = Omit<Said, 'when'> & {
  readonly language: Language
  readonly start: Instant
  readonly timeZone: string
}

/** For a mail, its subject and its text; and a text short enough for a message. */
export function textsOfInvitation({ language, start, timeZone, ...said }: Invited) {
  const { subject, mail, sms } = words[language]
  const whole = { ...said, when: whenIn(language, start, timeZone) }
  return { mail: { subject: subject(said.clinic), text: mail(whole) }, sms: sms(whole) }
}
