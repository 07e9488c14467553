## Все тексты, которые читают люди. Сообщения — это HTML; значения экранируются перед подстановкой.

# ---------------------------------------------------------------- помощь
help =
    <b>Я превращаю одно или два фото в короткое видео.</b>

    EFFECT-LINES

    … а всего { $total ->
        [one] { $total } эффект
        [few] { $total } эффекта
       *[many] { $total } эффектов
    }: /effects

    <b>Как присылать фото</b>
    • фото с командой в подписи, например <code>/squish</code>
    • два фото сразу (альбом) с <code>/hug</code> в подписи; первое будет слева
    • команда в ответ на фото
    • сначала фото, потом команда; или сначала команда, потом фото
    • картинка, отправленная файлом, тоже подойдёт, даже HEIC и WebP

    ANIMATE-LINES

    /status показывает твои видео, /cancel останавливает одно. За 24 часа можно сделать { $daily }.

    <b>Твои фото</b> уходят в видеосервис, который делает видео, без данных о месте и камере. Копий я не храню.
help-group =
    <b>Я превращаю одно или два фото в короткое видео.</b>

    EFFECT-LINES

    … а всего { $total ->
        [one] { $total } эффект
        [few] { $total } эффекта
       *[many] { $total } эффектов
    }: /effects{ $at }

    • фото с командой в подписи
    • команда в ответ на фото; или в ответ человеку — тогда я возьму ваши фото профиля, если он согласится
    • для двух фото: пришли одно, а вторым на мой вопрос может ответить кто угодно

    Фото уходят в видеосервис без данных о месте и камере. Копий я не храню.
    Что можно делать с твоим фото профиля: /privacy{ $at }
group-hello = Привет! Спасибо, что позвали.
group-privacy-mode = Режим приватности включён: я вижу команды с моим именем, например <code>/effects{ $at }</code>, и ответы на мои сообщения, и больше ничего из того, что здесь пишут.
group-for-admins = Администраторы выбирают эффекты и решают, кто и как часто может просить видео: /settings{ $at }
help-inline = В любом другом чате набери <code>@{ $name } hug</code>: видео появится там.
help-admin = Для тебя как владельца: /stats — как идут дела с видео, /balance — сколько они стоят. /ban в ответ кому-то или с id закрывает доступ; /bans покажет, кому он закрыт.
help-effect = { $emoji } { $command } — { $title }, { $count ->
        [one] { $count } фото
        [few] { $count } фото
       *[many] { $count } фото
    }

help-animation = { $emoji } { $command } <i>что должно произойти</i> — твои слова, одно или два фото
help-animate =
    <b>Твои слова</b>
    <code>{ $command } она улыбается и машет рукой</code> вместе с фото — и оно оживёт. Два фото одним альбомом станут первым и последним кадром видео. В любом месте можно добавить:
    • <code>10s</code> — десять секунд
    • <code>--no текст, размытость</code> — чего ты не хочешь видеть
    • <code>--cfg 0.8</code> — точнее следовать твоим словам (от 0 до 1)
    • <code>--model v2</code> — модель получше и помедленнее, только для одного фото

menu-hug = Два человека обнимаются (два фото)
menu-kiss = Два человека целуются (два фото)
menu-heart = Два человека складывают сердечко (два фото)
menu-fight = Два человека дерутся (два фото)
menu-squish = Сплющить то, что на фото
menu-expansion = Надуть, как воздушный шарик
menu-effect = { $title } ({ $count ->
        [one] одно фото
        [few] два фото
       *[many] { $count } фото
    })
menu-animate = Оживить фото своими словами
menu-effects = Все эффекты
menu-status = Твои видео
menu-cancel = Остановить видео или не публиковать его
menu-settings = Качество, длина и прочее
menu-privacy = Что можно делать с твоим фото профиля
menu-group-settings = Эффекты, кто может просить, лимит в день
menu-help = Как это работает
bot-description = Пришли мне одно или два фото, и я сделаю из них короткое видео: объятия, поцелуи, сплющивание — всего { $count ->
        [one] { $count } эффект
        [few] { $count } эффекта
       *[many] { $count } эффектов
    }.
bot-short-description = Присылаешь фото — получаешь забавное видео.

# ---------------------------------------------------------------- кнопки
button-cancel = Отмена
button-withhold = Не публиковать
button-post = Опубликовать
button-undelivered = 📥 { $emoji } { $title }, { $ago }
button-run = Сделать сейчас
button-more = Ещё эффекты …
button-back = Все темы
button-shelf = { $emoji } { $title } ({ $count })
button-effect = { $emoji } { $title }
button-effect-two = { $emoji } { $title } ×2
button-effect-needs-second = { $emoji } { $title } (+1 фото)
button-again = 🔁 Ещё раз
button-swap = ↔️ Поменять стороны
button-swap-turn = ↔️ Поменять фото
button-other = 🎨 Другой эффект
button-reword = ✏️ Другие слова
button-model-v1-6 = Оба фото, с v1.6
button-model-v2 = Первое, с v2
button-try-again = 🔁 Попробовать снова
button-leave = Не надо
button-fetch = Забрать в личный чат
button-bring = 📥 Прислать сюда
button-mine = ✨ Сделай своё
button-what-now = Что можно сделать
button-start = ▶️ Начать
button-share = ↗️ Поделиться
button-to-a-chat = ↩️ В чат
button-download = Открыть видео

button-accept = ✅ Можно
button-deny = Нет
button-delete = 🗑 Удалить
button-private = Открыть личный чат

# ---------------------------------------------------------------- эффекты
shelves = { $count ->
        [one] <b>{ $count } эффект.</b>
        [few] <b>{ $count } эффекта.</b>
       *[many] <b>{ $count } эффектов.</b>
    } Выбери эффект или тему. ×2 — нужны два фото.
shelf = { $emoji } <b>{ $title }</b>{ $pages ->
        [1] {""}
       *[other] {" "}— страница { $page } из { $pages }
    }
effect-gone = { $emoji } <b>{ $title }</b>: видеосервис этого больше не делает. Что есть, покажет /effects.
effect-gone-near = { $emoji } <b>{ $title }</b>: видеосервис этого больше не делает. Может быть, { $names }? Всё покажет /effects.
search-fillers = бы в видео вот для его ее и из их к мне мое мой мою на нас нам наше нашу он она они покажи пожалуйста с сделай сделать фото хочу чтобы это эти этот эффект я
search-found = { $count ->
        [one] <b>«{ $text }»</b>: { $count } эффект.
        [few] <b>«{ $text }»</b>: { $count } эффекта.
       *[many] <b>«{ $text }»</b>: { $count } эффектов.
    }{ $more ->
        [0] {""}
       *[other] {" "}Это самое похожее; ещё одно слово — и будет точнее.
    }
search-nothing = По запросу «{ $text }» ничего не нашлось. Вот всё, что есть:
unknown-effect-near = Эффекта «{ $name }» я не знаю. Может быть, { $names }?
unknown-effect = «{ $name }» я не знаю. Что есть, покажет /effects, а как всё устроено — /help.
which-effect = Какой эффект? Например, <code>/effect jelly squish</code>. Все покажет /effects.

# ---------------------------------------------------------------- вопросы о том, чего не хватает
choose-effect = { $count ->
        [one] <b>Что сделать с этим фото?</b>
        [few] <b>Что сделать с этими { $count } фото?</b>
       *[many] <b>Что сделать с этими { $count } фото?</b>
    }
ask-photo = { $emoji } <b>{ $title }</b> — пришли мне фото.
ask-two-photos = { $emoji } <b>{ $title }</b> — пришли мне два фото, по очереди или вместе. { $order ->
        [turn] Они пойдут в этом порядке.
       *[sides] Первое будет слева.
    }
ask-second-photo = { $emoji } <b>{ $title }</b> — { $order ->
        [turn] первое фото есть.
       *[sides] первое фото есть; оно будет слева.
    } Теперь пришли второе.
ask-words = { $emoji } <b>{ $title }</b> — что должно произойти на картинке? Например: <i>она улыбается и машет рукой</i>.
ask-photo-and-words = { $emoji } <b>{ $title }</b> — пришли фото и напиши, что должно на нём произойти: в подписи или отдельно.
ask-model = { $emoji } <b>{ $title }</b> — модель v2 берёт только одно фото. С v1.6 первое фото будет началом видео, а второе — концом. Что выберешь?
ask-words-by-reply = Ответь на это сообщение своими словами.
ask-mended = { $kept ->
        [0] Пришли слова ещё раз.
       *[other] Остальное я помню: пришли только исправленное или всё заново.
    }
ask-confirm = { $emoji } <b>{ $title }</b> — вот что получилось:
    «<i>{ $prompt }</i>»
    <code>{ $options }</code>
    Сделать так? Если нет, пришли слова ещё раз.
wrong-seconds = <b>{ $value }</b> не получится: видео длится 5 или 10 секунд, так что пиши <code>5s</code> или <code>10s</code>.
wrong-cfg = После <code>--cfg</code> идёт число от 0 до 1, например <code>--cfg 0.5</code>.
wrong-model = Модели такие: <code>--model v1.6</code> и <code>--model v2</code>.
wrong-fixed = Длину и модель задал владелец этого бота: { $value } и обычная длина.
wrong-no = После <code>--no</code> идёт то, чего ты не хочешь видеть, например <code>--no текст, размытость</code>.
wrong-option = Опции «{ $value }» я не знаю. Есть <code>5s</code>, <code>10s</code>, <code>--no текст, размытость</code>, <code>--cfg 0.5</code> и <code>--model v2</code>.
wrong-long = Длина этого текста в символах — { $value }, а передать я могу не больше 2500. Скажи, пожалуйста, покороче.
ask-by-reply = Ответь на это сообщение фотографией.
still-waiting-for-photo = { $count ->
        [0] Жду фото. Пришли его сюда или нажми /cancel.
       *[other] Жду второе фото. Пришли его сюда или нажми /cancel.
    }
draft-held = { $emoji } <b>{ $title }</b> — меня не было, когда пришла эта просьба. Сделать сейчас?
draft-expired = Прошло больше десяти минут, и я перестал ждать. Пришли фото снова, когда захочешь.
draft-cancelled = Хорошо, отменено. Ничего не списано.
not-a-photo = { $kind ->
        [sticker] Это стикер.
        [animation] Это анимация.
        [video] Это видео.
        [voice] Это звук.
        [paid] То, что продаётся за звёзды, я использовать не могу.
        [story] Истории мне не видны.
        [link] Картинка ссылки мне не видна.
        [other] Картинку оттуда я взять не могу.
       *[file] Этот файл — не картинка.
    } Мне нужно неподвижное фото: обычным фото или файлом (JPEG, PNG, WebP или HEIC).
what-to-do = Пришли мне фото, и я покажу, что могу с ним сделать. Все эффекты — /effects, как всё устроено — /help.


# ---------------------------------------------------------------- люди вместо фото
note-no-own-picture = У тебя нет фото профиля, которое мне видно.
note-no-picture = { $name }: фото профиля мне не видно.
note-away = { $name } не в этой группе, и я не могу спросить, можно ли взять фото профиля.
note-unknown-person = { $name }: этого человека я здесь ещё не видел. Подойдёт ответ на сообщение этого человека или фото.
note-people-in-groups = Фото профиля других людей я беру только в группах, где могу сначала спросить.
someone = кто-то ({ $id })
consent-ask = { $emoji } <a href="tg://user?id={ $id }">{ $name }</a>, { $asker } хочет сделать видео с твоим фото профиля: <b>{ $title }</b>. Можно?
consent-ask-words = { $emoji } <a href="tg://user?id={ $id }">{ $name }</a>, { $asker } хочет сделать видео с твоим фото профиля: <b>{ $title }</b>. В нём должно произойти вот что: «<i>{ $prompt }</i>». Можно?
consent-not-yours = Ответить может только { $name }.
consent-given = Спасибо!
consent-changed = С тех пор как я спросил, всё изменилось. Пожалуйста, прочитай вопрос ещё раз.
consent-denied = Хорошо, твоё фото я не возьму.
consent-expired = { $name }: полчаса без ответа, и я перестал ждать. Ничего не списано.
consent-in-group = Попроси ещё раз в группе: там я могу спросить, чьё это фото.
refused-consent = { $name }: «Лучше не надо». Ничего не сделано и ничего не списано.
refused-never = { $name } не хочет, чтобы брали фото профиля. Ничего не сделано.
refused-away = { $name } не здесь, и спросить нельзя. Ничего не сделано.
refused-unasked = { $name }: на каждое видео сначала нужно согласие. Попроси о нём в группе.
refused-busy = { $name }: здесь уже задан вопрос о другом видео. Попроси ещё раз, когда на него ответят.
refused-paused = { $name }: здесь об этом спрашивали совсем недавно. Попроси ещё раз через десять минут.
privacy =
    <b>Твоё фото профиля</b>

    В группах можно попросить видео с твоим фото профиля: например, /hug в ответ тебе. Что мне тогда делать?
privacy-ask = Каждый раз спрашивать
privacy-never = Никогда не брать моё фото
privacy-always = В моих группах всегда можно
privacy-kept = Так и буду делать.
privacy-in-private = Что можно делать с твоим фото профиля, решаешь ты, в нашем личном чате: /privacy
# ---------------------------------------------------------------- инлайн- и гостевой режим
inline-placed = { $emoji } <b>{ $title }</b>: видео делается. Если здесь ничего не меняется, пусть тот, кто просил, нажмёт «Начать».
inline-made-of-recent = { $count ->
        [one] Нужно одно фото: последнее из присланных мне, { $ago }
        [few] Нужны два фото: последние из присланных мне, { $ago }; то, что старше, будет слева
       *[many] Нужны фото: последние из присланных мне, { $ago }; то, что старше, будет слева
    }
inline-made-of-picture = Нужно одно фото: твоё фото профиля
inline-your-video = Твоё видео, { $ago }
inline-photos-first = Сначала пришли мне фото
inline-one-more-photo = Пришли мне ещё одно фото
inline-other-photos = Взять другие фото
inline-send-any = Пришли мне фото, или два — для эффектов на двоих: первое будет слева. Потом я верну тебя обратно.
inline-go-back = Спасибо. Выбери чат, а потом эффект; { $count ->
        [one] видео будет из последнего присланного мне фото.
        [few] видео будет из двух последних присланных мне фото; то, что старше, — слева.
       *[many] видео будет из последних присланных мне фото; то, что старше, — слева.
    }
guest-how = Ответь на фото и напиши моё имя и эффект:
guest-effect = { $emoji } <code>@{ $at } { $name }</code> — { $title }{ $count ->
        [1] {""}
       *[other] , твоё фото профиля — слева
    }
guest-unknown = Эффекта «{ $name }» я не знаю. Ответь на фото и напиши моё имя и один из этих:
guest-how-1 = Для этого нужно фото. Ответь на него: <code>@{ $at } { $name }</code>.
guest-how-2 = Для этого нужно фото. Ответь на него: <code>@{ $at } { $name }</code> — твоё фото профиля будет слева, а это фото справа.
guest-not-a-photo = Для этого нужно неподвижное фото. Ответь на него: <code>@{ $at } { $name }</code>.
guest-no-picture = { $title }: нужны два фото, а твоего фото профиля мне не видно. Пришли своё фото с подписью <code>@{ $at } { $name }</code> в ответ на другое фото.
guest-nobody = Мне не видно, кто ты здесь, а видео считаются по людям. Напиши, пожалуйста, от своего имени.

# ---------------------------------------------------------------- настройки группы
rules-effect-off = Администраторы этой группы отключили этот эффект. Что есть, покажет /effects.
access-banned = Тебе больше нельзя пользоваться этим ботом.
access-unknown = Это частный бот. Кто им может пользоваться, решает его владелец.
access-group = Этому боту нельзя работать в этой группе: где можно, решает его владелец. Пока!
access-who = Кого? Ответь на сообщение этого человека командой /{ $command } или напиши после неё его id или @имя.
access-admin = Это администратор этого бота.
access-ban-done = { $name } (<code>{ $id }</code>) больше не может пользоваться ботом. Всё начатое остановлено.
access-unban-done = { $name } (<code>{ $id }</code>) снова может пользоваться ботом, как все.
access-allow-done = { $name } (<code>{ $id }</code>) может пользоваться ботом.
access-banned-head = <b>Заблокированы</b>
access-allowed-head = <b>Допущены</b>
access-line = { $name } (<code>{ $id }</code>)
access-nobody = Никто не заблокирован.
rules-banned = Тебе больше нельзя пользоваться этим ботом.
rules-admins-only = В этой группе просить видео могут только администраторы.
group-settings-for-admins = Менять настройки группы могут только её администраторы.
group-settings =
    <b>Настройки этой группы</b>

    Кто может просить видео: <b>{ $who ->
        [admins] только администраторы
       *[everyone] все
    }</b>
    Видео за 24 часа: <b>{ $limit }</b>
    Эффекты: <b>{ $some } из { $all }</b>
group-limit = <b>Сколько видео эта группа может просить за 24 часа?</b>
group-language = <b>На каком языке мне говорить в этой группе?</b>
group-effects = <b>Какие эффекты будут в этой группе?</b> Выбери тему.
button-who-everyone = Просят все
button-who-admins = Только админы
button-group-effects = Эффекты
button-group-limit = Лимит в день
button-group-language = Язык
button-limit-most = Сколько мне можно ({ $limit })
button-language-each = У каждого свой
button-theme = { $emoji } { $title } ({ $some }/{ $all })
button-all-on = Включить все
button-all-off = Выключить все
button-step-back = ‹ Назад
button-done = Готово

# ---------------------------------------------------------------- сообщение о ходе дела
status-queued = { $emoji } <b>{ $title }</b> — в очереди{ $position ->
        [1] {""}
       *[other] {" "}(номер { $position })
    }
status-waiting-for-service = { $emoji } <b>{ $title }</b> — { $reason ->
        [busy] видеосервис сейчас занят
       *[other] видеосервис сейчас недоступен
    }. Я пробую дальше сам; ничего не списано.
status-submitting = { $emoji } <b>{ $title }</b> — отправляю твои фото в видеосервис
status-generating = { $emoji } <b>{ $title }</b> — делается, { $elapsed } примерно из { $usual }
    { $bar }
status-generating-short = { $emoji } <b>{ $title }</b> — делается, { $elapsed } примерно из { $usual }
status-late = { $emoji } <b>{ $title }</b> — это дольше обычного (пока { $elapsed }). Я слежу, и видео придёт сюда, как только будет готово.
status-in-doubt = { $emoji } <b>{ $title }</b> — видеосервис ответил неясно. Выясняю, взял ли он фото; подожди, пожалуйста.
status-needs-decision = { $emoji } <b>{ $title }</b> — видеосервис не ответил, и в его журнале твоих фото нет. Скорее всего, он их не взял. Новая отправка считается ещё одним видео. Отправить их ещё раз? ({ $job })
status-record-unread = { $emoji } <b>{ $title }</b> — не удалось выяснить, взял ли видеосервис твои фото: его журнал не читается. Новая отправка считается ещё одним видео; если он их всё же взял, оплачены будут оба. Отправить их ещё раз? ({ $job })
status-withhold = { $emoji } <b>{ $title }</b> — { $paid ->
        [yes] видео уже оплачено
       *[maybe] видео, возможно, уже оплачено
    }, и остановить видеосервис нельзя. Опубликовать его здесь, когда оно будет готово?
status-withholding = { $emoji } <b>{ $title }</b> — публиковать не буду. { $paid ->
        [yes] Видео уже оплачено
       *[maybe] Видео, возможно, уже оплачено
    }, и остановить его нельзя; когда оно будет готово, тот, кто просил, найдёт его в /status.
status-withheld-asked = { $emoji } <b>{ $title }</b> — видео готово и оплачено. Опубликовать его здесь?
status-withheld = { $emoji } <b>{ $title }</b> — видео готово и не опубликовано. Тот, кто просил, найдёт его в /status.
status-given-up = { $emoji } <b>{ $title }</b> — отменено. Возможно, деньги уже списаны.
status-cancelled = { $emoji } <b>{ $title }</b> — отменено. Ничего не списано.
status-no-rights = { $emoji } <b>{ $title }</b>: видео готово, но в этом чате мне нельзя отправлять видео.
status-closed = { $emoji } <b>{ $title }</b>: видео готово, но в этом чате мне нельзя его показать.
status-not-here = { $emoji } <b>{ $title }</b>: видео готово, но в этом сообщении его не показать.
fetch-here-already = Это видео уже здесь: оно в этом чате, чуть выше.
undelivered = { $count ->
        [one] { $count } твоё готовое видео не дошло. Нажми, и оно придёт сюда.
        [few] { $count } твоих готовых видео не дошли. Нажми, и они придут сюда.
       *[many] { $count } твоих готовых видео не дошли. Нажми, и они придут сюда.
    }
status-arriving = 🎬 Твоё видео уже в пути …
status-delayed = { $emoji } <b>{ $title }</b> — видео сделано, но доставить его сюда сейчас не получается. Я продолжаю пробовать.
status-no-video = { $emoji } <b>{ $title }</b> — видео сделано, но забрать его у видеосервиса не удалось. ({ $job })
status-rejected = { $emoji } <b>{ $title }</b> — видео сделано, но Telegram его от меня не принимает. Его можно открыть у видеосервиса. ({ $job })
status-unreachable = { $emoji } <b>{ $title }</b> — видео сделано, но доставить его сюда не удалось целый месяц. ({ $job })
status-link = видео слишком большое для Telegram, поэтому вот ссылка.
note-left-right = Первое фото — слева.
note-not-in-group = В группе мне нельзя писать, поэтому видео придёт сюда.
note-from-recent-one = Из последнего присланного мне фото.
note-from-recent-two = Из двух последних присланных мне фото: то, что старше, — слева.
note-from-picture = Из твоего фото профиля.
note-from-replied = Из фото выше.
note-from-own = Из фото в сообщении.
note-from-own-replied = Твоё фото — слева, то, на которое был ответ, — справа.
note-from-picture-replied = Твоё фото профиля — слева, фото, на которое был ответ, — справа.
note-from-picture-own = Твоё фото профиля — слева, фото из твоего сообщения — справа.
note-motion = «<i>{ $prompt }</i>» ({ $duration } с, { $model })
note-first-last = Начинается первым фото, а кончается вторым.
note-extra-photos = { $count ->
        [one] Фото больше, чем нужно: я взял то, что с командой, или, если её нет, первое.
        [few] Фото больше, чем нужно: я взял то, что с командой, и соседнее, или, если её нет, первые { $count }.
       *[many] Фото больше, чем нужно: я взял то, что с командой, и соседнее, или, если её нет, первые { $count }.
    }
announce-delivered = { $emoji } { $title }: твоё видео готово.
announce-failed = { $emoji } { $title }: на этот раз без видео; причина выше.
announce-decision = { $emoji } { $title }: нужно твоё решение.
announce-late = { $emoji } { $title }: это дольше обычного. Я слежу.
caption-delivered = { $emoji } <b>{ $title }</b>
caption-ai = ✨ Сделано с помощью ИИ
caption-animation = { $emoji } <b>{ $title }</b>
    «<i>{ $prompt }</i>»

# ---------------------------------------------------------------- /status и /cancel
status-head = <b>Твои видео</b>
status-head-group = <b>Твои видео в этой группе</b>
status-none = Пока ни одного. Пришли мне фото!
status-line = { $emoji } { $title } — { $state }, { $ago } (<code>{ $job }</code>)
status-left = За эти 24 часа можно попросить ещё { $left } (из { $daily }).
status-no-limit = Ты администратор этого бота: лимита нет.
state-queued = в очереди
state-submitting = отправляется
state-in-doubt = выясняется
state-needs-decision = нужно твоё решение
state-generating = делается
state-ready = в пути
state-delivering = в пути
state-delivered = готово
state-withholding = делается, публиковать не буду
state-withheld = готово, не опубликовано
state-undeliverable = не удалось отправить
state-failed = не получилось
state-cancelled = отменено
stats-now = <b>Сейчас</b>
stats-quiet = Ничего не делается.
stats-span = <b>{ $days ->
        [1] Последние 24 часа
        [one] Последний { $days } день
        [few] Последние { $days } дня
       *[many] Последние { $days } дней
    }</b>
stats-asked = { $count } видео, заказали { $people ->
        [one] { $people } человек
        [few] { $people } человека
       *[many] { $people } человек
    }
stats-line = { $state }: { $count }
stats-needs-decision = ждёт чьего-то решения
stats-lost = Ответ сервиса потерялся: { $count }. Найдено там: { $found }. Решает человек: { $asked }.
balance-head = <b>Осталось на счёте</b>
balance-line = { $service }: { $usd } USD
balance-units = { $service }: { $units } ед., около { $usd } USD
balance-untold = { $service }: ключ работает; сколько осталось, сервис не говорит.
balance-refused = { $service } не принимает ключ: { $detail }
balance-trouble = { $service } сейчас не спросить: { $detail }
spent-head = <b>Потрачено</b>
spent-line = { $days ->
        [1] за 24 часа
        [one] за { $days } день
        [few] за { $days } дня
       *[many] за { $days } дней
    }: { $usd } USD за { $count ->
        [one] { $count } видео
        [few] { $count } видео
       *[many] { $count } видео
    }{ $unknown ->
        [0] {""}
        [one] {" "}и ещё { $unknown } по цене, которую никто не назвал
        [few] {" "}и ещё { $unknown } по цене, которую никто не назвал
       *[many] {" "}и ещё { $unknown } по цене, которую никто не назвал
    }
budget-head = <b>Бюджеты</b>
budget-line = { $days ->
        [one] за { $days } день
        [few] за { $days } дня
       *[many] за { $days } дней
    }: потрачено { $spent } USD, отложено { $reserved } USD{ $limited ->
        [no] , без ограничения
       *[yes] , из { $budget } USD
    }
budget-service = – { $service }: потрачено { $spent } USD, отложено { $reserved } USD
dearest-head = <b>На кого ушло, за 30 дней</b>
dearest-line = { $name } (<code>{ $id }</code>): { $usd } USD
dearest-group = группа <code>{ $id }</code>: { $usd } USD
price-head = <b>Сколько стоит видео</b> ({ $quality })
price-line = { $emoji } { $title }: { $costs }
price-cost = { $service } { $usd } USD
price-most = { $service } не больше { $usd } USD
price-none = { $service } не называет своих цен. Назвать можешь ты, в своём файле эффектов: см. docs/effects.md.
cancel-nothing = Отменять здесь нечего.
cancel-which = Какое?
cancel-free = Отменено. Ничего не списано.
cancel-left = Отменено. Возможно, деньги уже списаны.
cancel-ask = { $paid ->
        [yes] Видео уже оплачено
       *[maybe] Видео, возможно, уже оплачено
    }, и остановить видеосервис нельзя. Опубликовать его, когда оно будет готово?
cancel-ask-made = Видео готово и оплачено. Опубликовать его?
cancel-withholding = Публиковать не буду. Когда видео будет готово, оно найдётся в /status.
cancel-withheld = Публиковать не буду. Видео найдётся в /status.
cancel-too-late = Это отменять уже поздно.
span-minutes = { $count ->
        [one] { $count } минуту
        [few] { $count } минуты
       *[many] { $count } минут
    }
span-hours = { $count ->
        [one] { $count } час
        [few] { $count } часа
       *[many] { $count } часов
    }
span-days = { $count ->
        [one] { $count } день
        [few] { $count } дня
       *[many] { $count } дней
    }
ago = { $span } назад
just-now = только что

# ---------------------------------------------------------------- ответы на нажатие
press-over = С этим уже всё. Чтобы начать заново, пришли мне фото.
press-gone = { $emoji } { $title }: этого больше нет. Что есть, покажет /effects.
press-not-yours = Нажимать здесь может только тот, кто просил.
press-on-its-way = Уже в пути.
press-withheld-by-admin = Администратор этой группы не хочет видеть его здесь. /status принесёт его в наш личный чат.
press-fetched-in-private = Ты уже забрал его: оно в нашем личном чате.
press-already-asked = Этого человека я уже спросил.
press-removing = Удаляю видео.
cannot-remove-in-group = Telegram больше не даёт мне удалить это сообщение. Это может администратор группы.
cannot-remove-in-private = Telegram больше не даёт мне удалить это сообщение. Ты можешь: нажми на него и удерживай.
press-already = Оно уже делается.
press-late = Этого нажатия я вовремя не увидел: меня не было. Если всё ещё нужно, нажми ещё раз.
press-queued = { $emoji } { $title } — в очереди.

# ---------------------------------------------------------------- /settings
settings-head = <b>Твои настройки</b>
    Они действуют для видео, о которых ты попросишь с этой минуты.
settings-quality = <b>Качество</b>: Про — чётче. У некоторых эффектов качество только одно.
settings-duration = <b>Длина</b>: десять секунд, где эффект может быть таким длинным, иначе пять.
settings-animate-model = <b>Модель для /animate</b>: v2 лучше, дороже и медленнее и берёт только одно фото.
settings-service = <b>Видеосервис</b>: он делает то, что умеет; другой делает остальное и подменяет его.
settings-language = <b>Язык</b>
settings-nothing = Как делаются видео, решил владелец этого бота.
button-chosen = ✓ { $option }
option-standard = Стандарт
option-pro = Про
option-model-v1-6 = v1.6
option-model-v2 = v2
option-seconds = { $count } с
option-as-telegram = Как в Telegram
language-name = Русский

# ---------------------------------------------------------------- лимиты
limit-daily = За последние 24 часа у тебя уже { $limit ->
        [one] { $limit } видео
        [few] { $limit } видео
       *[many] { $limit } видео
    } — больше для одного человека мне нельзя. Следующее — через { $wait }.
limit-attempts = За последние 24 часа я уже отправлял твои видео в видеосервис, считая неудачные: { $limit }. Больше нельзя. Следующее — через { $wait }.
limit-content = За последние 24 часа видеосервис по правилам о содержании отклонил столько твоих запросов: { $limit }. Пока я новых не отправляю. Следующий — через { $wait }.
limit-retired = Видеосервис больше не делает этот эффект. Что есть, покажет /effects.
limit-active = Я уже делаю для тебя { $limit ->
        [one] { $limit } видео
        [few] { $limit } видео
       *[many] { $limit } видео
    }. Попроси снова, когда одно будет готово; их покажет /status.

limit-all = { $limit ->
        [0] Сейчас мне нельзя делать видео.
        [one] За 24 часа на всех уже сделано { $limit } видео, больше нельзя. Следующее — через { $wait }.
        [few] За 24 часа на всех уже сделано { $limit } видео, больше нельзя. Следующее — через { $wait }.
       *[many] За 24 часа на всех уже сделано { $limit } видео, больше нельзя. Следующее — через { $wait }.
    }
limit-budget-user = Сумма, которую я могу потратить на твои видео, пока израсходована.{ $minutes ->
        [0] {" "}Это сделать нельзя.
       *[other] {" "}Следующее можно будет сделать через { $wait }.
    }
limit-budget-group = Сумма, которую я могу потратить на видео этой группы, пока израсходована.{ $minutes ->
        [0] {" "}Это сделать нельзя.
       *[other] {" "}Следующее можно будет сделать через { $wait }.
    }
limit-budget-day = Сумма на видео для всех на сегодня израсходована.{ $minutes ->
        [0] {" "}Это сделать нельзя.
       *[other] {" "}Следующее можно будет сделать через { $wait }.
    }
limit-budget-month = Сумма на видео для всех на этот месяц израсходована.{ $minutes ->
        [0] {" "}Это сделать нельзя.
       *[other] {" "}Следующее можно будет сделать через { $wait }.
    }
limit-group = { $limit ->
        [0] Этой группе сейчас нельзя просить видео.
        [one] За последние 24 часа у этой группы уже было { $limit } видео, больше нельзя. Следующее — через { $wait }.
        [few] За последние 24 часа у этой группы уже было { $limit } видео, больше нельзя. Следующее — через { $wait }.
       *[many] За последние 24 часа у этой группы уже было { $limit } видео, больше нельзя. Следующее — через { $wait }.
    }

# ---------------------------------------------------------------- почему видео нет
photo-which = { $photo ->
        [0] { $count ->
            [1] это фото
           *[other] одно из фото
        }
        [1] { $count ->
            [1] это фото
           *[other] первое фото
        }
       *[other] второе фото
    }
failure-head = { $emoji } <b>{ $title }</b> — на этот раз без видео.
failure-foot = Ничего не списано. ({ $job })
failure-foot-unsure = Возможно, деньги списаны. ({ $job })
failure-no_face = Я посмотрел на { $which } и не нашёл лица. Попробуй снимок, где лицо крупное, чёткое и смотрит прямо; или эффект ниже, которому подойдёт что угодно.
failure-moderated = Правила видеосервиса не разрешают { $which }. Попробуй, пожалуйста, другое.
failure-moderated-words = Правила видеосервиса не разрешают эти слова или { $which }. Попробуй, пожалуйста, другие слова или другое фото.
failure-photo_size = Не подошёл размер или форма: видеосервис не смог взять { $which }. Подойдёт снимок не меньше 300 пикселей с каждой стороны и не слишком узкий.
failure-photo_unreadable = Видеосервис не смог прочитать { $which }. Пришли, пожалуйста, другое.
failure-retired = Видеосервис больше не делает этот эффект. Выбери, пожалуйста, другой.
failure-not_offered = Таких видео видеосервис не делает. Выбери, пожалуйста, что-нибудь другое.
failure-busy = У видеосервиса не нашлось места, хотя я пробовал довольно долго. Попробуй, пожалуйста, позже.
failure-down = Видеосервис сейчас не работает, хотя я пробовал довольно долго. Попробуй, пожалуйста, позже.
failure-out_of_credit = Счёт бота в видеосервисе пуст. Владелец уже знает; попробуй, пожалуйста, позже.
failure-bad_key = Видеосервис не пускает бота. Владелец уже знает; попробуй, пожалуйста, позже.
failure-account = Видеосервис сейчас не даёт счёту бота делать видео. Владелец уже знает; попробуй, пожалуйста, позже.
failure-misconfigured = Видеосервис не понял бота. Владелец уже знает; попробуй, пожалуйста, позже.
failure-timed_out = Видеосервис делал это слишком долго и прекратил.
failure-given_up = Видеосервис взял фото сутки назад и до сих пор отвечает, что не закончил. Больше я этого не жду.
failure-nothing_made = Видеосервис попробовал, но ничего не сделал: { $which }. Возможно, подойдёт другое фото.
failure-no_video = Видеосервис закончил, но видео в его ответе не нашлось. Владелец бота уже знает.
failure-other = Видеосервис отказал и не сказал почему. Возможно, подойдёт другое фото.
failure-consent = Человек с фото профиля больше не согласен.
failure-nowhere = Мне нельзя писать ни в том чате, ни тебе в личку, так что видео никто бы не увидел. Нажми «Старт» в нашем личном чате и попроси ещё раз.
failure-telegram = Не удалось получить { $which } от Telegram. Пришли, пожалуйста, ещё раз.
failure-photo_process = Не удалось подготовить { $which }; владелец бота уже знает. Попробуй, пожалуйста, позже.
failure-not_a_picture = Не могу прочитать { $which } как картинку. Пришли, пожалуйста, фото или файл JPEG, PNG, WebP или HEIC.
failure-animated = Так не получится: { $which } движется. Мне нужна неподвижная картинка.
failure-cut_short = Я получил { $which } не целиком. Пришли, пожалуйста, ещё раз.
failure-empty = Открываю { $which }, а файл пустой. Пришли, пожалуйста, ещё раз.
failure-too_many_pixels = Слишком много пикселей, не могу взять { $which }. Пришли, пожалуйста, поменьше.
failure-too_small = Слишком мало пикселей, не могу взять { $which }: с каждой стороны нужно хотя бы 150, лучше 300 и больше.
failure-too_narrow = Слишком длинная и узкая форма, не могу взять { $which }. Обрежь, пожалуйста.
failure-too_big = Не могу получить { $which }: файл больше 20 МБ, а столько Telegram ботам не отдаёт. Пришли, пожалуйста, обычным фото.

handler-failed = С твоим сообщением у меня что-то пошло не так. Попробуй, пожалуйста, ещё раз.

# ---------------------------------------------------------------- владельцу бота
notice-out_of_credit = <b>Счёт в { $service } пуст.</b> Что делает другой сервис, идёт туда; остальных просим попробовать позже. Ответ сервиса: { $detail }
notice-bad_key = <b>{ $service } не принимает ключ.</b> Проверь { $setting }. Ответ сервиса: { $detail }
notice-account = <b>{ $service } не даёт этому аккаунту делать видео.</b> Проверь аккаунт там: возможно, нужна подписка, подтверждение, разрешение или допуск для IP-адреса. Ответ сервиса: { $detail }
notice-misconfigured = <b>{ $service } не понял запрос.</b> Проверь его адрес в настройках. Ответ сервиса: { $detail }
notice-clock = <b>Часы этой машины и часы { $service } расходятся на { $detail }.</b> Я это учитываю, но, пожалуйста, выставь часы машины правильно.
notice-storage = <b>Чат-хранилище не принимает видео.</b> Сделай бота его администратором и проверь STORAGE_CHAT_ID; до тех пор видео инлайн- и гостевого режима идут по адресу, до 20 МБ. Ответ Telegram: { $detail }
notice-photo_fetch = <b>Фото десять минут не удавалось получить от Telegram.</b> Человека попросили прислать его ещё раз. Если твой сервер Bot API работает с --local, открой боту его папку и задай TELEGRAM_LOCAL_MODE=true. Последняя попытка: { $detail }
notice-photo_process = <b>Фото не подготовить:</b> процесс для этого десять минут не запускался. Проверь, сколько памяти и процессов разрешено боту. Последняя попытка: { $detail }
notice-retired = <b>{ $service } больше не знает эффект «{ $about }».</b> Что делает другой сервис, идёт туда; иначе эффект больше не предлагается. <code>python -m bot effects --restore { $about }</code> вернёт его. Ответ сервиса: { $detail }
notice-budget_day = <b>DAILY_BUDGET_USD ({ $detail } USD) израсходован:</b> столько потрачено или отложено на видео за последние 24 часа. Людям сказано вернуться позже. На кого ушло, покажет /balance.
notice-budget_month = <b>MONTHLY_BUDGET_USD ({ $detail } USD) израсходован:</b> столько потрачено или отложено на видео за последние 30 дней. Людям сказано вернуться позже. На кого ушло, покажет /balance.
notice-daily_limit = <b>Достигнут DAILY_LIMIT ({ $detail }):</b> столько видео все вместе попросили за 24 часа. Остальных просим зайти позже; на тебя предел не действует. Что сделано и потрачено, покажут /stats и /balance.
notice-low_balance = <b>В { $service } осталось { $detail } USD.</b> Пополни счёт, пока видео не остановились. Когда предупреждать, задаёт LOW_BALANCE_USD; подробнее — /balance.
notice-no_video = <b>{ $service } закончил задание, а видео в ответе нет.</b> Человеку об этом сказано; возможно, деньги списаны. Сообщи, пожалуйста, авторам бота вид ответа: { $detail }
notice-unknown_status = <b>{ $service } отвечает статусом, которого бот не знает: «{ $detail }».</b> Он считается как «ещё делается». Если он означает конец, сообщи о нём авторам бота.
notice-late_jobs = <b>{ $service } делает уже { $detail } видео дольше DEADLINE_MINUTES.</b> Проверь, работает ли сервис. Я слежу за ними дальше и отправляю туда новые; людям сказано, что это дольше обычного.

# ---------------------------------------------------------------- темы и эффекты
# Чего здесь нет, называется как в каталоге; заголовок владельца бота действует на всех языках.
theme-title-hearts = Объятия и сердца
theme-title-squishy = Мягкое и мятое
theme-title-pets = Питомцы
theme-title-dance = Танцы
theme-title-wings = Крылья
theme-title-magic = Магия и легенды
theme-title-action = Экшен
theme-title-sport = В движении
theme-title-stadium = Футбол и арена
theme-title-party = Праздники
theme-title-winter = Рождество и зима
theme-title-lunar = Лунный Новый год
theme-title-luck = Удача и деньги
theme-title-halloween = Хэллоуин
theme-title-style = Стиль
theme-title-camera = Трюки с камерой
theme-title-scenes = Маленькие сценки

effect-title-hug = Объятия
effect-title-kiss = Поцелуй
effect-title-heart = Сердечко
effect-title-fight = Драка
effect-title-squish = Сплющить
effect-title-expansion = Надуть
effect-title-animate = Анимация
effect-title-gun_shot = Выстрел
effect-title-double_gun = Два пистолета
effect-title-car_explosion = Взрыв машины
effect-title-building_collapse = Рушится здание
effect-title-shark_alert = Акула!
effect-title-watermelon_bomb = Арбузная бомба
effect-title-iron_warrior = Железный воин
effect-title-rocketrocket = Ракета
effect-title-martial_arts = Боевые искусства
effect-title-skyfall = Падение с неба
effect-title-raid_check = Облава
effect-title-door_revenge = Месть у двери
effect-title-overdrive = Полный газ
effect-title-day_to_night = Из дня в ночь
effect-title-instant_film = Моментальный снимок
effect-title-bullet_time_360 = Время пули, по кругу
effect-title-bullet_time_lite = Время пули, лайт
effect-title-zoom_out = Отдаление
effect-title-spielberg_transition = Переход Спилберга
effect-title-smooth_transition = Плавный переход
effect-title-finger_swipe = Смахнуть дальше
effect-title-landmark_reveal = Достопримечательность
effect-title-city_to_village = Из города в деревню
effect-title-jazz_jazz = Джаз
effect-title-hula = Хула
effect-title-swag_dance = Стильный танец
effect-title-cute_dance = Милый танец
effect-title-bouncy_dance = Танец вприпрыжку
effect-title-hot_feet_dance = Горячие ноги
effect-title-pigeon_dance = Танец голубя
effect-title-shrug_dance = Танец плечами
effect-title-chanel_dance = Танец Шанель
effect-title-ghost_step_dance = Призрачный шаг
effect-title-motorcycle_dance = Мототанец
effect-title-subject_3_dance = Танец «Предмет 3»
effect-title-heart_gesture_dance = Танец с сердечком
effect-title-drunk_dance = Танец навеселе
effect-title-popping = Поппинг
effect-title-pumpitup_dance = Танец Pump it up
effect-title-bloodline_dance = Танец Bloodline
effect-title-twist_shake = Твист и тряска
effect-title-sassy_shake = Дерзкая тряска
effect-title-hip_sway = Покачивание бёдрами
effect-title-high_kick = Высокий мах
effect-title-exercise = Зарядка
effect-title-funky_martian = Фанки-марсианин
effect-title-samba_fever = Лихорадка самбы
effect-title-african_sway = Африканские ритмы
effect-title-jealousy_sway = Танец ревности
effect-title-dance_brazil = Жаркий танец, Бразилия
effect-title-dance_argentina = Жаркий танец, Аргентина
effect-title-dance_france = Жаркий танец, Франция
effect-title-yangge_dance = Танец янгэ
effect-title-daoma_dance = Танец даома
effect-title-sedan_chair_dance = Танец с паланкином
effect-title-good_luck_dance = Танец удачи
effect-title-laicai_dance = Танец богатства
effect-title-smooth_sailing_dance = Танец попутного ветра
effect-title-witch_transform = Стать ведьмой
effect-title-vampire_transform = Стать вампиром
effect-title-zombie_transform = Стать зомби
effect-title-mummy_transform = Стать мумией
effect-title-demon_transform = Стать демоном
effect-title-pumpkin_head_transform = Тыквенная голова
effect-title-cute_pumpkin_transform = Милая тыква
effect-title-halloween_escape = Побег в Хэллоуин
effect-title-venomous_spider = Ядовитый паук
effect-title-jesus_hug = Объятия Иисуса
effect-title-polar_bear_hug = Объятия белого медведя
effect-title-brown_bear_hug = Объятия бурого медведя
effect-title-tiger_hug = Объятия тигра
effect-title-heart_gesture_1 = Сердечко в одиночку
effect-title-girlfriend = Девушка
effect-title-boyfriend = Парень
effect-title-siblings = Братья и сёстры
effect-title-marry_me = Выходи за меня
effect-title-snow_night_kiss = Поцелуй под снегом
effect-title-eternal_kiss = Вечный поцелуй
effect-title-send_my_love = С любовью
effect-title-love_theme_song = Песня о любви
effect-title-surprise_bouquet = Букет-сюрприз
effect-title-bouquet_drop = Цветы с неба
effect-title-get_rich_quick = Быстро разбогатеть
effect-title-make_it_rain = Дождь из купюр
effect-title-wealth_drive = Дорога к богатству
effect-title-lucky_money_come = Счастливые деньги
effect-title-fortune_in_motion = Фортуна в движении
effect-title-fortune_god_transform = Бог богатства
effect-title-fortune_knocks_cartoon = Удача стучится
effect-title-good_luck_spirit = Дух удачи
effect-title-lucky_veggie = Счастливый овощ
effect-title-prosperity = Процветание
effect-title-great_success = Большой успех
effect-title-new_year_greeting = Новогоднее поздравление
effect-title-new_year_feast = Новогодний пир
effect-title-ring_in_new = Звон Нового года
effect-title-lucky_horse_year = Счастливый год Лошади
effect-title-golden_horse_fortune = Золотая лошадь
effect-title-crystal_horse = Хрустальная лошадь
effect-title-horse_mask = Маска лошади
effect-title-horse_year_firework = Салют года Лошади
effect-title-lion_dance = Танец льва
effect-title-red_packet_box = Коробка красных конвертов
effect-title-lucky_red_packet = Счастливый красный конверт
effect-title-lantern_glow = Свет фонариков
effect-title-spring_couplets = Свои весенние строки
effect-title-tangyuan_to_animal = Рисовые шарики-зверята
effect-title-chinese_trend = Китайский стиль
effect-title-magic_fireball = Магический огненный шар
effect-title-lightning_power = Сила молнии
effect-title-mushroom = Гриб
effect-title-piggy_morph = Стать поросёнком
effect-title-maestro_of_magic = Маэстро магии
effect-title-magic_world_vlog = Влог из мира магии
effect-title-magic_world_vlog_portrait = Влог из мира магии (верт.)
effect-title-shooting_star = Падающая звезда
effect-title-sparkler_wand = Искристая палочка
effect-title-sovereign_scepter = Скипетр владыки
effect-title-return_of_the_king = Возвращение короля
effect-title-throne_of_king = Королевский трон
effect-title-dance_with_dragon = Танец с драконом
effect-title-blow_blaze = Огненное дыхание
effect-title-guardian_spirit = Дух-хранитель
effect-title-luminous_elf = Светящийся эльф
effect-title-woodland_elf = Лесной эльф
effect-title-nezha = Нэчжа
effect-title-phantom_jewel = Призрачный камень
effect-title-advent_of_flora = Явление Флоры
effect-title-spring_bloom = Весеннее цветение
effect-title-celebration = Праздник
effect-title-dollar_rain = Долларовый дождь
effect-title-thumbs_up = Палец вверх
effect-title-balloon_parade = Парад воздушных шаров
effect-title-happy_birthday = С днём рождения
effect-title-birthday_star = Звезда дня рождения
effect-title-birthday_board = Табло ко дню рождения
effect-title-champagne_birthday = Шампанское на день рождения
effect-title-box_of_joy = Коробка радости
effect-title-summer_fireworks = Летний салют
effect-title-unique_firework = Свой салют
effect-title-first_toast_of_the_year = Первый тост года
effect-title-cheers_2026 = За 2026!
effect-title-countdown_teleport = Телепорт по отсчёту
effect-title-pet_dance = Танец питомца
effect-title-pet_moto_rider = Питомец на мотоцикле
effect-title-pet_delivery = Питомец-курьер
effect-title-pet_chef = Питомец-повар
effect-title-pet_wizard = Питомец-волшебник
effect-title-pet_warrior = Питомец-воин
effect-title-pet_lion = Питомец-лев
effect-title-pet_bee = Питомец-пчела
effect-title-pet_working_daily = Питомец на работе
effect-title-pet_fitness = Питомец в спортзале
effect-title-pet_diving = Питомец-дайвер
effect-title-dj_pet = Питомец-диджей
effect-title-disco_paws = Диско-лапы
effect-title-paw_headbang = Питомец-металлист
effect-title-drunk_dance_pet = Питомец навеселе
effect-title-martial_meow = Боевое мяу
effect-title-wiggle_faces_pets = Мордочка-желе
effect-title-critter_paste = Паста из зверят
effect-title-pet_roll_window = Питомец в окне машины
effect-title-pet_crash_earth = Питомец падает на Землю
effect-title-pet_burst = Взрыв питомца
effect-title-tiny_beast_printer = Принтер зверушек
effect-title-pet_skateboard = Питомец на скейте
effect-title-dumpling_making_pet = Питомец лепит пельмени
effect-title-fish_making_pet = Питомец готовит рыбу
effect-title-lion_dance_pet = Питомец в танце льва
effect-title-pet_red_packet = Питомец с красным конвертом
effect-title-media_interview = Интервью
effect-title-construction_worker = Строитель
effect-title-boss_coming = Начальник идёт
effect-title-office_escape_plow = Побег из офиса
effect-title-lie_flat = Просто лежать
effect-title-cry_cry = Слёзы
effect-title-smoke_smoke = Дым
effect-title-expression_challenge = Гримасы
effect-title-idol_live = Айдол на сцене
effect-title-food_splash = Брызги еды
effect-title-whirling_beverage = Вихрь напитка
effect-title-whirling_beverage_portrait = Вихрь напитка (верт.)
effect-title-prank_box = Коробка с розыгрышем
effect-title-net_the_fish = Рыба в сети
effect-title-chubby_fish = Пухлая рыбка
effect-title-shush_my_dreams = Тише, мои сны
effect-title-ski_ski = Лыжи
effect-title-surfsurf = Сёрфинг
effect-title-skateskate = Катание
effect-title-splashsplash = Всплеск
effect-title-jumpdrop = Прыжок вниз
effect-title-swing_swing = Качели
effect-title-lets_ride = Поскакали
effect-title-dizzydizzy = Голова кругом
effect-title-flash_drive = Молниеносная поездка
effect-title-flash_ride = Молниеносный заезд
effect-title-dirt_rush = Гонка по грязи
effect-title-running = Бег
effect-title-running_man = Бегущий человек
effect-title-toss_run = Бросок и бег
effect-title-snowboarding = Сноуборд
effect-title-jelly_squish = Сплющить желе
effect-title-jelly_press = Нажать на желе
effect-title-jelly_slice = Разрезать желе
effect-title-jelly_jiggle = Дрожащее желе
effect-title-plushcut = Разрезать плюш
effect-title-felt_felt = Фетр
effect-title-wool_curly = Кудрявая шерсть
effect-title-fuzzyfuzzy = Пушистик
effect-title-soccer_star = Звезда футбола
effect-title-football_live = Футбол в эфире
effect-title-football_live_portrait = Футбол в эфире (верт.)
effect-title-var_live = Видеоповтор в эфире
effect-title-bicycle_kick = Удар через себя
effect-title-beast_striker = Зверь-нападающий
effect-title-victory_slide = Победный подкат
effect-title-red_card = Красная карточка
effect-title-goal_brazil = Гол Бразилии
effect-title-goal_argentina = Гол Аргентины
effect-title-goal_portugal = Гол Португалии
effect-title-football_dance = Футбольный танец
effect-title-football_dance_2 = Ещё один футбольный танец
effect-title-air_dunk = Слэм-данк
effect-title-tennis_trend = Теннис
effect-title-tennis_trend_portrait = Теннис (верт.)
effect-title-korean_baseball = Корейский бейсбол
effect-title-korean_baseball_portrait = Корейский бейсбол (верт.)
effect-title-f1_live = Автогонки в эфире
effect-title-cuju = Футбол в праздник фонарей
effect-title-yearbook = Школьный альбом
effect-title-anime_figure = Аниме-фигурка
effect-title-pixelpixel = Пиксели
effect-title-bloombloom = В цвету
effect-title-long_hair = Длинные волосы
effect-title-wig_out = Парик долой
effect-title-instant_kid = Снова ребёнок
effect-title-snatched = Идеальный образ
effect-title-makeup_style = Макияж
effect-title-hair_dressup = Новая причёска
effect-title-barbie_transform = Барби
effect-title-cartoon_3d = 3D-мультик
effect-title-perler_beads = Картина из бусин
effect-title-palm_sized_figure = Фигурка на ладони
effect-title-color_mixing = Смешение красок
effect-title-minimalist_light = Минималистичный свет
effect-title-glamour_photo_shoot = Гламурная фотосессия
effect-title-daily_ootd = Образ дня
effect-title-switch_to_silk = Переодеться в шёлк
effect-title-studio_look = Студийный образ
effect-title-french_elegance = Французская элегантность
effect-title-angel_wing = Крылья ангела
effect-title-fairy_wing = Крылья феи
effect-title-dark_wing = Тёмные крылья
effect-title-fly_fly = Улететь
effect-title-magic_broom = Волшебная метла
effect-title-pure_white_wings = Белоснежные крылья
effect-title-black_wings = Чёрные крылья
effect-title-golden_wing = Золотые крылья
effect-title-pink_wings = Розовые крылья
effect-title-magic_carpet_ride = Ковёр-самолёт
effect-title-santa_hug = Объятия Санты
effect-title-santa_gifts = Подарки Санты
effect-title-santa_gift = Подарок от Санты
effect-title-my_santa_pic = Фото с Сантой
effect-title-santa_express = Экспресс Санты
effect-title-santa_random_surprise = Сюрприз от Санты
effect-title-instant_christmas = Мгновенное Рождество
effect-title-christmas_photo_shoot = Рождественская фотосессия
effect-title-steampunk_christmas = Стимпанк-Рождество
effect-title-ornament_crash = Крушение ёлочных шаров
effect-title-snowglobe = Снежный шар
effect-title-jumping_ginger_joy = Прыгающий пряник
effect-title-building_sweater = Дом в свитере
effect-title-spark_in_the_snow = Искры в снегу
effect-title-scarlet_and_snow = Алое и снег
effect-title-winter_charm = Зимнее очарование
effect-title-coronation_of_frost = Морозная коронация
effect-title-swish_swish = Вжух-вжух
