// Owns the demo clinic's consent to telehealth, in each language in which its patients may read. It is an example and no legal advice: a clinic
// writes its own, by the law of its place, and has it read by somebody who speaks the language.

const en = `This is about your visit by video with Harbor Health. Please read it, and ask us whatever is not clear.

What a video visit is. You and your clinician see and hear each other by your device. Your clinician can ask, look and advise, but cannot examine you by hand. If something needs an examination, we will ask you to come in.

What can go wrong. The picture or the sound can be poor, or the connection can end. Then we call you by telephone, or find another time. A video visit is not for emergencies.

Your privacy. The call is encrypted on its way. We do not record it unless you are asked in the call and say yes. Your clinician writes a note into your record, as after any visit. Please choose a place where nobody listens whom you do not want there, and tell us if somebody is with you.

Your choice. You need not agree. Without it you can speak with us by telephone or come to the clinic, and your care does not suffer for it. You can take your agreement back whenever you like; the video visit then ends, and what was written until then stays in your record.

By agreeing you say that you have read this, and that you want a visit by video. Who agrees for a child or for somebody else says that they may decide for that person.`

const es = `Este texto trata de su consulta por vídeo con Harbor Health. Léalo y pregúntenos todo lo que no esté claro.

Qué es una videoconsulta. Usted y su profesional de salud se ven y se oyen por medio de su dispositivo. Su profesional puede preguntar, mirar y aconsejar, pero no puede explorarle con las manos. Si hace falta una exploración, le pediremos que venga.

Qué puede salir mal. La imagen o el sonido pueden ser malos, o la conexión puede cortarse. En ese caso le llamamos por teléfono o buscamos otra hora. Una videoconsulta no es para emergencias.

Su privacidad. La llamada viaja cifrada. No la grabamos, salvo que se le pregunte durante la llamada y usted diga que sí. Su profesional escribe una nota en su historia clínica, como después de cualquier consulta. Elija un lugar donde no escuche nadie que usted no quiera, y díganos si hay alguien con usted.

Usted decide. No tiene que aceptar. Si no acepta, puede hablar con nosotros por teléfono o venir a la clínica, y su atención no empeora por ello. Puede retirar su consentimiento cuando quiera; entonces termina la videoconsulta, y lo escrito hasta ese momento queda en su historia clínica.

Al aceptar, usted dice que ha leído este texto y que quiere una consulta por vídeo. Quien acepta por un menor o por otra persona dice que puede decidir por ella.`

const fr = `Ce texte concerne votre consultation par vidéo avec Harbor Health. Veuillez le lire, et nous demander tout ce qui n’est pas clair.

Ce qu’est une téléconsultation. Vous et votre soignant vous voyez et vous entendez au moyen de votre appareil. Votre soignant peut questionner, regarder et conseiller, mais ne peut pas vous examiner de ses mains. Si un examen est nécessaire, nous vous demanderons de venir.

Ce qui peut mal se passer. L’image ou le son peuvent être mauvais, ou la connexion peut se couper. Dans ce cas, nous vous appelons par téléphone ou nous cherchons un autre moment. Une téléconsultation n’est pas faite pour les urgences.

Votre vie privée. L’appel est chiffré sur son trajet. Nous ne l’enregistrons pas, sauf si on vous le demande pendant l’appel et que vous dites oui. Votre soignant écrit une note dans votre dossier, comme après toute consultation. Choisissez un endroit où personne n’écoute sans votre accord, et dites-nous si quelqu’un est avec vous.

Votre choix. Vous n’êtes pas obligé d’accepter. Sans cela, vous pouvez nous parler par téléphone ou venir à la clinique, et vos soins n’en souffrent pas. Vous pouvez retirer votre consentement quand vous voulez ; la téléconsultation se termine alors, et ce qui a été écrit jusque-là reste dans votre dossier.

En acceptant, vous dites que vous avez lu ce texte et que vous voulez une consultation par vidéo. Qui accepte pour un enfant ou pour une autre personne dit qu’il peut décider pour elle.`

const ar = `يتعلق هذا النص باستشارتك عبر الفيديو مع Harbor Health. يُرجى قراءته، وسؤالنا عن كل ما هو غير واضح.

ما هي الاستشارة عبر الفيديو. ترى مقدّم الرعاية ويراك، وتسمعه ويسمعك، من خلال جهازك. يمكن لمقدّم الرعاية أن يسأل وينظر وينصح، لكنه لا يستطيع فحصك بيديه. إذا لزم الفحص، فسنطلب منك الحضور.

ما الذي قد لا يسير على ما يرام. قد تكون الصورة أو الصوت رديئين، أو قد ينقطع الاتصال. عندئذٍ نتصل بك عبر الهاتف، أو نجد وقتًا آخر. الاستشارة عبر الفيديو ليست لحالات الطوارئ.

خصوصيتك. المكالمة مشفّرة أثناء انتقالها. لا نسجّلها إلا إذا سُئلت أثناء المكالمة ووافقت. يكتب مقدّم الرعاية ملاحظة في ملفك الطبي، كما بعد أي زيارة. يُرجى اختيار مكان لا يسمعك فيه من لا تريده، وإخبارنا إذا كان معك أحد.

القرار لك. لست ملزمًا بالموافقة. من دونها يمكنك التحدث معنا عبر الهاتف أو الحضور إلى العيادة، ولن تتأثر رعايتك بذلك. يمكنك سحب موافقتك متى شئت؛ عندئذٍ تنتهي الاستشارة عبر الفيديو، ويبقى ما كُتب حتى ذلك الحين في ملفك الطبي.

بالموافقة تقول إنك قرأت هذا النص وإنك تريد استشارة عبر الفيديو. ومن يوافق نيابةً عن طفل أو عن شخص آخر يقول إن له أن يقرر عنه.`

const zh = `本文说明您与 Harbor Health 的视频问诊。请阅读本文，有任何不清楚的地方请向我们询问。

什么是视频问诊。您和您的医护人员通过您的设备看到并听到对方。医护人员可以询问、观察和给出建议，但不能用手为您检查。如果需要检查，我们会请您来诊所。

可能出现的问题。画面或声音可能不好，连接也可能中断。遇到这种情况，我们会打电话给您，或另约时间。视频问诊不适用于紧急情况。

您的隐私。通话在传输过程中是加密的。除非在通话中征求您的意见并且您同意，否则我们不会录制。医护人员会像每次就诊后一样，在您的病历中写一份记录。请选择一个不会被您不希望在场的人听到的地方；如果有人和您在一起，请告诉我们。

由您选择。您可以不同意。不同意时，您可以通过电话与我们沟通，或来诊所就诊，您得到的医疗服务不会因此受影响。您可以随时撤回同意；视频问诊会随之结束，在此之前所写的内容会保留在您的病历中。

表示同意，即说明您已阅读本文，并希望通过视频就诊。代表儿童或他人同意的人，即说明自己有权为其作出决定。`

const all = { en, es, fr, ar, 'zh-Hans': zh }

/** As the settings have it, in each of these languages, or in English alone. */
export const consentFor = (inAllLanguages: boolean) => ({
  ...{ version: '2026-11', date: '2026-11-01' },
  texts: inAllLanguages ? all : { en },
})
