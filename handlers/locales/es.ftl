## Todos los textos que lee la gente. Los mensajes son HTML; los valores se escapan antes de insertarse.

# ---------------------------------------------------------------- ayuda
help =
    <b>Convierto una o dos fotos en un vídeo corto.</b>

    EFFECT-LINES

    … y en total { $total } efectos: /effects

    <b>Cómo enviar fotos</b>
    • una foto con el comando en el pie, como <code>/squish</code>
    • dos fotos a la vez (un álbum) con <code>/hug</code> en el pie; la primera queda a la izquierda
    • un comando en respuesta a una foto
    • primero las fotos y luego el comando; o primero el comando y luego las fotos
    • también vale una imagen enviada como archivo, incluso HEIC y WebP

    ANIMATE-LINES

    /status muestra tus vídeos, /cancel detiene uno. Puedes hacer { $daily } en 24 horas.

    <b>Tus fotos</b> van al servicio que hace el vídeo, sin los datos de lugar y cámara. No guardo ninguna copia.
help-group =
    <b>Convierto una o dos fotos en un vídeo corto.</b>

    EFFECT-LINES

    … y en total { $total } efectos: /effects{ $at }

    • una foto con el comando en el pie
    • el comando en respuesta a una foto; o en respuesta a una persona, y uso las dos fotos de perfil, si está de acuerdo
    • para dos fotos: envía una, y cualquiera responde a mi pregunta con la otra

    Las fotos van al servicio de vídeo sin los datos de lugar y cámara. No guardo ninguna copia.
    Qué se puede hacer con tu foto de perfil: /privacy{ $at }
group-hello = ¡Hola! Gracias por invitarme.
group-privacy-mode = El modo de privacidad está activado: veo los comandos con mi nombre, como <code>/effects{ $at }</code>, y las respuestas a mis mensajes, y nada más de lo que se escribe aquí.
group-for-admins = Los administradores eligen los efectos, quién puede pedir y cuántas veces: /settings{ $at }
help-inline = En cualquier otro chat escribe <code>@{ $name } hug</code>: el vídeo aparece allí.
help-admin = Para ti, que llevas el bot: /stats dice cómo han ido los vídeos y /balance cuánto cuestan. /ban en respuesta a alguien, o con su id, le cierra la puerta; /bans muestra a quién.
help-effect = { $emoji } { $command } — { $title }, { $count ->
        [one] una foto
       *[other] { $count } fotos
    }

help-animation = { $emoji } { $command } <i>lo que debe pasar</i> — con tus palabras, una o dos fotos
help-animate =
    <b>Con tus palabras</b>
    <code>{ $command } ella sonríe y saluda</code> con una foto la pone en movimiento. Dos fotos en un álbum son la primera y la última imagen del vídeo. En cualquier sitio puedes escribir
    • <code>10s</code> para diez segundos
    • <code>--no texto, desenfoque</code> para lo que no quieres ver
    • <code>--cfg 0.8</code> para que siga tus palabras más de cerca (de 0 a 1)
    • <code>--model v2</code> para el modelo mejor y más lento, solo con una foto

menu-hug = Dos personas se abrazan (dos fotos)
menu-kiss = Dos personas se besan (dos fotos)
menu-heart = Dos personas forman un corazón (dos fotos)
menu-fight = Dos personas se pelean (dos fotos)
menu-squish = Estruja lo que haya en la foto
menu-expansion = Lo infla como un globo
menu-effect = { $title } ({ $count ->
        [one] una foto
       *[other] dos fotos
    })
menu-animate = Dar vida a una foto con tus palabras
menu-effects = Todos los efectos
menu-status = Tus vídeos
menu-cancel = Detener un vídeo, o no publicarlo
menu-settings = Calidad, duración y más
menu-privacy = Qué se puede hacer con tu foto de perfil
menu-group-settings = Efectos, quién puede pedir, límite diario
menu-help = Cómo funciona
bot-description = Envíame una foto, o dos, y hago un vídeo corto con ellas: abrazos, besos, estrujones, { $count } efectos en total.
bot-short-description = Entran fotos, sale un vídeo divertido.

# ---------------------------------------------------------------- botones
button-cancel = Cancelar
button-withhold = No publicarlo
button-post = Publicarlo
button-undelivered = 📥 { $emoji } { $title }, { $ago }
button-run = Hazlo ahora
button-more = Más efectos …
button-back = Todos los temas
button-shelf = { $emoji } { $title } ({ $count })
button-effect = { $emoji } { $title }
button-effect-two = { $emoji } { $title } ×2
button-effect-needs-second = { $emoji } { $title } (+1 foto)
button-again = 🔁 Otra vez
button-swap = ↔️ Cambiar lados
button-swap-turn = ↔️ Cambiar fotos
button-other = 🎨 Otro efecto
button-reword = ✏️ Otras palabras
button-model-v1-6 = Las dos fotos, con v1.6
button-model-v2 = La primera, con v2
button-try-again = 🔁 Reintentar
button-leave = Déjalo
button-fetch = Recibirlo en nuestro chat
button-bring = 📥 Enviarlo aquí
button-mine = ✨ Haz el tuyo
button-what-now = Qué se puede hacer
button-start = ▶️ Empezar
button-share = ↗️ Compartir
button-to-a-chat = ↩️ Al chat
button-download = Abrir el vídeo

button-accept = ✅ De acuerdo
button-deny = No
button-delete = 🗑 Borrar
button-private = Abrir nuestro chat privado

# ---------------------------------------------------------------- efectos
shelves = <b>{ $count } efectos.</b> Elige uno, o un tema. ×2 quiere decir dos fotos.
shelf = { $emoji } <b>{ $title }</b>{ $pages ->
        [one] {""}
       *[other] {" "}— página { $page } de { $pages }
    }
effect-gone = { $emoji } <b>{ $title }</b>: el servicio de vídeo ya no lo hace. /effects muestra lo que hay.
effect-gone-near = { $emoji } <b>{ $title }</b>: el servicio de vídeo ya no lo hace. ¿Qué tal { $names }? /effects lo muestra todo.
search-fillers = con de del efecto el ella ellos en foto fotos hacer haz hazme la las le les lo los me mi mis para por porfa que quiero se su sus un una unos video y yo
search-found = { $count ->
        [one] <b>«{ $text }»</b>: esto encontré.
       *[other] <b>«{ $text }»</b>: { $count } efectos.
    }{ $more ->
        [0] {""}
       *[other] {" "}Estos son los más parecidos; con una palabra más acierto mejor.
    }
search-nothing = No encontré nada para «{ $text }». Aquí está todo:
unknown-effect-near = No conozco el efecto «{ $name }». ¿Querías decir { $names }?
unknown-effect = No conozco «{ $name }». /effects muestra lo que hay, /help cómo funciona.
which-effect = ¿Qué efecto? Por ejemplo <code>/effect jelly squish</code>. /effects los muestra todos.

# ---------------------------------------------------------------- preguntas por lo que falta
choose-effect = { $count ->
        [one] <b>¿Qué hago con esta foto?</b>
       *[other] <b>¿Qué hago con estas { $count } fotos?</b>
    }
ask-photo = { $emoji } <b>{ $title }</b> — envíame la foto.
ask-two-photos = { $emoji } <b>{ $title }</b> — envíame dos fotos, una tras otra o juntas. { $order ->
        [turn] Se usan en ese orden.
       *[sides] La primera quedará a la izquierda.
    }
ask-second-photo = { $emoji } <b>{ $title }</b> — { $order ->
        [turn] ya tengo la primera foto.
       *[sides] ya tengo la primera foto; quedará a la izquierda.
    } Ahora envíame la otra.
ask-words = { $emoji } <b>{ $title }</b> — ¿qué debe pasar en la imagen? Por ejemplo: <i>ella sonríe y saluda</i>.
ask-photo-and-words = { $emoji } <b>{ $title }</b> — envíame la foto y escribe qué debe pasar en ella: en el pie o aparte.
ask-model = { $emoji } <b>{ $title }</b> — el modelo v2 solo admite una foto. Con v1.6 la primera foto es el comienzo del vídeo y la segunda el final. ¿Cuál prefieres?
ask-words-by-reply = Responde a este mensaje con tus palabras.
ask-mended = { $kept ->
        [0] Envíame las palabras otra vez.
       *[other] He guardado el resto: envíame solo la parte corregida, o todo de nuevo.
    }
ask-confirm = { $emoji } <b>{ $title }</b>: esto es lo que tengo ahora:
    «<i>{ $prompt }</i>»
    <code>{ $options }</code>
    ¿Lo hago así? Si no, envíame las palabras otra vez.
wrong-seconds = <b>{ $value }</b> no se puede: un vídeo dura 5 o 10 segundos, así que escribe <code>5s</code> o <code>10s</code>.
wrong-cfg = Después de <code>--cfg</code> va un número de 0 a 1, como <code>--cfg 0.5</code>.
wrong-model = Los modelos son <code>--model v1.6</code> y <code>--model v2</code>.
wrong-fixed = El dueño de este bot ha fijado la duración y el modelo: { $value }, y la duración habitual.
wrong-no = Después de <code>--no</code> va lo que no quieres ver, como <code>--no texto, desenfoque</code>.
wrong-option = No conozco la opción «{ $value }». Hay <code>5s</code>, <code>10s</code>, <code>--no texto, desenfoque</code>, <code>--cfg 0.5</code> y <code>--model v2</code>.
wrong-long = Son { $value } caracteres, y no puedo pasar más de 2500. Dilo con menos palabras, por favor.
ask-by-reply = Responde a este mensaje con la foto.
still-waiting-for-photo = { $count ->
        [0] Estoy esperando una foto. Envíala aquí, o /cancel.
       *[other] Estoy esperando la otra foto. Envíala aquí, o /cancel.
    }
draft-held = { $emoji } <b>{ $title }</b> — no estaba cuando lo pediste. ¿Lo hago ahora?
draft-expired = Han pasado más de diez minutos, así que lo he dejado. Envía la foto otra vez cuando quieras.
draft-cancelled = De acuerdo, cancelado. No se ha cobrado nada.
not-a-photo = { $kind ->
        [sticker] Eso es un sticker.
        [animation] Eso es una animación.
        [video] Eso es un vídeo.
        [voice] Eso es un sonido.
        [paid] No puedo usar lo que se vende por Estrellas.
        [story] No puedo ver historias.
        [link] No puedo ver la imagen de un enlace.
        [other] No puedo usar la imagen que hay ahí.
       *[file] Ese archivo no es una imagen.
    } Necesito una foto fija: como foto, o como archivo de imagen (JPEG, PNG, WebP o HEIC).
what-to-do = Envíame una foto y te enseño lo que puedo hacer con ella. /effects lo muestra todo, /help explica cómo funciona.


# ---------------------------------------------------------------- personas en lugar de fotos
note-no-own-picture = No tienes ninguna foto de perfil que yo pueda ver.
note-no-picture = { $name } no tiene ninguna foto de perfil que yo pueda ver.
note-away = { $name } no está en este grupo, así que no puedo preguntar si se puede usar su foto.
note-unknown-person = Aún no he visto a { $name } por aquí. Vale una respuesta a uno de sus mensajes, o una foto.
note-people-in-groups = Las fotos de perfil de otras personas valen en grupos, donde puedo preguntarles antes.
someone = alguien ({ $id })
consent-ask = { $emoji } <a href="tg://user?id={ $id }">{ $name }</a>, { $asker } quiere hacer un vídeo con tu foto de perfil: <b>{ $title }</b>. ¿Te parece bien?
consent-ask-words = { $emoji } <a href="tg://user?id={ $id }">{ $name }</a>, { $asker } quiere hacer un video con tu foto de perfil: <b>{ $title }</b>. Debe pasar esto: «<i>{ $prompt }</i>». ¿Te parece bien?
consent-not-yours = Solo { $name } puede responder a esto.
consent-given = ¡Gracias!
consent-changed = Esto cambió desde que te pregunté. Por favor, lee la pregunta otra vez.
consent-denied = De acuerdo, no se usa tu foto.
consent-expired = { $name } no ha respondido en media hora, así que lo he dejado. No se ha cobrado nada.
consent-in-group = Pídelo otra vez en el grupo, donde puedo preguntar a la persona de la foto.
refused-consent = { $name } prefiere que no. No se ha hecho ni cobrado nada.
refused-never = { $name } no quiere que se use su foto de perfil. No se ha hecho nada.
refused-away = { $name } no está aquí y no puedo preguntarle. No se ha hecho nada.
refused-unasked = { $name } tiene que aceptar cada video primero. Por favor, pídelo en el grupo.
refused-busy = Ya hay aquí una pregunta para { $name } sobre otro video. Vuelve a pedirlo cuando haya respondido.
refused-paused = Hace poco ya hubo aquí una pregunta para { $name }. Vuelve a pedirlo en diez minutos.
privacy-policy =
    <b>Privacidad</b>

    Tus fotos van a { $services }COUNTRY para hacer tu video, sin los datos de lugar y de cámara. No guardo copia, solo los identificadores de los archivos en Telegram.
    Guardo tu nombre, tus pedidos y elecciones, y qué videos se hicieron: los terminados { $days } días, los mensajes tres. Nadie más los recibe.
    /mydata te envía todo, /deletemydata lo borra. /terms tiene las condiciones.
privacy-country = (en { $country })
privacy-policy-url = <b>Privacidad</b>: <a href="{ $url }">la política de quien administra este bot</a>. /mydata te envía todo lo que se guarda sobre ti, /deletemydata lo borra.
terms =
    <b>Condiciones</b>

    • Envía solo fotos de personas que estén de acuerdo, y ninguna de menores en efectos que no son para ellos.
    • No engañes a nadie con los videos: están hechos con IA, y lo dicen.
    • Nada de violencia contra personas reales, nada sexual, nada que la ley prohíba.
    • Los videos los hace un servicio de pago; nadie tiene derecho a uno. A quien incumpla se le puede cerrar el acceso.
terms-url = <b>Condiciones</b>: <a href="{ $url }">las condiciones de quien administra este bot</a>
privacy =
    <b>Tu foto de perfil</b>

    En los grupos se puede pedir un vídeo con tu foto de perfil: por ejemplo, /hug en respuesta a ti. ¿Qué hago entonces?
privacy-ask = Pregúntame cada vez
privacy-never = No uses nunca mi foto
privacy-always = Siempre, en mis grupos
privacy-kept = Así lo haré.
mydata-caption = Todo lo que guardo sobre ti.
mydata-in-private = Tus datos son asunto de nuestro chat privado.
deletemydata =
    <b>¿Borrar todo lo que guardo sobre ti?</b> Los registros de tus videos, tus pedidos, tus elecciones y tu nombre. Lo que costaron los videos queda en las cuentas, sin ti. Los videos en los chats se quedan donde están.{ $count ->
        [0] {""}
        [one] {" "}Todavía se está haciendo un video.
       *[other] {" "}Todavía se están haciendo { $count } videos.
    }
    Si hoy pediste videos, podrás pedir el próximo un día después del último.
button-erase-now = 🗑 Borrar ahora
button-erase-later = ⏳ Borrar cuando estén listos
button-erase-keep = Conservar
erased-now = Todo está borrado.
erased-later = Lo borraré todo en cuanto tus videos estén listos.
erased-keep = De acuerdo, no se borró nada.
privacy-in-private = Lo que se puede hacer con tu foto de perfil lo decides tú, en nuestro chat privado: /privacy
# ---------------------------------------------------------------- modo inline y modo invitado
inline-placed = { $emoji } <b>{ $title }</b>: el vídeo se está haciendo. Si aquí no se mueve nada, quien lo pidió pulsa Empezar.
inline-made-of-recent = { $count ->
        [one] Necesita una foto: la última que me enviaste, { $ago }
       *[other] Necesita dos fotos: las dos últimas que me enviaste, { $ago }; la más antigua queda a la izquierda
    }
inline-made-of-picture = Necesita una foto: tu foto de perfil
inline-your-video = Tu vídeo, { $ago }
inline-photos-first = Primero envíame fotos
inline-one-more-photo = Envíame una foto más
inline-other-photos = Usar otras fotos
inline-send-any = Envíame una foto, o dos para los efectos de dos: la primera quedará a la izquierda. Luego te llevo de vuelta.
inline-go-back = Gracias. Elige el chat y luego el efecto; { $count ->
        [one] se hará con la última foto que me enviaste.
       *[other] se hará con las dos últimas fotos que me enviaste, la más antigua a la izquierda.
    }
guest-how = Responde a una foto y escribe mi nombre y un efecto:
guest-effect = { $emoji } <code>@{ $at } { $name }</code> — { $title }{ $count ->
        [one] {""}
       *[other] , con tu foto de perfil a la izquierda
    }
guest-unknown = No conozco el efecto «{ $name }». Responde a una foto y escribe mi nombre y uno de estos:
guest-how-1 = Para eso necesito una foto. Responde a una con <code>@{ $at } { $name }</code>.
guest-how-2 = Para eso necesito una foto. Responde a una con <code>@{ $at } { $name }</code>: tu foto de perfil queda a la izquierda y la foto a la derecha.
guest-not-a-photo = Para eso necesito una foto fija. Responde a una con <code>@{ $at } { $name }</code>.
guest-no-picture = { $title } necesita dos fotos, y no veo ninguna foto de perfil tuya. Envía una foto propia con <code>@{ $at } { $name }</code> en el pie, en respuesta a la otra foto.
guest-nobody = No veo quién eres aquí, y los vídeos se cuentan por persona. Escribe con tu propio nombre, por favor.

# ---------------------------------------------------------------- ajustes de un grupo
rules-effect-off = Los administradores de este grupo han desactivado ese efecto. /effects muestra lo que hay.
report-how = Responde a un video mío con /report y los administradores del bot lo revisarán.
report-done = Gracias. Los administradores del bot lo revisarán.
report-nobody = Nadie atiende los reportes de este bot. Puede borrar el video quien lo pidió o aparece en él.
button-report = 🚩 Reportar
button-ban = ⛔ Bloquear
notice-report = <b>Reportaron un video.</b> { $detail }
access-banned = Ya no puedes usar este bot.
access-unknown = Este bot es privado. Quien lo administra decide quién puede usarlo.
access-group = Este bot no puede funcionar en este grupo: quien lo administra decide dónde puede. ¡Adiós!
access-who = ¿Quién? Responde a un mensaje suyo con /{ $command }, o escribe después su id o su @nombre.
access-admin = Es un administrador de este bot.
access-ban-done = { $name } (<code>{ $id }</code>) ya no puede usar el bot. Lo que tenía en marcha terminó.
access-unban-done = { $name } (<code>{ $id }</code>) puede volver a usar el bot, como todos.
access-allow-done = { $name } (<code>{ $id }</code>) puede usar el bot.
access-banned-head = <b>Bloqueados</b>
access-allowed-head = <b>Admitidos</b>
access-line = { $name } (<code>{ $id }</code>)
access-nobody = Nadie está bloqueado.
rules-banned = Ya no puedes usar este bot.
rules-admins-only = En este grupo solo los administradores pueden pedir vídeos.
group-settings-for-admins = Solo los administradores de este grupo pueden cambiar sus ajustes.
group-settings =
    <b>Ajustes de este grupo</b>

    Quién puede pedir vídeos: <b>{ $who ->
        [admins] solo administradores
       *[everyone] todos
    }</b>
    Vídeos en 24 horas: <b>{ $limit }</b>
    Efectos: <b>{ $some } de { $all }</b>
group-limit = <b>¿Cuántos vídeos puede pedir este grupo en 24 horas?</b>
group-language = <b>¿En qué idioma hablo en este grupo?</b>
group-effects = <b>¿Qué efectos hay en este grupo?</b> Elige un tema.
button-who-everyone = Piden todos
button-who-admins = Solo administradores
button-group-effects = Efectos
button-group-limit = Límite diario
button-group-language = Idioma
button-limit-most = Todos los que pueda ({ $limit })
button-language-each = El de cada persona
button-theme = { $emoji } { $title } ({ $some }/{ $all })
button-all-on = Activar todos
button-all-off = Desactivar todos
button-step-back = ‹ Atrás
button-done = Listo

# ---------------------------------------------------------------- mensaje de estado
status-queued = { $emoji } <b>{ $title }</b> — en la cola{ $position ->
        [1] {""}
       *[other] {" "}(número { $position })
    }
status-waiting-for-service = { $emoji } <b>{ $title }</b> — { $reason ->
        [busy] el servicio de vídeo está ocupado ahora
       *[other] el servicio de vídeo no responde ahora
    }. Sigo intentándolo por mi cuenta; no se ha cobrado nada.
status-submitting = { $emoji } <b>{ $title }</b> — enviando tus fotos al servicio de vídeo
status-generating = { $emoji } <b>{ $title }</b> — en marcha, { $elapsed } de unos { $usual }
    { $bar }
status-generating-short = { $emoji } <b>{ $title }</b> — en marcha, { $elapsed } de unos { $usual }
status-late = { $emoji } <b>{ $title }</b> — tarda más de lo normal ({ $elapsed } hasta ahora). Sigo pendiente, y el vídeo llegará aquí en cuanto esté.
status-in-doubt = { $emoji } <b>{ $title }</b> — el servicio de vídeo no ha respondido con claridad. Estoy averiguando si ha aceptado las fotos; espera, por favor.
status-needs-decision = { $emoji } <b>{ $title }</b> — el servicio de vídeo no ha respondido y tus fotos no aparecen en su registro. Lo más probable es que no las haya aceptado. Enviarlas otra vez cuenta como otro vídeo. ¿Las envío otra vez? ({ $job })
status-record-unread = { $emoji } <b>{ $title }</b> — no he podido averiguar si el servicio de vídeo aceptó tus fotos: no puedo leer su registro. Enviarlas otra vez cuenta como otro vídeo; si las aceptó, se pagarán los dos. ¿Las envío otra vez? ({ $job })
status-withhold = { $emoji } <b>{ $title }</b> — { $paid ->
        [yes] ya está pagado
       *[maybe] puede que ya esté pagado
    }, y no se puede detener al servicio de vídeo. ¿Lo publico aquí cuando esté listo?
status-withholding = { $emoji } <b>{ $title }</b> — no lo publicaré. { $paid ->
        [yes] Ya está pagado
       *[maybe] Puede que ya esté pagado
    } y no se puede detener; cuando esté listo, quien lo pidió lo encontrará en /status.
status-withheld-asked = { $emoji } <b>{ $title }</b> — hecho y pagado. ¿Lo publico aquí?
status-withheld = { $emoji } <b>{ $title }</b> — hecho y sin publicar. Quien lo pidió lo encuentra en /status.
status-given-up = { $emoji } <b>{ $title }</b> — cancelado. Puede que se haya cobrado.
status-cancelled = { $emoji } <b>{ $title }</b> — cancelado. No se ha cobrado nada.
status-no-rights = { $emoji } <b>{ $title }</b>: el vídeo está listo, pero no puedo enviar vídeos en este chat.
status-closed = { $emoji } <b>{ $title }</b>: el vídeo está listo, pero no puedo enviarlo en este chat.
status-not-here = { $emoji } <b>{ $title }</b>: el vídeo está listo, pero no se puede mostrar en este mensaje.
fetch-here-already = Ese vídeo ya lo has recibido: está en este chat, más arriba.
undelivered = { $count ->
        [one] Un vídeo tuyo ya terminado no te ha llegado. Presiona para recibirlo aquí.
       *[other] { $count } vídeos tuyos ya terminados no te han llegado. Presiona para recibirlos aquí.
    }
status-arriving = 🎬 Tu vídeo está en camino …
status-delayed = { $emoji } <b>{ $title }</b> — el vídeo está hecho, pero ahora mismo no puedo traerlo aquí. Sigo intentándolo por mi cuenta.
status-no-video = { $emoji } <b>{ $title }</b> — el vídeo se hizo, pero no he podido recogerlo del servicio de vídeo. ({ $job })
status-rejected = { $emoji } <b>{ $title }</b> — el vídeo se hizo, pero Telegram no me lo acepta. Puedes abrirlo en el servicio de vídeo. ({ $job })
status-unreachable = { $emoji } <b>{ $title }</b> — el vídeo se hizo, pero durante un mes no he podido traerlo aquí. ({ $job })
status-link = el vídeo es demasiado grande para Telegram, así que aquí va como enlace.
note-left-right = La primera foto queda a la izquierda.
note-not-in-group = En el grupo no puedo escribir, así que el vídeo llega aquí.
note-from-recent-one = Hecho con la última foto que me enviaste.
note-from-recent-two = Hecho con las dos últimas fotos que me enviaste: la más antigua queda a la izquierda.
note-from-picture = Hecho con tu foto de perfil.
note-from-replied = Hecho con la foto de arriba.
note-from-own = Hecho con la foto del mensaje.
note-from-own-replied = Tu foto queda a la izquierda, y la foto a la que respondiste, a la derecha.
note-from-picture-replied = Tu foto de perfil queda a la izquierda, y la foto a la que respondiste, a la derecha.
note-from-picture-own = Tu foto de perfil queda a la izquierda, y la foto de tu mensaje, a la derecha.
note-motion = «<i>{ $prompt }</i>» ({ $duration } s, { $model })
note-first-last = Empieza con la primera foto y termina con la segunda.
note-extra-photos = { $count ->
        [one] Enviaste más fotos de las necesarias: usé la que lleva el comando o, si no hay, la primera.
       *[other] Enviaste más fotos de las necesarias: usé la que lleva el comando y la de al lado o, si no hay, las { $count } primeras.
    }
announce-delivered = { $emoji } Tu vídeo está listo: { $title }.
announce-failed = { $emoji } { $title }: esta vez no hay vídeo; el motivo está arriba.
announce-decision = { $emoji } { $title }: necesito que decidas algo.
announce-late = { $emoji } { $title }: tarda más de lo normal. Sigo en ello.
caption-delivered = { $emoji } <b>{ $title }</b>
caption-ai = ✨ Hecho con IA
caption-animation = { $emoji } <b>{ $title }</b>
    «<i>{ $prompt }</i>»

# ---------------------------------------------------------------- /status y /cancel
status-head = <b>Tus vídeos</b>
status-head-group = <b>Tus vídeos en este grupo</b>
status-none = Todavía ninguno. ¡Envíame una foto!
status-line = { $emoji } { $title } — { $state }, { $ago } (<code>{ $job }</code>)
status-left = Puedes pedir { $left } más en estas 24 horas (de { $daily }).
status-no-limit = Administras este bot: sin límite.
state-queued = en la cola
state-submitting = enviándose
state-in-doubt = en averiguación
state-needs-decision = a la espera de que decidas
state-generating = en marcha
state-ready = en camino
state-delivering = en camino
state-delivered = listo
state-withholding = haciéndose, no se publicará
state-withheld = hecho, sin publicar
state-undeliverable = no se pudo enviar
state-failed = no salió
state-cancelled = cancelado
stats-now = <b>Ahora</b>
stats-quiet = No se está haciendo nada.
stats-span = <b>{ $days ->
        [one] Las últimas 24 horas
       *[other] Los últimos { $days } días
    }</b>
stats-asked = { $count ->
        [one] un vídeo
       *[other] { $count } vídeos
    } a petición de { $people ->
        [one] una persona
       *[other] { $people } personas
    }
stats-line = { $state }: { $count }
stats-needs-decision = a la espera de que alguien decida
stats-lost = Se perdió la respuesta del servicio: { $count }. Encontrados allí: { $found }. Consultados con la persona: { $asked }.
balance-head = <b>Queda en la cuenta</b>
balance-line = { $service }: { $usd } USD
balance-units = { $service }: { $units } unidades, unos { $usd } USD
balance-untold = { $service }: la clave funciona; el servicio no dice lo que queda.
balance-refused = { $service } no acepta la clave: { $detail }
balance-trouble = No se puede preguntar a { $service } ahora: { $detail }
spent-head = <b>Gastado</b>
spent-line = { $days ->
        [one] en 24 horas
       *[other] en { $days } días
    }: { $usd } USD por { $count ->
        [one] un vídeo
       *[other] { $count } vídeos
    }{ $unknown ->
        [0] {""}
        [one] {" "}y uno más a un precio que nadie dijo
       *[other] {" "}y { $unknown } más a un precio que nadie dijo
    }
budget-head = <b>Presupuestos</b>
budget-line = { $days ->
        [one] en 24 horas
       *[other] en { $days } días
    }: { $spent } USD gastados, { $reserved } USD reservados{ $limited ->
        [no] , sin límite
       *[yes] , de { $budget } USD
    }
budget-service = – { $service }: { $spent } USD gastados, { $reserved } USD reservados
dearest-head = <b>En quién se gastó, en 30 días</b>
dearest-line = { $name } (<code>{ $id }</code>): { $usd } USD
dearest-group = grupo <code>{ $id }</code>: { $usd } USD
price-head = <b>Lo que cuesta un vídeo</b> ({ $quality })
price-line = { $emoji } { $title }: { $costs }
price-cost = { $service } { $usd } USD
price-most = { $service } como mucho { $usd } USD
price-none = { $service } no dice sus precios. Puedes decirlos tú, en tu archivo de efectos: mira docs/effects.md.
cancel-nothing = Aquí no hay nada que cancelar.
cancel-which = ¿Cuál?
cancel-free = Cancelado. No se ha cobrado nada.
cancel-left = Cancelado. Puede que se haya cobrado.
cancel-ask = { $paid ->
        [yes] Ya está pagado
       *[maybe] Puede que ya esté pagado
    }, y no se puede detener al servicio de vídeo. ¿Lo publico cuando esté listo?
cancel-ask-made = Está hecho y pagado. ¿Lo publico?
cancel-withholding = No lo publicaré. Cuando esté listo, lo encontrarás en /status.
cancel-withheld = No lo publicaré. Lo encuentras en /status.
cancel-too-late = Ya es tarde para cancelar ese.
span-minutes = { $count ->
        [one] 1 minuto
       *[other] { $count } minutos
    }
span-hours = { $count ->
        [one] 1 hora
       *[other] { $count } horas
    }
span-days = { $count } días
ago = hace { $span }
just-now = ahora mismo

# ---------------------------------------------------------------- respuestas a una pulsación
press-over = Eso ya pasó. Envíame una foto para empezar de nuevo.
press-gone = { $emoji } { $title } ya no se ofrece. /effects muestra lo que hay.
press-not-yours = Aquí solo puede pulsar quien lo pidió.
press-on-its-way = Ya va en camino.
press-withheld-by-admin = Un administrador de este grupo no quiere que se publique aquí. /status lo trae a nuestro chat privado.
press-fetched-in-private = Ya lo has recibido: está en nuestro chat privado.
press-already-asked = Ya le he preguntado.
press-removing = Estoy borrando el vídeo.
cannot-remove-in-group = Telegram ya no me deja borrar este mensaje. Un administrador de este grupo sí puede.
cannot-remove-in-private = Telegram ya no me deja borrar este mensaje. Tú sí puedes: mantenlo presionado.
press-already = Ya se está haciendo.
press-late = No estaba cuando tocaste eso. Si todavía lo quieres, tócalo otra vez.
press-queued = { $emoji } { $title } — en la cola.

# ---------------------------------------------------------------- /settings
settings-head = <b>Tus ajustes</b>
    Valen para los vídeos que pidas a partir de ahora.
settings-quality = <b>Calidad</b>: Pro es más nítida. Algunos efectos solo tienen una calidad.
settings-duration = <b>Duración</b>: diez segundos donde el efecto puede durar tanto, si no cinco.
settings-animate-model = <b>El modelo de /animate</b>: v2 es mejor, más caro y más lento, y solo admite una foto.
settings-service = <b>Servicio de vídeo</b>: hace lo que puede; el otro hace el resto y echa una mano.
settings-language = <b>Idioma</b>
settings-same-price = Los videos más largos, la mejor calidad y los modelos más caros están reservados a los administradores de este bot.
settings-nothing = El dueño de este bot ha fijado cómo se hacen los vídeos.
button-chosen = ✓ { $option }
option-standard = Estándar
option-pro = Pro
option-model-v1-6 = v1.6
option-model-v2 = v2
option-seconds = { $count } s
option-as-telegram = Como en Telegram
language-name = Español

# ---------------------------------------------------------------- límites
limit-daily = Has pedido { $limit ->
        [one] un vídeo
       *[other] { $limit } vídeos
    } en las últimas 24 horas, que es todo lo que puedo hacer por persona. El próximo, dentro de { $wait }.
limit-attempts = En las últimas 24 horas envié { $limit ->
        [0] nada tuyo
        [one] uno de tus videos
       *[other] { $limit } de tus videos
    } al servicio de video, contando los que fallaron, y no puedo enviar más. El próximo, dentro de { $wait }.
limit-content = El servicio de video rechazó { $limit ->
        [one] uno de tus pedidos
       *[other] { $limit } de tus pedidos
    } por sus reglas de contenido en las últimas 24 horas, así que por ahora no envío más. El próximo, dentro de { $wait }.
limit-retired = El servicio de vídeo ya no hace este efecto. /effects muestra lo que hay.
limit-active = Ya te estoy haciendo { $limit ->
        [one] un vídeo
       *[other] { $limit } vídeos
    }. Vuelve a pedir cuando haya uno listo; /status los muestra.

limit-all = { $limit ->
        [0] Por ahora no puedo hacer vídeos.
        [one] Ya he hecho el único vídeo que puedo hacer entre todos en 24 horas. El próximo, dentro de { $wait }.
       *[other] Ya he hecho los { $limit } vídeos que puedo hacer entre todos en 24 horas. El próximo, dentro de { $wait }.
    }
limit-budget-user = Por ahora se agotó lo que puedo gastar en tus videos.{ $minutes ->
        [0] {" "}Este no lo puedo hacer.
       *[other] {" "}El próximo será posible en { $wait }.
    }
limit-budget-group = Por ahora se agotó lo que puedo gastar en los videos de este grupo.{ $minutes ->
        [0] {" "}Este no lo puedo hacer.
       *[other] {" "}El próximo será posible en { $wait }.
    }
limit-budget-day = Se agotó lo que puedo gastar hoy en videos para todos.{ $minutes ->
        [0] {" "}Este no lo puedo hacer.
       *[other] {" "}El próximo será posible en { $wait }.
    }
limit-budget-month = Se agotó lo que puedo gastar este mes en videos para todos.{ $minutes ->
        [0] {" "}Este no lo puedo hacer.
       *[other] {" "}El próximo será posible en { $wait }.
    }
limit-group = { $limit ->
        [0] Este grupo no puede pedir vídeos por ahora.
        [one] Este grupo ya ha tenido su único vídeo de las últimas 24 horas. El próximo, dentro de { $wait }.
       *[other] Este grupo ya ha tenido sus { $limit } vídeos de las últimas 24 horas. El próximo, dentro de { $wait }.
    }

# ---------------------------------------------------------------- por qué no hay vídeo
photo-which = { $photo ->
        [0] { $count ->
            [one] la foto
           *[other] una de las fotos
        }
        [1] { $count ->
            [one] la foto
           *[other] la primera foto
        }
       *[other] la segunda foto
    }
failure-head = { $emoji } <b>{ $title }</b> — esta vez no hay vídeo.
failure-foot = No se ha cobrado nada. ({ $job })
failure-foot-unsure = Puede que se haya cobrado. ({ $job })
failure-no_face = No he encontrado ninguna cara en { $which }. Prueba con una donde la cara se vea grande, nítida y de frente; o con un efecto que vale para todo, abajo.
failure-moderated = Las normas del servicio de vídeo no permiten { $which }. Prueba con otra, por favor.
failure-moderated-words = Las normas del servicio de vídeo no permiten estas palabras, o { $which }. Prueba con otras palabras o con otra foto, por favor.
failure-photo_size = El servicio de vídeo no ha podido usar { $which } por su tamaño o su forma. Vale una foto de al menos 300 píxeles por lado y no demasiado estrecha.
failure-photo_unreadable = El servicio de vídeo no ha podido leer { $which }. Envía otra, por favor.
failure-retired = El servicio de vídeo ya no hace este efecto. Elige otro, por favor.
failure-not_offered = El servicio de vídeo no hace este tipo de vídeos. Elige otra cosa, por favor.
failure-busy = El servicio de vídeo no tenía sitio, aunque lo he intentado un buen rato. Inténtalo más tarde, por favor.
failure-down = El servicio de vídeo no funciona en este momento, aunque lo he intentado un buen rato. Inténtalo más tarde, por favor.
failure-out_of_credit = La cuenta del bot en el servicio de vídeo está vacía. Su dueño ya lo sabe; inténtalo más tarde, por favor.
failure-bad_key = El servicio de vídeo no deja entrar al bot. Su dueño ya lo sabe; inténtalo más tarde, por favor.
failure-account = El servicio de video no deja que la cuenta del bot haga videos por ahora. Su dueño ya lo sabe; inténtalo más tarde, por favor.
failure-misconfigured = El servicio de vídeo no ha entendido al bot. Su dueño ya lo sabe; inténtalo más tarde, por favor.
failure-timed_out = El servicio de vídeo tardó demasiado con este y lo dejó.
failure-given_up = El servicio de vídeo aceptó las fotos hace un día y todavía dice que no ha terminado. Este lo doy por perdido.
failure-nothing_made = El servicio de video lo intentó y no hizo nada con { $which }. Quizá sirva otra foto.
failure-no_video = El servicio de video terminó, pero no encontré ningún video en su respuesta. El dueño del bot ya lo sabe.
failure-other = El servicio de vídeo ha dicho que no, y no por qué. Quizá valga otra foto.
failure-consent = La persona de la foto de perfil ya no está de acuerdo.
failure-nowhere = No puedo escribir en el chat ni a ti en privado, así que nadie habría visto el vídeo. Presiona Iniciar en nuestro chat privado y pídelo otra vez.
failure-telegram = No he podido recibir { $which } de Telegram. Envíala otra vez, por favor.
failure-photo_process = No he podido preparar { $which }, y quien opera el bot ya lo sabe. Inténtalo más tarde, por favor.
failure-not_a_picture = No puedo leer { $which } como imagen. Envía una foto, o un archivo JPEG, PNG, WebP o HEIC, por favor.
failure-animated = Así no puede ser: { $which } se mueve. Necesito una imagen fija.
failure-cut_short = El archivo de { $which } está incompleto. Envíala otra vez, por favor.
failure-empty = El archivo de { $which } está vacío. Envíala otra vez, por favor.
failure-too_many_pixels = Hay demasiados píxeles en { $which }. Envía una más pequeña, por favor.
failure-too_small = Hay muy pocos píxeles en { $which }: cada lado necesita al menos 150, mejor 300 o más.
failure-too_narrow = La forma de { $which } es demasiado larga y estrecha. Recórtala, por favor.
failure-too_big = El archivo de { $which } pasa de 20 MB, y Telegram no da tanto a los bots. Envíala como foto, por favor.

handler-failed = Algo ha salido mal por mi parte con tu mensaje. Inténtalo otra vez, por favor.

# ---------------------------------------------------------------- al dueño del bot
notice-out_of_credit = <b>La cuenta en { $service } está vacía.</b> Lo que hace otro servicio va allí; si no, se pide que lo intenten más tarde. Ha dicho: { $detail }
notice-bad_key = <b>{ $service } no acepta la clave.</b> Comprueba { $setting }. Ha dicho: { $detail }
notice-account = <b>{ $service } no deja que esta cuenta haga videos.</b> Revisa la cuenta allí: puede faltar una suscripción, una verificación, un permiso o una dirección IP permitida. Ha dicho: { $detail }
notice-misconfigured = <b>{ $service } no ha entendido una petición.</b> Comprueba su dirección en los ajustes. Ha dicho: { $detail }
notice-clock = <b>El reloj de esta máquina y el de { $service } difieren en { $detail }.</b> Lo tengo en cuenta, pero por favor ajusta el reloj de la máquina.
notice-storage = <b>El chat de almacenamiento no admite vídeos.</b> Haz al bot administrador de ese chat y comprueba STORAGE_CHAT_ID; hasta entonces los vídeos del modo inline y del modo invitado van por su dirección, hasta 20 MB. Telegram ha dicho: { $detail }
notice-photo_fetch = <b>Durante diez minutos no se pudo obtener una foto de Telegram.</b> Se le pidió a la persona que la envíe otra vez. Si tu propio servidor de la Bot API funciona con --local, comparte su carpeta con el bot y pon TELEGRAM_LOCAL_MODE=true. El último intento: { $detail }
notice-photo_process = <b>No se pueden preparar fotos:</b> el proceso que lo hace no arrancó en diez minutos. Comprueba cuánta memoria y cuántos procesos puede tener el bot. El último intento: { $detail }
notice-retired = <b>{ $service } ya no conoce el efecto «{ $about }».</b> Lo que hace otro servicio va allí; si no, deja de ofrecerse. <code>python -m bot effects --restore { $about }</code> lo recupera. Ha dicho: { $detail }
notice-budget_day = <b>DAILY_BUDGET_USD ({ $detail } USD) se agotó:</b> eso se gastó o está reservado para los videos de las últimas 24 horas. A la gente se le dice que vuelva más tarde. /balance muestra en quién se gastó.
notice-budget_month = <b>MONTHLY_BUDGET_USD ({ $detail } USD) se agotó:</b> eso se gastó o está reservado para los videos de los últimos 30 días. A la gente se le dice que vuelva más tarde. /balance muestra en quién se gastó.
notice-daily_limit = <b>Se ha alcanzado DAILY_LIMIT ({ $detail }):</b> son los vídeos que entre todos se han pedido en 24 horas. A los demás se les pide que vuelvan más tarde; a ti no te afecta. /stats y /balance muestran lo hecho y lo gastado.
notice-low_balance = <b>Quedan { $detail } USD en { $service }.</b> Recarga antes de que se acaben los vídeos. LOW_BALANCE_USD fija cuándo se te avisa; /balance muestra más.
notice-no_video = <b>{ $service } terminó un trabajo y en su respuesta no hay ningún video.</b> La persona ya lo sabe; puede que se haya cobrado. Por favor, avisa a los autores del bot de la forma de la respuesta: { $detail }
notice-unknown_status = <b>{ $service } responde con un estado que el bot no conoce: «{ $detail }».</b> Cuenta como «en proceso». Si significa el final, avisa por favor a los autores del bot.
notice-late_jobs = <b>{ $detail } videos en { $service } tardan más que DEADLINE_MINUTES.</b> Comprueba si el servicio funciona. Los sigo buscando y le envío otros nuevos; se avisa de que tardan más.

# ---------------------------------------------------------------- temas y efectos
# Lo que falta aquí se llama como en el catálogo; el título de quien opera el bot vale en todos los idiomas.
theme-title-hearts = Abrazos y corazones
theme-title-squishy = Blando y blandito
theme-title-pets = Mascotas
theme-title-dance = Baile
theme-title-wings = Alas
theme-title-magic = Magia y leyendas
theme-title-action = Acción
theme-title-sport = En movimiento
theme-title-stadium = Fútbol y estadio
theme-title-party = Celebraciones
theme-title-winter = Navidad e invierno
theme-title-lunar = Año Nuevo lunar
theme-title-luck = Suerte y dinero
theme-title-halloween = Halloween
theme-title-style = Estilo
theme-title-camera = Trucos de cámara
theme-title-scenes = Pequeñas escenas

effect-title-hug = Abrazo
effect-title-kiss = Beso
effect-title-heart = Corazón con las manos
effect-title-fight = Pelea
effect-title-squish = Estrujar
effect-title-expansion = Inflar
effect-title-animate = Animación
effect-title-gun_shot = Disparo
effect-title-double_gun = Dos pistolas
effect-title-car_explosion = Coche que explota
effect-title-building_collapse = Edificio que se derrumba
effect-title-shark_alert = Alerta de tiburón
effect-title-watermelon_bomb = Bomba de sandía
effect-title-iron_warrior = Guerrero de hierro
effect-title-rocketrocket = Cohete
effect-title-martial_arts = Artes marciales
effect-title-skyfall = Caída del cielo
effect-title-raid_check = Redada
effect-title-door_revenge = Venganza en la puerta
effect-title-overdrive = A toda marcha
effect-title-day_to_night = Del día a la noche
effect-title-instant_film = Foto instantánea
effect-title-bullet_time_360 = Tiempo bala, 360°
effect-title-bullet_time_lite = Tiempo bala, suave
effect-title-zoom_out = Alejar la cámara
effect-title-spielberg_transition = Transición Spielberg
effect-title-smooth_transition = Transición suave
effect-title-finger_swipe = Pasar con el dedo
effect-title-landmark_reveal = Aparece el monumento
effect-title-city_to_village = De la ciudad al pueblo
effect-title-jazz_jazz = Jazz
effect-title-hula = Hula
effect-title-swag_dance = Baile con estilo
effect-title-cute_dance = Baile tierno
effect-title-bouncy_dance = Baile saltarín
effect-title-hot_feet_dance = Pies de fuego
effect-title-pigeon_dance = Baile de la paloma
effect-title-shrug_dance = Baile de hombros
effect-title-chanel_dance = Baile Chanel
effect-title-ghost_step_dance = Baile de paso fantasma
effect-title-motorcycle_dance = Baile de la moto
effect-title-subject_3_dance = Baile Subject 3
effect-title-heart_gesture_dance = Baile del corazón
effect-title-drunk_dance = Baile achispado
effect-title-popping = Popping
effect-title-pumpitup_dance = Baile Pump it up
effect-title-bloodline_dance = Baile Bloodline
effect-title-twist_shake = Giro y meneo
effect-title-sassy_shake = Meneo descarado
effect-title-hip_sway = Meneo de caderas
effect-title-high_kick = Patada alta
effect-title-exercise = Ejercicio
effect-title-funky_martian = Marciano funky
effect-title-samba_fever = Fiebre de samba
effect-title-african_sway = Ritmo africano
effect-title-jealousy_sway = Baile de los celos
effect-title-dance_brazil = Baile ardiente, Brasil
effect-title-dance_argentina = Baile ardiente, Argentina
effect-title-dance_france = Baile ardiente, Francia
effect-title-yangge_dance = Baile yangge
effect-title-daoma_dance = Baile daoma
effect-title-sedan_chair_dance = Baile del palanquín
effect-title-good_luck_dance = Baile de la suerte
effect-title-laicai_dance = Baile de la fortuna
effect-title-smooth_sailing_dance = Baile del buen viento
effect-title-witch_transform = Conviértete en bruja
effect-title-vampire_transform = Conviértete en vampiro
effect-title-zombie_transform = Conviértete en zombi
effect-title-mummy_transform = Conviértete en momia
effect-title-demon_transform = Conviértete en demonio
effect-title-pumpkin_head_transform = Cabeza de calabaza
effect-title-cute_pumpkin_transform = Calabaza adorable
effect-title-halloween_escape = Huida de Halloween
effect-title-venomous_spider = Araña venenosa
effect-title-jesus_hug = Abrazo de Jesús
effect-title-polar_bear_hug = Abrazo de oso polar
effect-title-brown_bear_hug = Abrazo de oso pardo
effect-title-tiger_hug = Abrazo de tigre
effect-title-heart_gesture_1 = Corazón en solitario
effect-title-girlfriend = Novia
effect-title-boyfriend = Novio
effect-title-siblings = Hermanos
effect-title-marry_me = Cásate conmigo
effect-title-snow_night_kiss = Beso en la nieve
effect-title-eternal_kiss = Beso eterno
effect-title-send_my_love = Con todo mi amor
effect-title-love_theme_song = Canción de amor
effect-title-surprise_bouquet = Ramo sorpresa
effect-title-bouquet_drop = Flores desde el cielo
effect-title-get_rich_quick = Rico al instante
effect-title-make_it_rain = Lluvia de billetes
effect-title-wealth_drive = Rumbo a la riqueza
effect-title-lucky_money_come = Dinero de la suerte
effect-title-fortune_in_motion = Fortuna en marcha
effect-title-fortune_god_transform = Dios de la fortuna
effect-title-fortune_knocks_cartoon = La fortuna llama
effect-title-good_luck_spirit = Espíritu de la suerte
effect-title-lucky_veggie = Verdura de la suerte
effect-title-prosperity = Prosperidad
effect-title-great_success = Gran éxito
effect-title-new_year_greeting = Saludo de Año Nuevo
effect-title-new_year_feast = Banquete de Año Nuevo
effect-title-ring_in_new = Recibir el año nuevo
effect-title-lucky_horse_year = Feliz año del caballo
effect-title-golden_horse_fortune = Caballo dorado
effect-title-crystal_horse = Caballo de cristal
effect-title-horse_mask = Máscara de caballo
effect-title-horse_year_firework = Fuegos del año del caballo
effect-title-lion_dance = Danza del león
effect-title-red_packet_box = Caja de sobres rojos
effect-title-lucky_red_packet = Sobre rojo de la suerte
effect-title-lantern_glow = Luz de farolillos
effect-title-spring_couplets = Versos de primavera propios
effect-title-tangyuan_to_animal = Bolitas de arroz animadas
effect-title-chinese_trend = Estilo chino
effect-title-magic_fireball = Bola de fuego mágica
effect-title-lightning_power = Poder del rayo
effect-title-mushroom = Seta
effect-title-piggy_morph = Conviértete en cerdito
effect-title-maestro_of_magic = Maestro de la magia
effect-title-magic_world_vlog = Vlog de un mundo mágico
effect-title-magic_world_vlog_portrait = Vlog de un mundo mágico (vert.)
effect-title-shooting_star = Estrella fugaz
effect-title-sparkler_wand = Varita de chispas
effect-title-sovereign_scepter = Cetro soberano
effect-title-return_of_the_king = El retorno del rey
effect-title-throne_of_king = El trono del rey
effect-title-dance_with_dragon = Baile con un dragón
effect-title-blow_blaze = Aliento de fuego
effect-title-guardian_spirit = Espíritu guardián
effect-title-luminous_elf = Elfo luminoso
effect-title-woodland_elf = Elfo del bosque
effect-title-nezha = Nezha
effect-title-phantom_jewel = Joya fantasma
effect-title-advent_of_flora = Llega Flora
effect-title-spring_bloom = Flor de primavera
effect-title-celebration = Celebración
effect-title-dollar_rain = Lluvia de dólares
effect-title-thumbs_up = Pulgar arriba
effect-title-balloon_parade = Desfile de globos
effect-title-happy_birthday = Feliz cumpleaños
effect-title-birthday_star = Estrella del cumpleaños
effect-title-birthday_board = Cartel de cumpleaños
effect-title-champagne_birthday = Cumpleaños con champán
effect-title-box_of_joy = Caja de alegría
effect-title-summer_fireworks = Fuegos de verano
effect-title-unique_firework = Tus propios fuegos
effect-title-first_toast_of_the_year = El primer brindis del año
effect-title-cheers_2026 = Brindis, 2026
effect-title-countdown_teleport = Teletransporte al contar
effect-title-pet_dance = Mascota bailarina
effect-title-pet_moto_rider = Mascota en moto
effect-title-pet_delivery = Mascota repartidora
effect-title-pet_chef = Mascota cocinera
effect-title-pet_wizard = Mascota maga
effect-title-pet_warrior = Mascota guerrera
effect-title-pet_lion = Mascota león
effect-title-pet_bee = Mascota abeja
effect-title-pet_working_daily = Mascota en el trabajo
effect-title-pet_fitness = Mascota en el gimnasio
effect-title-pet_diving = Mascota buceadora
effect-title-dj_pet = Mascota DJ
effect-title-disco_paws = Patas de discoteca
effect-title-paw_headbang = Mascota metalera
effect-title-drunk_dance_pet = Mascota achispada
effect-title-martial_meow = Miau marcial
effect-title-wiggle_faces_pets = Carita temblona
effect-title-critter_paste = Pasta de bichitos
effect-title-pet_roll_window = Mascota en la ventanilla
effect-title-pet_crash_earth = Mascota caída del cielo
effect-title-pet_burst = Explosión de mascota
effect-title-tiny_beast_printer = Impresora de bichitos
effect-title-pet_skateboard = Mascota en monopatín
effect-title-dumpling_making_pet = Mascota y empanadillas
effect-title-fish_making_pet = Mascota cocina pescado
effect-title-lion_dance_pet = Mascota en danza del león
effect-title-pet_red_packet = Mascota con sobre rojo
effect-title-media_interview = Entrevista
effect-title-construction_worker = Obrero de la construcción
effect-title-boss_coming = Que viene el jefe
effect-title-office_escape_plow = Huida de la oficina
effect-title-lie_flat = Tumbarse a la bartola
effect-title-cry_cry = Llanto
effect-title-smoke_smoke = Humo
effect-title-expression_challenge = Reto de muecas
effect-title-idol_live = Ídolo en el escenario
effect-title-food_splash = Salpicón de comida
effect-title-whirling_beverage = Bebida en remolino
effect-title-whirling_beverage_portrait = Bebida en remolino (vert.)
effect-title-prank_box = Caja de bromas
effect-title-net_the_fish = Pez en la red
effect-title-chubby_fish = Pez gordito
effect-title-shush_my_dreams = Silencio, sueño
effect-title-ski_ski = Esquí
effect-title-surfsurf = Surf
effect-title-skateskate = Patinaje
effect-title-splashsplash = Chapuzón
effect-title-jumpdrop = Salto al vacío
effect-title-swing_swing = Columpio
effect-title-lets_ride = A cabalgar
effect-title-dizzydizzy = Mareo
effect-title-flash_drive = Conducción relámpago
effect-title-flash_ride = Paseo relámpago
effect-title-dirt_rush = Carrera por el barro
effect-title-running = Correr
effect-title-running_man = Hombre corriendo
effect-title-toss_run = Lanzar y correr
effect-title-snowboarding = Snowboard
effect-title-jelly_squish = Estrujón de gelatina
effect-title-jelly_press = Apretón de gelatina
effect-title-jelly_slice = Corte de gelatina
effect-title-jelly_jiggle = Temblor de gelatina
effect-title-plushcut = Corte de peluche
effect-title-felt_felt = Fieltro
effect-title-wool_curly = Lana rizada
effect-title-fuzzyfuzzy = Peludito
effect-title-soccer_star = Estrella del fútbol
effect-title-football_live = Fútbol en directo
effect-title-football_live_portrait = Fútbol en directo (vert.)
effect-title-var_live = VAR en directo
effect-title-bicycle_kick = Chilena
effect-title-beast_striker = Delantero bestial
effect-title-victory_slide = Deslizamiento de victoria
effect-title-red_card = Tarjeta roja
effect-title-goal_brazil = Gol de Brasil
effect-title-goal_argentina = Gol de Argentina
effect-title-goal_portugal = Gol de Portugal
effect-title-football_dance = Baile de fútbol
effect-title-football_dance_2 = Otro baile de fútbol
effect-title-air_dunk = Mate
effect-title-tennis_trend = Tenis
effect-title-tennis_trend_portrait = Tenis (vertical)
effect-title-korean_baseball = Béisbol coreano
effect-title-korean_baseball_portrait = Béisbol coreano (vertical)
effect-title-f1_live = Carrera en directo
effect-title-cuju = Fútbol de los farolillos
effect-title-yearbook = Anuario
effect-title-anime_figure = Figura de anime
effect-title-pixelpixel = Píxeles
effect-title-bloombloom = En flor
effect-title-long_hair = Pelo largo
effect-title-wig_out = Fuera peluca
effect-title-instant_kid = De vuelta a la infancia
effect-title-snatched = De punta en blanco
effect-title-makeup_style = Maquillaje
effect-title-hair_dressup = Peinado nuevo
effect-title-barbie_transform = Barbie
effect-title-cartoon_3d = Dibujo en 3D
effect-title-perler_beads = Cuadro de cuentas
effect-title-palm_sized_figure = Figura de bolsillo
effect-title-color_mixing = Mezcla de colores
effect-title-minimalist_light = Luz minimalista
effect-title-glamour_photo_shoot = Sesión glamurosa
effect-title-daily_ootd = Conjunto del día
effect-title-switch_to_silk = Cambio a seda
effect-title-studio_look = Look de estudio
effect-title-french_elegance = Elegancia francesa
effect-title-angel_wing = Alas de ángel
effect-title-fairy_wing = Alas de hada
effect-title-dark_wing = Alas oscuras
effect-title-fly_fly = Salir volando
effect-title-magic_broom = Escoba mágica
effect-title-pure_white_wings = Alas blancas
effect-title-black_wings = Alas negras
effect-title-golden_wing = Alas doradas
effect-title-pink_wings = Alas rosas
effect-title-magic_carpet_ride = Alfombra mágica
effect-title-santa_hug = Abrazo de Papá Noel
effect-title-santa_gifts = Regalos de Papá Noel
effect-title-santa_gift = Un regalo de Papá Noel
effect-title-my_santa_pic = Foto con Papá Noel
effect-title-santa_express = Expreso de Papá Noel
effect-title-santa_random_surprise = Sorpresa de Papá Noel
effect-title-instant_christmas = Navidad al instante
effect-title-christmas_photo_shoot = Sesión de fotos navideña
effect-title-steampunk_christmas = Navidad steampunk
effect-title-ornament_crash = Choque de bolas navideñas
effect-title-snowglobe = Bola de nieve
effect-title-jumping_ginger_joy = Galleta saltarina
effect-title-building_sweater = Un edificio con jersey
effect-title-spark_in_the_snow = Chispas en la nieve
effect-title-scarlet_and_snow = Escarlata y nieve
effect-title-winter_charm = Encanto de invierno
effect-title-coronation_of_frost = Coronación de escarcha
effect-title-swish_swish = Zas, zas
