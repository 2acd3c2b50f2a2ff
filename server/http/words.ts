// The words of the one page the server writes itself: the form that takes a browser to the EHR's sign-in.
import type { Language } from '../domain/ehr/languages.ts'

type FormWords = { readonly heading: string; readonly next: string; readonly go: string }

export const signInFormWords: Readonly<Record<Language, FormWords>> = {
  en: { heading: 'Opening your visit', next: 'Next comes your clinic’s sign-in.', go: 'Continue to sign-in' },
  es: {
    heading: 'Abriendo su consulta',
    next: 'Ahora viene el inicio de sesión de su clínica.',
    go: 'Continuar al inicio de sesión',
  },
  fr: {
    heading: 'Ouverture de votre consultation',
    next: 'Vous allez maintenant vous connecter auprès de votre clinique.',
    go: 'Continuer vers la connexion',
  },
  ar: {
    heading: 'جارٍ فتح استشارتك',
    next: 'الخطوة التالية هي تسجيل الدخول لدى عيادتك.',
    go: 'متابعة إلى تسجيل الدخول',
  },
  'zh-Hans': { heading: '正在打开您的问诊', next: '接下来是您诊所的登录页面。', go: '继续登录' },
}
