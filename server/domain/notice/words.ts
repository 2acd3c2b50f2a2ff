// What a clinic's patient is told by mail, in each language. Nobody's name, and no word about health: others may read it on a
// locked telephone, or in a calendar that is shared. The clinic's name is the one that the settings give for this.
import type { Language } from '../ehr/languages.ts'

/** What there can be to tell: the first three are about the hour, the last about this moment. */
export const noticeKinds = ['invitation', 'moved', 'cancelled', 'ready'] as const
export type NoticeKind = (typeof noticeKinds)[number]

type MailWords = { readonly subject: string; readonly says: string; readonly todo: string }

type Words = {
  /** What the appointment is called in a calendar. */
  readonly summary: string
  /** Above the hour. */
  readonly when: string
  readonly open: string
  readonly call: string
  /** Below each mail. */
  readonly why: string
  readonly mail: Readonly<Record<NoticeKind, MailWords>>
}

const en: Words = {
  summary: 'Video appointment',
  when: 'When',
  open: 'Open the page',
  call: 'If you have a question, or cannot come, call {phone}.',
  why: '{from} sent you this because you agreed to be written to. You can change that on the page of your appointment. Nobody reads answers to this message.',
  mail: {
    invitation: {
      subject: 'Your video appointment',
      says: 'You have a video appointment with us.',
      todo: 'When it is time, open the page and sign in as you always do with us.',
    },
    moved: {
      subject: 'Your video appointment has a new time',
      says: 'Your video appointment has a new time. The earlier one no longer holds.',
      todo: 'When it is time, open the page and sign in as you always do with us.',
    },
    cancelled: {
      subject: 'Your video appointment is cancelled',
      says: 'This video appointment does not take place.',
      todo: 'You do not have to do anything.',
    },
    ready: {
      subject: 'It is your turn',
      says: 'We are ready for you now, and wait for you in the video call.',
      todo: 'Open the page now. If it is still open on your device, go back to it.',
    },
  },
}

const es: Words = {
  summary: 'Cita por video',
  when: 'Cuándo',
  open: 'Abrir la página',
  call: 'Si tiene alguna pregunta o no puede asistir, llame al {phone}.',
  why: '{from} le envía este mensaje porque usted aceptó recibirlos. Puede cambiarlo en la página de su cita. Nadie lee las respuestas a este mensaje.',
  mail: {
    invitation: {
      subject: 'Su cita por video',
      says: 'Usted tiene una cita por video con nosotros.',
      todo: 'Cuando llegue la hora, abra la página e inicie sesión como lo hace siempre con nosotros.',
    },
    moved: {
      subject: 'Su cita por video tiene otra hora',
      says: 'Su cita por video tiene otra hora. La anterior ya no vale.',
      todo: 'Cuando llegue la hora, abra la página e inicie sesión como lo hace siempre con nosotros.',
    },
    cancelled: {
      subject: 'Su cita por video se ha cancelado',
      says: 'Esta cita por video no tendrá lugar.',
      todo: 'No tiene que hacer nada.',
    },
    ready: {
      subject: 'Es su turno',
      says: 'Ya estamos listos y le esperamos en la videollamada.',
      todo: 'Abra la página ahora. Si todavía está abierta en su dispositivo, vuelva a ella.',
    },
  },
}

const fr: Words = {
  summary: 'Rendez-vous vidéo',
  when: 'Quand',
  open: 'Ouvrir la page',
  call: 'Si vous avez une question ou ne pouvez pas venir, appelez le {phone}.',
  why: '{from} vous envoie ce message parce que vous avez accepté d’en recevoir. Vous pouvez changer cela sur la page de votre rendez-vous. Personne ne lit les réponses à ce message.',
  mail: {
    invitation: {
      subject: 'Votre rendez-vous vidéo',
      says: 'Vous avez un rendez-vous vidéo avec nous.',
      todo: 'Quand ce sera l’heure, ouvrez la page et connectez-vous comme vous le faites toujours chez nous.',
    },
    moved: {
      subject: 'Votre rendez-vous vidéo change d’horaire',
      says: 'Votre rendez-vous vidéo a un nouvel horaire. L’ancien ne vaut plus.',
      todo: 'Quand ce sera l’heure, ouvrez la page et connectez-vous comme vous le faites toujours chez nous.',
    },
    cancelled: {
      subject: 'Votre rendez-vous vidéo est annulé',
      says: 'Ce rendez-vous vidéo n’aura pas lieu.',
      todo: 'Vous n’avez rien à faire.',
    },
    ready: {
      subject: 'C’est votre tour',
      says: 'Nous sommes prêts et vous attendons dans l’appel vidéo.',
      todo: 'Ouvrez la page maintenant. Si elle est encore ouverte sur votre appareil, revenez-y.',
    },
  },
}

const ar: Words = {
  summary: 'موعد عبر الفيديو',
  when: 'الوقت',
  open: 'افتح الصفحة',
  call: 'إذا كان لديك سؤال أو تعذّر عليك الحضور، فاتصل بالرقم {phone}.',
  why: 'أرسلت إليك {from} هذه الرسالة لأنك وافقت على تلقي الرسائل. يمكنك تغيير ذلك في صفحة موعدك. لا يقرأ أحد الردود على هذه الرسالة.',
  mail: {
    invitation: {
      subject: 'موعدك عبر الفيديو',
      says: 'لديك موعد عبر الفيديو معنا.',
      todo: 'عندما يحين الوقت، افتح الصفحة وسجّل الدخول كما تفعل دائمًا لدينا.',
    },
    moved: {
      subject: 'وقت جديد لموعدك عبر الفيديو',
      says: 'أصبح لموعدك عبر الفيديو وقت جديد. لم يعد الوقت السابق ساريًا.',
      todo: 'عندما يحين الوقت، افتح الصفحة وسجّل الدخول كما تفعل دائمًا لدينا.',
    },
    cancelled: {
      subject: 'أُلغي موعدك عبر الفيديو',
      says: 'لن يُعقد هذا الموعد عبر الفيديو.',
      todo: 'لا يلزمك فعل أي شيء.',
    },
    ready: {
      subject: 'حان دورك',
      says: 'نحن جاهزون الآن وننتظرك في مكالمة الفيديو.',
      todo: 'افتح الصفحة الآن. إذا كانت لا تزال مفتوحة على جهازك، فعُد إليها.',
    },
  },
}

const zhHans: Words = {
  summary: '视频预约',
  when: '时间',
  open: '打开页面',
  call: '如有疑问或无法参加，请致电 {phone}。',
  why: '{from} 向您发送此消息，是因为您同意接收。您可以在预约页面上更改。对此消息的回复无人阅读。',
  mail: {
    invitation: {
      subject: '您的视频预约',
      says: '您与我们有一个视频预约。',
      todo: '到时间后，请打开页面，并像往常一样登录。',
    },
    moved: {
      subject: '您的视频预约改了时间',
      says: '您的视频预约改到了新的时间，原来的时间不再有效。',
      todo: '到时间后，请打开页面，并像往常一样登录。',
    },
    cancelled: {
      subject: '您的视频预约已取消',
      says: '此视频预约不会进行。',
      todo: '您无需进行任何操作。',
    },
    ready: {
      subject: '轮到您了',
      says: '我们已准备好，正在视频通话中等您。',
      todo: '请立即打开页面。如果页面在您的设备上仍然打开，请返回该页面。',
    },
  },
}

export const noticeWords: Readonly<Record<Language, Words>> = { en, es, fr, ar, 'zh-Hans': zhHans }
