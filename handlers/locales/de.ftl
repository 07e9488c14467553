## Alle Texte, die Menschen lesen. Nachrichten sind HTML; Werte werden maskiert, bevor sie eingesetzt werden.

# ---------------------------------------------------------------- Hilfe
help =
    <b>Ich mache aus einem oder zwei Fotos ein kurzes Video.</b>

    EFFECT-LINES

    … und insgesamt { $total } Effekte: /effects

    <b>So schickst du Fotos</b>
    • ein Foto mit dem Befehl als Bildunterschrift, zum Beispiel <code>/squish</code>
    • zwei Fotos auf einmal (ein Album) mit <code>/hug</code> als Bildunterschrift; das erste steht links
    • ein Befehl als Antwort auf ein Foto
    • erst die Fotos, dann der Befehl; oder erst der Befehl, dann die Fotos
    • ein Bild, das als Datei geschickt wird, geht auch, sogar HEIC und WebP

    ANIMATE-LINES

    /status zeigt deine Videos, /cancel stoppt eins. Du kannst { $daily } in 24 Stunden machen.

    <b>Deine Fotos</b> gehen an den Videodienst, der das Video macht, ohne die Orts- und Kameradaten darin. Ich behalte keine Kopie.
help-group =
    <b>Ich mache aus einem oder zwei Fotos ein kurzes Video.</b>

    EFFECT-LINES

    … und insgesamt { $total } Effekte: /effects{ $at }

    • ein Foto mit dem Befehl als Bildunterschrift
    • der Befehl als Antwort auf ein Foto; oder als Antwort auf einen Menschen, dann nehme ich eure beiden Profilbilder, wenn der andere zustimmt
    • für zwei Fotos: schick eins, und irgendwer beantwortet meine Frage mit dem anderen

    Fotos gehen an den Videodienst ohne die Orts- und Kameradaten darin. Ich behalte keine Kopie.
    Was mit deinem eigenen Profilbild geschehen darf: /privacy{ $at }
group-hello = Hallo! Danke, dass ich hier sein darf.
group-privacy-mode = Der Privatsphäre-Modus ist an: Ich sehe Befehle mit meinem Namen, wie <code>/effects{ $at }</code>, und Antworten auf meine Nachrichten, und sonst nichts von dem, was hier geschrieben wird.
group-for-admins = Admins bestimmen, welche Effekte es gibt, wer fragen darf und wie oft: /settings{ $at }
help-inline = Schreib in irgendeinem anderen Chat <code>@{ $name } hug</code>: Das Video erscheint dort.
help-admin = Für dich als Betreiber: /stats sagt, wie es den Videos erging, /balance, was sie kosten. /ban als Antwort auf jemanden oder mit der ID sperrt die Person aus; /bans zeigt, wer gesperrt ist.
help-effect = { $emoji } { $command } — { $title }, { $count ->
        [one] ein Foto
       *[other] { $count } Fotos
    }

help-animation = { $emoji } { $command } <i>was geschehen soll</i> — deine eigenen Worte, ein oder zwei Fotos
help-animate =
    <b>Deine eigenen Worte</b>
    <code>{ $command } sie lächelt und winkt</code> mit einem Foto bringt es in Bewegung. Zwei Fotos in einem Album werden das erste und das letzte Bild des Videos. Irgendwo dazwischen darfst du schreiben:
    • <code>10s</code> für zehn Sekunden
    • <code>--no Text, Unschärfe</code> für das, was du nicht sehen willst
    • <code>--cfg 0.8</code>, damit deine Worte genauer befolgt werden (0 bis 1)
    • <code>--model v2</code> für das bessere und langsamere Modell, nur mit einem Foto

menu-hug = Zwei Menschen umarmen sich (zwei Fotos)
menu-kiss = Zwei Menschen küssen sich (zwei Fotos)
menu-heart = Zwei Menschen formen ein Herz (zwei Fotos)
menu-fight = Zwei Menschen kämpfen (zwei Fotos)
menu-squish = Knautscht, was auf dem Foto ist
menu-expansion = Bläst es auf wie einen Ballon
menu-effect = { $title } ({ $count ->
        [one] ein Foto
       *[other] zwei Fotos
    })
menu-animate = Ein Foto mit eigenen Worten bewegen
menu-effects = Alle Effekte
menu-status = Deine Videos
menu-cancel = Ein Video stoppen oder nicht posten lassen
menu-settings = Qualität, Länge und mehr
menu-privacy = Was mit deinem Profilbild geschehen darf
menu-group-settings = Effekte, wer bitten darf, Tageslimit
menu-help = So funktioniert es
bot-description = Schick mir ein Foto oder zwei, und ich mache daraus ein kurzes Video: Umarmungen, Küsse, Knautschereien, insgesamt { $count } Effekte.
bot-short-description = Fotos rein, lustiges Video raus.

# ---------------------------------------------------------------- Knöpfe
button-cancel = Abbrechen
button-withhold = Nicht posten
button-post = Posten
button-undelivered = 📥 { $emoji } { $title }, { $ago }
button-run = Jetzt machen
button-more = Mehr Effekte …
button-back = Alle Themen
button-shelf = { $emoji } { $title } ({ $count })
button-effect = { $emoji } { $title }
button-effect-two = { $emoji } { $title } ×2
button-effect-needs-second = { $emoji } { $title } (+1 Foto)
button-again = 🔁 Noch mal
button-swap = ↔️ Seiten tauschen
button-swap-turn = ↔️ Fotos tauschen
button-other = 🎨 Anderer Effekt
button-reword = ✏️ Andere Worte
button-model-v1-6 = Beide Fotos, mit v1.6
button-model-v2 = Das erste, mit v2
button-try-again = 🔁 Noch mal versuchen
button-leave = Lassen
button-fetch = In unseren Privatchat holen
button-bring = 📥 Hierher schicken
button-mine = ✨ Mach dein eigenes
button-what-now = Was man tun kann
button-start = ▶️ Start
button-share = ↗️ Teilen
button-to-a-chat = ↩️ Zum Chat
button-download = Video öffnen

button-accept = ✅ Einverstanden
button-deny = Nein
button-delete = 🗑 Löschen
button-private = Unseren Privatchat öffnen

# ---------------------------------------------------------------- Effekte
shelves = <b>{ $count } Effekte.</b> Such dir einen aus, oder ein Thema. ×2 heißt zwei Fotos.
shelf = { $emoji } <b>{ $title }</b>{ $pages ->
        [one] {""}
       *[other] {" "}— Seite { $page } von { $pages }
    }
effect-gone = { $emoji } <b>{ $title }</b>: Das macht der Videodienst nicht mehr. /effects zeigt, was es gibt.
effect-gone-near = { $emoji } <b>{ $title }</b>: Das macht der Videodienst nicht mehr. Wie wäre es mit { $names }? /effects zeigt alles.
search-fillers = aus bild bilder bitte das dem den der die effekt ein eine einen er es foto fotos für ich ihn ihr ihre in kannst lass mach mache machen mal mein meine mir mit sich sie uns und unser video von wir zeig zu
search-found = { $count ->
        [one] <b>„{ $text }“</b>: Das habe ich gefunden.
       *[other] <b>„{ $text }“</b>: { $count } Effekte.
    }{ $more ->
        [0] {""}
       *[other] {" "}Das sind die besten Treffer; mit einem Wort mehr wird es genauer.
    }
search-nothing = Zu „{ $text }“ habe ich nichts gefunden. Hier ist alles:
unknown-effect-near = Den Effekt „{ $name }“ kenne ich nicht. Meintest du { $names }?
unknown-effect = „{ $name }“ kenne ich nicht. /effects zeigt, was es gibt, /help, wie alles geht.
which-effect = Welcher Effekt? Zum Beispiel <code>/effect jelly squish</code>. /effects zeigt alle.

# ---------------------------------------------------------------- Fragen nach dem, was fehlt
choose-effect = { $count ->
        [one] <b>Was soll ich mit diesem Foto machen?</b>
       *[other] <b>Was soll ich mit diesen { $count } Fotos machen?</b>
    }
ask-photo = { $emoji } <b>{ $title }</b> — schick mir das Foto.
ask-two-photos = { $emoji } <b>{ $title }</b> — schick mir zwei Fotos, nacheinander oder zusammen. { $order ->
        [turn] Sie kommen in dieser Reihenfolge.
       *[sides] Das erste steht dann links.
    }
ask-second-photo = { $emoji } <b>{ $title }</b> — { $order ->
        [turn] das erste Foto habe ich.
       *[sides] das erste Foto habe ich; es steht dann links.
    } Jetzt schick mir das andere.
ask-words = { $emoji } <b>{ $title }</b> — was soll im Bild geschehen? Zum Beispiel: <i>sie lächelt und winkt</i>.
ask-photo-and-words = { $emoji } <b>{ $title }</b> — schick mir das Foto und schreib, was im Bild geschehen soll: als Bildunterschrift oder für sich.
ask-model = { $emoji } <b>{ $title }</b> — das Modell v2 nimmt nur ein Foto. Mit v1.6 ist das erste Foto der Anfang des Videos und das zweite sein Ende. Was soll es sein?
ask-words-by-reply = Antworte mit deinen Worten auf diese Nachricht.
ask-mended = { $kept ->
        [0] Schick mir die Worte noch einmal.
       *[other] Den Rest habe ich behalten: Schick mir nur, was berichtigt ist, oder alles noch einmal.
    }
ask-confirm = { $emoji } <b>{ $title }</b> — das habe ich jetzt:
    „<i>{ $prompt }</i>“
    <code>{ $options }</code>
    Soll ich es so machen? Wenn nicht, schick mir die Worte noch einmal.
wrong-seconds = <b>{ $value }</b> geht nicht: Ein Video dauert 5 oder 10 Sekunden, also schreib <code>5s</code> oder <code>10s</code>.
wrong-cfg = Nach <code>--cfg</code> kommt eine Zahl von 0 bis 1, wie <code>--cfg 0.5</code>.
wrong-model = Die Modelle sind <code>--model v1.6</code> und <code>--model v2</code>.
wrong-fixed = Länge und Modell hat der Betreiber dieses Bots festgelegt: { $value }, und die übliche Länge.
wrong-no = Nach <code>--no</code> kommt, was du nicht sehen willst, wie <code>--no Text, Unschärfe</code>.
wrong-option = Die Option „{ $value }“ kenne ich nicht. Es gibt <code>5s</code>, <code>10s</code>, <code>--no Text, Unschärfe</code>, <code>--cfg 0.5</code> und <code>--model v2</code>.
wrong-long = Das sind { $value } Zeichen, und mehr als 2500 kann ich nicht weitergeben. Bitte sag es mit weniger Worten.
ask-by-reply = Antworte mit dem Foto auf diese Nachricht.
still-waiting-for-photo = { $count ->
        [0] Ich warte auf ein Foto. Schick es hierher, oder /cancel.
       *[other] Ich warte auf das andere Foto. Schick es hierher, oder /cancel.
    }
draft-held = { $emoji } <b>{ $title }</b> — ich war nicht da, als du danach gefragt hast. Soll ich es jetzt machen?
draft-expired = Das hat länger als zehn Minuten gedauert, darum habe ich es gelassen. Schick das Foto einfach noch einmal, wann immer du magst.
draft-cancelled = In Ordnung, abgebrochen. Es wurde nichts berechnet.
not-a-photo = { $kind ->
        [sticker] Das ist ein Sticker.
        [animation] Das ist eine Animation.
        [video] Das ist ein Video.
        [voice] Das ist ein Ton.
        [paid] Was für Sterne verkauft wird, kann ich nicht verwenden.
        [story] Storys kann ich nicht sehen.
        [link] Das Bild zu einem Link kann ich nicht sehen.
        [other] Das Bild darin kann ich nicht verwenden.
       *[file] Diese Datei ist kein Bild.
    } Ich brauche ein Standbild: als Foto, oder als Bilddatei (JPEG, PNG, WebP oder HEIC).
what-to-do = Schick mir ein Foto, und ich zeige dir, was ich damit machen kann. /effects zeigt alles, /help erklärt, wie es geht.


# ---------------------------------------------------------------- Menschen statt Fotos
note-no-own-picture = Du hast kein Profilbild, das ich sehen kann.
note-no-picture = { $name } hat kein Profilbild, das ich sehen kann.
note-away = { $name } ist nicht in dieser Gruppe, also kann ich nicht fragen, ob ich das Profilbild nehmen darf.
note-unknown-person = { $name } habe ich hier noch nicht getroffen. Eine Antwort auf eine Nachricht dieser Person geht, oder ein Foto.
note-people-in-groups = Profilbilder von Menschen gehen in Gruppen, wo ich sie vorher fragen kann.
someone = jemand ({ $id })
consent-ask = { $emoji } <a href="tg://user?id={ $id }">{ $name }</a>, { $asker } möchte mit deinem Profilbild ein Video machen: <b>{ $title }</b>. Ist das in Ordnung?
consent-ask-words = { $emoji } <a href="tg://user?id={ $id }">{ $name }</a>, { $asker } möchte mit deinem Profilbild ein Video machen: <b>{ $title }</b>. Darin soll das geschehen: „<i>{ $prompt }</i>“. Ist das in Ordnung?
consent-not-yours = Das kann nur { $name } beantworten.
consent-given = Danke!
consent-changed = Das hat sich geändert, seit du gefragt wurdest. Bitte lies die Frage noch einmal.
consent-denied = In Ordnung, dein Bild wird nicht verwendet.
consent-expired = { $name } hat eine halbe Stunde lang nicht geantwortet, darum habe ich es gelassen. Es wurde nichts berechnet.
consent-in-group = Bitte frag noch einmal in der Gruppe. Dort kann ich fragen, wem das Bild gehört.
refused-consent = { $name } möchte das lieber nicht. Es wurde nichts gemacht und nichts berechnet.
refused-never = { $name } möchte nicht, dass das Profilbild verwendet wird. Es wurde nichts gemacht.
refused-away = { $name } ist nicht hier und kann nicht gefragt werden. Es wurde nichts gemacht.
refused-unasked = { $name } muss jedem Video erst zustimmen. Bitte frag in der Gruppe danach.
refused-busy = { $name } wird hier gerade nach einem anderen Video gefragt. Frag noch einmal, wenn das beantwortet ist.
refused-paused = { $name } wurde hier erst vor Kurzem gefragt. Frag in zehn Minuten noch einmal.
privacy-policy =
    <b>Datenschutz</b>

    Deine Fotos gehen an { $services }COUNTRY, damit dein Video entsteht, ohne Orts- und Kameradaten. Ich behalte keine Kopie, nur Telegrams Kennungen der Dateien.
    Ich speichere deinen Namen, deine Anfragen und deine Wahl, und welche Videos entstanden sind: fertige { $days } Tage lang, Nachrichten drei. Niemand sonst bekommt sie.
    /mydata schickt dir alles, /deletemydata löscht es. /terms zeigt die Bedingungen.
privacy-country = (in { $country })
privacy-policy-url = <b>Datenschutz</b>: <a href="{ $url }">die Erklärung des Betreibers</a>. /mydata schickt dir alles, was über dich gespeichert ist, /deletemydata löscht es.
terms =
    <b>Bedingungen</b>

    • Schick nur Fotos von Menschen, die einverstanden sind, und keine von Minderjährigen für Effekte, die nichts für sie sind.
    • Täusche niemanden mit den Videos: Sie sind mit KI gemacht und sagen das.
    • Keine Gewalt gegen echte Menschen, nichts Sexuelles, nichts Verbotenes.
    • Die Videos macht ein bezahlter Dienst; einen Anspruch gibt es nicht. Wer die Bedingungen bricht, kann gesperrt werden.
terms-url = <b>Bedingungen</b>: <a href="{ $url }">die Bedingungen des Betreibers</a>
privacy =
    <b>Dein Profilbild</b>

    In Gruppen kann man um ein Video mit deinem Profilbild bitten: zum Beispiel mit /hug als Antwort auf dich. Was soll ich dann tun?
privacy-ask = Mich jedes Mal fragen
privacy-never = Mein Bild nie verwenden
privacy-always = In meinen Gruppen immer okay
privacy-kept = Daran halte ich mich.
mydata-caption = Alles, was ich über dich gespeichert habe.
mydata-in-private = Deine Daten gehören in unseren Privatchat.
deletemydata =
    <b>Alles löschen, was ich über dich gespeichert habe?</b> Die Einträge deiner Videos, deine Anfragen, deine Wahl und deinen Namen. Was Videos gekostet haben, bleibt in den Büchern, ohne dich. Videos in Chats bleiben, wo sie sind.{ $count ->
        [0] {""}
        [one] {" "}Ein Video wird noch gemacht.
       *[other] {" "}{ $count } Videos werden noch gemacht.
    }
    Wenn du heute Videos angefordert hast, geht das nächste einen Tag nach dem letzten.
button-erase-now = 🗑 Jetzt löschen
button-erase-later = ⏳ Wenn sie fertig sind
button-erase-keep = Behalten
erased-now = Alles ist gelöscht.
erased-later = Ich lösche alles, sobald deine Videos fertig sind.
erased-keep = OK, nichts wurde gelöscht.
privacy-in-private = Was mit deinem Profilbild geschehen darf, bestimmst du, in unserem Privatchat: /privacy
# ---------------------------------------------------------------- Inline- und Gastmodus
inline-placed = { $emoji } <b>{ $title }</b> wird gemacht. Wenn sich hier nichts tut, drückt auf Start, wer darum gebeten hat.
inline-made-of-recent = { $count ->
        [one] Braucht ein Foto: das letzte, das du mir geschickt hast, { $ago }
       *[other] Braucht zwei Fotos: die letzten zwei, die du mir geschickt hast, { $ago }; das ältere steht links
    }
inline-made-of-picture = Braucht ein Foto: dein Profilbild
inline-your-video = Dein Video, { $ago }
inline-photos-first = Schick mir erst Fotos
inline-one-more-photo = Schick mir noch ein Foto
inline-other-photos = Andere Fotos nehmen
inline-send-any = Schick mir ein Foto, oder zwei für Effekte mit zweien: Das erste steht dann links. Danach bringe ich dich zurück.
inline-go-back = Danke. Wähl den Chat aus und dann den Effekt; { $count ->
        [one] er wird aus dem letzten Foto gemacht, das du mir geschickt hast.
       *[other] er wird aus den letzten zwei Fotos gemacht, die du mir geschickt hast, das ältere links.
    }
guest-how = Antworte auf ein Foto, und schreib meinen Namen und einen Effekt:
guest-effect = { $emoji } <code>@{ $at } { $name }</code> — { $title }{ $count ->
        [one] {""}
       *[other] , mit deinem Profilbild links
    }
guest-unknown = Den Effekt „{ $name }“ kenne ich nicht. Antworte auf ein Foto, und schreib meinen Namen und einen von diesen:
guest-how-1 = Dafür brauche ich ein Foto. Antworte auf eins mit <code>@{ $at } { $name }</code>.
guest-how-2 = Dafür brauche ich ein Foto. Antworte auf eins mit <code>@{ $at } { $name }</code>: Dein Profilbild steht links, das Foto rechts.
guest-not-a-photo = Dafür brauche ich ein Standbild. Antworte auf eins mit <code>@{ $at } { $name }</code>.
guest-no-picture = { $title } braucht zwei Fotos, und ich kann kein Profilbild von dir sehen. Schick ein eigenes Foto mit <code>@{ $at } { $name }</code> als Bildunterschrift, als Antwort auf das andere Foto.
guest-nobody = Ich kann nicht sehen, wer du hier bist, und Videos werden je Person gezählt. Bitte schreib unter deinem eigenen Namen.

# ---------------------------------------------------------------- Einstellungen einer Gruppe
rules-effect-off = Diesen Effekt haben die Admins dieser Gruppe abgeschaltet. /effects zeigt, was es gibt.
report-how = Antworte mit /report auf ein Video von mir, dann sehen es sich die Admins des Bots an.
report-done = Danke. Die Admins des Bots sehen es sich an.
report-nobody = Um Meldungen kümmert sich bei diesem Bot niemand. Löschen kann das Video, wer darum bat oder darin ist.
button-report = 🚩 Melden
button-ban = ⛔ Sperren
notice-report = <b>Ein Video wurde gemeldet.</b> { $detail }
access-banned = Du kannst diesen Bot nicht mehr benutzen.
access-unknown = Dieser Bot ist privat. Wer ihn betreibt, entscheidet, wer ihn benutzen darf.
access-group = Dieser Bot darf in dieser Gruppe nicht arbeiten: Wer ihn betreibt, entscheidet, wo er es darf. Tschüss!
access-who = Wer? Antworte mit /{ $command } auf eine Nachricht der Person, oder schreib ihre ID oder ihren @Namen dahinter.
access-admin = Das ist ein Admin dieses Bots.
access-ban-done = { $name } (<code>{ $id }</code>) kann den Bot nicht mehr benutzen. Was noch lief, ist beendet.
access-unban-done = { $name } (<code>{ $id }</code>) kann den Bot wieder benutzen, wie alle anderen.
access-allow-done = { $name } (<code>{ $id }</code>) darf den Bot benutzen.
access-banned-head = <b>Gesperrt</b>
access-allowed-head = <b>Zugelassen</b>
access-line = { $name } (<code>{ $id }</code>)
access-nobody = Niemand ist gesperrt.
rules-banned = Du kannst diesen Bot nicht mehr benutzen.
rules-admins-only = In dieser Gruppe dürfen nur Admins um Videos bitten.
group-settings-for-admins = Nur Admins dieser Gruppe können ihre Einstellungen ändern.
group-settings =
    <b>Einstellungen dieser Gruppe</b>

    Wer um Videos bitten darf: <b>{ $who ->
        [admins] nur Admins
       *[everyone] alle
    }</b>
    Videos in 24 Stunden: <b>{ $limit }</b>
    Effekte: <b>{ $some } von { $all }</b>
group-limit = <b>Um wie viele Videos darf diese Gruppe in 24 Stunden bitten?</b>
group-language = <b>In welcher Sprache soll ich in dieser Gruppe sprechen?</b>
group-effects = <b>Welche Effekte gibt es in dieser Gruppe?</b> Wähl ein Thema.
button-who-everyone = Alle dürfen
button-who-admins = Nur Admins
button-group-effects = Effekte
button-group-limit = Tageslimit
button-group-language = Sprache
button-limit-most = So viele, wie ich darf ({ $limit })
button-language-each = Je nach Person
button-theme = { $emoji } { $title } ({ $some }/{ $all })
button-all-on = Alle an
button-all-off = Alle aus
button-step-back = ‹ Zurück
button-done = Fertig

# ---------------------------------------------------------------- Statusnachricht
status-queued = { $emoji } <b>{ $title }</b> — in der Warteschlange{ $position ->
        [1] {""}
       *[other] {" "}(Platz { $position })
    }
status-waiting-for-service = { $emoji } <b>{ $title }</b> — { $reason ->
        [busy] der Videodienst ist gerade beschäftigt
       *[other] der Videodienst ist gerade nicht zu erreichen
    }. Ich versuche es von allein weiter; es wurde nichts berechnet.
status-submitting = { $emoji } <b>{ $title }</b> — deine Fotos gehen an den Videodienst
status-generating = { $emoji } <b>{ $title }</b> — wird gemacht, { $elapsed } von etwa { $usual }
    { $bar }
status-generating-short = { $emoji } <b>{ $title }</b> — wird gemacht, { $elapsed } von etwa { $usual }
status-late = { $emoji } <b>{ $title }</b> — das dauert länger als üblich (bisher { $elapsed }). Ich sehe weiter nach, und das Video kommt hierher, sobald es fertig ist.
status-in-doubt = { $emoji } <b>{ $title }</b> — der Videodienst hat nicht eindeutig geantwortet. Ich finde gerade heraus, ob er die Fotos genommen hat; bitte warte.
status-needs-decision = { $emoji } <b>{ $title }</b> — der Videodienst hat nicht geantwortet, und in seinem Verzeichnis stehen deine Fotos nicht. Wahrscheinlich hat er sie nicht genommen. Noch einmal schicken zählt als weiteres Video. Soll ich sie noch einmal schicken? ({ $job })
status-record-unread = { $emoji } <b>{ $title }</b> — ich konnte nicht herausfinden, ob der Videodienst deine Fotos genommen hat: Sein Verzeichnis lässt sich nicht lesen. Noch einmal schicken zählt als weiteres Video; hat er sie doch genommen, werden beide bezahlt. Soll ich sie noch einmal schicken? ({ $job })
status-withhold = { $emoji } <b>{ $title }</b> — { $paid ->
        [yes] es ist schon bezahlt
       *[maybe] es ist vielleicht schon bezahlt
    }, und der Videodienst lässt sich nicht aufhalten. Soll ich es hier posten, wenn es fertig ist?
status-withholding = { $emoji } <b>{ $title }</b> — ich poste es nicht. { $paid ->
        [yes] Es ist schon bezahlt
       *[maybe] Es ist vielleicht schon bezahlt
    } und lässt sich nicht aufhalten; wenn es fertig ist, liegt es für den, der darum gebeten hat, unter /status.
status-withheld-asked = { $emoji } <b>{ $title }</b> — fertig und bezahlt. Soll ich es hier posten?
status-withheld = { $emoji } <b>{ $title }</b> — fertig, aber nicht gepostet. Wer darum gebeten hat, findet es unter /status.
status-given-up = { $emoji } <b>{ $title }</b> — abgebrochen. Es wurde vielleicht berechnet.
status-cancelled = { $emoji } <b>{ $title }</b> — abgebrochen. Es wurde nichts berechnet.
status-no-rights = { $emoji } <b>{ $title }</b> ist fertig, aber ich darf in diesem Chat keine Videos senden.
status-closed = { $emoji } <b>{ $title }</b> ist fertig, aber ich darf es in diesem Chat nicht senden.
status-not-here = { $emoji } <b>{ $title }</b> ist fertig, kann aber in dieser Nachricht nicht gezeigt werden.
fetch-here-already = Dieses Video hast du schon geholt: Es ist weiter oben in diesem Chat.
undelivered = { $count ->
        [one] Ein fertiges Video von dir ist nicht angekommen. Ein Druck, und es kommt hierher.
       *[other] { $count } fertige Videos von dir sind nicht angekommen. Ein Druck, und sie kommen hierher.
    }
status-arriving = 🎬 Dein Video ist unterwegs …
status-delayed = { $emoji } <b>{ $title }</b> — das Video ist gemacht, aber ich kann es gerade nicht hierher bringen. Ich versuche es von selbst weiter.
status-no-video = { $emoji } <b>{ $title }</b> — das Video wurde gemacht, aber ich konnte es nicht vom Videodienst holen. ({ $job })
status-rejected = { $emoji } <b>{ $title }</b> — das Video wurde gemacht, aber Telegram nimmt es mir nicht ab. Du kannst es beim Videodienst öffnen. ({ $job })
status-unreachable = { $emoji } <b>{ $title }</b> — das Video wurde gemacht, aber ich konnte es einen Monat lang nicht hierher bringen. ({ $job })
status-link = das Video ist zu groß für Telegram, darum hier als Link.
note-left-right = Das erste Foto steht links.
note-not-in-group = In der Gruppe darf ich nicht schreiben, darum kommt das Video hierher.
note-from-recent-one = Aus dem letzten Foto, das du mir geschickt hast.
note-from-recent-two = Aus den letzten zwei Fotos, die du mir geschickt hast: Das ältere steht links.
note-from-picture = Aus deinem Profilbild.
note-from-replied = Aus dem Foto oben.
note-from-own = Aus dem Foto in der Nachricht.
note-from-own-replied = Dein Foto steht links, das, auf das du geantwortet hast, rechts.
note-from-picture-replied = Dein Profilbild steht links, das Foto, auf das du geantwortet hast, rechts.
note-from-picture-own = Dein Profilbild steht links, das Foto deiner Nachricht rechts.
note-motion = „<i>{ $prompt }</i>“ ({ $duration } s, { $model })
note-first-last = Es beginnt mit dem ersten Foto und endet mit dem zweiten.
note-extra-photos = { $count ->
        [one] Du hast mehr Fotos geschickt als nötig: Ich habe das mit dem Befehl genommen, sonst das erste.
       *[other] Du hast mehr Fotos geschickt als nötig: Ich habe das mit dem Befehl und das daneben genommen, sonst die ersten { $count }.
    }
announce-delivered = { $emoji } Dein Video ist fertig: { $title }.
announce-failed = { $emoji } { $title }: diesmal kein Video; der Grund steht oben.
announce-decision = { $emoji } { $title }: Hier brauche ich eine Entscheidung von dir.
announce-late = { $emoji } { $title }: Das dauert länger als üblich. Ich bin dran.
caption-delivered = { $emoji } <b>{ $title }</b>
caption-ai = ✨ Mit KI gemacht
caption-animation = { $emoji } <b>{ $title }</b>
    „<i>{ $prompt }</i>“

# ---------------------------------------------------------------- /status und /cancel
status-head = <b>Deine Videos</b>
status-head-group = <b>Deine Videos in dieser Gruppe</b>
status-none = Noch keine. Schick mir ein Foto!
status-line = { $emoji } { $title } — { $state }, { $ago } (<code>{ $job }</code>)
status-left = In diesen 24 Stunden noch frei: { $left } (von { $daily }).
status-no-limit = Du bist Admin dieses Bots: kein Limit.
state-queued = in der Warteschlange
state-submitting = wird geschickt
state-in-doubt = wird gesucht
state-needs-decision = wartet auf deine Entscheidung
state-generating = wird gemacht
state-ready = unterwegs
state-delivering = unterwegs
state-delivered = fertig
state-withholding = in Arbeit, wird nicht gepostet
state-withheld = fertig, nicht gepostet
state-undeliverable = war nicht zuzustellen
state-failed = hat nicht geklappt
state-cancelled = abgebrochen
stats-now = <b>Jetzt</b>
stats-quiet = Gerade wird nichts gemacht.
stats-span = <b>{ $days ->
        [one] Die letzten 24 Stunden
       *[other] Die letzten { $days } Tage
    }</b>
stats-asked = { $count ->
        [one] ein Video
       *[other] { $count } Videos
    }, gewünscht von { $people ->
        [one] einer Person
       *[other] { $people } Personen
    }
stats-line = { $state }: { $count }
stats-needs-decision = wartet auf eine Entscheidung
stats-lost = Die Antwort des Dienstes ging verloren: { $count }. Dort gefunden: { $found }. Der Person vorgelegt: { $asked }.
balance-head = <b>Noch auf dem Konto</b>
balance-line = { $service }: { $usd } USD
balance-units = { $service }: { $units } Einheiten, etwa { $usd } USD
balance-untold = { $service }: Der Schlüssel funktioniert; der Dienst sagt nicht, was übrig ist.
balance-refused = { $service } nimmt den Schlüssel nicht an: { $detail }
balance-trouble = { $service } kann gerade nicht gefragt werden: { $detail }
spent-head = <b>Ausgegeben</b>
spent-line = { $days ->
        [one] in 24 Stunden
       *[other] in { $days } Tagen
    }: { $usd } USD für { $count ->
        [one] ein Video
       *[other] { $count } Videos
    }{ $unknown ->
        [0] {""}
        [one] {" "}und eins mehr zu einem Preis, den niemand gesagt hat
       *[other] {" "}und { $unknown } mehr zu einem Preis, den niemand gesagt hat
    }
budget-head = <b>Budgets</b>
budget-line = { $days ->
        [one] in 24 Stunden
       *[other] in { $days } Tagen
    }: { $spent } USD ausgegeben, { $reserved } USD zurückgelegt{ $limited ->
        [no] , ohne Grenze
       *[yes] , von { $budget } USD
    }
budget-service = – { $service }: { $spent } USD ausgegeben, { $reserved } USD zurückgelegt
dearest-head = <b>An wen es ging, in 30 Tagen</b>
dearest-line = { $name } (<code>{ $id }</code>): { $usd } USD
dearest-group = Gruppe <code>{ $id }</code>: { $usd } USD
price-head = <b>Was ein Video kostet</b> ({ $quality })
price-line = { $emoji } { $title }: { $costs }
price-cost = { $service } { $usd } USD
price-most = { $service } höchstens { $usd } USD
price-none = { $service } sagt seine Preise nicht. Du kannst es, in deiner Effektdatei: siehe docs/effects.md.
cancel-nothing = Hier gibt es nichts abzubrechen.
cancel-which = Welches?
cancel-free = Abgebrochen. Es wurde nichts berechnet.
cancel-left = Abgebrochen. Es wurde vielleicht berechnet.
cancel-ask = { $paid ->
        [yes] Es ist schon bezahlt
       *[maybe] Es ist vielleicht schon bezahlt
    }, und der Videodienst lässt sich nicht aufhalten. Soll ich es posten, wenn es fertig ist?
cancel-ask-made = Es ist fertig und bezahlt. Soll ich es posten?
cancel-withholding = Ich poste es nicht. Wenn es fertig ist, liegt es unter /status.
cancel-withheld = Ich poste es nicht. Es liegt unter /status.
cancel-too-late = Dafür ist es zu spät, das lässt sich nicht mehr abbrechen.
span-minutes = { $count ->
        [one] 1 Minute
       *[other] { $count } Minuten
    }
span-hours = { $count ->
        [one] 1 Stunde
       *[other] { $count } Stunden
    }
span-days = { $count } Tagen
ago = vor { $span }
just-now = gerade eben

# ---------------------------------------------------------------- Antworten auf einen Druck
press-over = Das ist vorbei. Schick mir ein Foto, um neu anzufangen.
press-gone = { $emoji } { $title } gibt es nicht mehr. /effects zeigt, was es gibt.
press-not-yours = Hier darf nur drücken, wer darum gebeten hat.
press-on-its-way = Es ist unterwegs.
press-withheld-by-admin = Ein Admin dieser Gruppe möchte es hier nicht haben. /status bringt es in unseren Privatchat.
press-fetched-in-private = Du hast es schon geholt: Es ist in unserem Privatchat.
press-already-asked = Danach habe ich schon gefragt.
press-removing = Ich lösche das Video.
cannot-remove-in-group = Telegram lässt mich diese Nachricht nicht mehr löschen. Ein Admin dieser Gruppe kann es.
cannot-remove-in-private = Telegram lässt mich diese Nachricht nicht mehr löschen. Du kannst es: Halte sie gedrückt.
press-already = Es wird schon gemacht.
press-late = Ich war nicht da, als du das gedrückt hast. Wenn du es noch willst, drück noch einmal.
press-queued = { $emoji } { $title } — in der Warteschlange.

# ---------------------------------------------------------------- /settings
settings-head = <b>Deine Einstellungen</b>
    Sie gelten für Videos, um die du von jetzt an bittest.
settings-quality = <b>Qualität</b>: Pro ist schärfer. Manche Effekte haben nur eine Qualität.
settings-duration = <b>Länge</b>: zehn Sekunden, wo der Effekt so lang sein kann, sonst fünf.
settings-animate-model = <b>Das Modell von /animate</b>: v2 ist besser, teurer und langsamer und nimmt nur ein Foto.
settings-service = <b>Videodienst</b>: Er macht, was er kann; der andere macht den Rest und hilft aus.
settings-language = <b>Sprache</b>
settings-same-price = Längere Videos, die bessere Qualität und teurere Modelle sind den Admins dieses Bots vorbehalten.
settings-nothing = Der Betreiber dieses Bots hat festgelegt, wie Videos gemacht werden.
button-chosen = ✓ { $option }
option-standard = Standard
option-pro = Pro
option-model-v1-6 = v1.6
option-model-v2 = v2
option-seconds = { $count } s
option-as-telegram = Wie in Telegram
language-name = Deutsch

# ---------------------------------------------------------------- Limits
limit-daily = Du hast in den letzten 24 Stunden um { $limit ->
        [one] ein Video
       *[other] { $limit } Videos
    } gebeten, mehr darf ich für eine Person nicht machen. Das nächste ist in { $wait } frei.
limit-attempts = In den letzten 24 Stunden habe ich { $limit ->
        [0] nichts
        [one] eins deiner Videos
       *[other] { $limit } deiner Videos
    } an den Videodienst geschickt, gescheiterte mitgezählt, und mehr darf ich nicht. Das nächste geht in { $wait }.
limit-content = Der Videodienst hat in den letzten 24 Stunden { $limit ->
        [one] eine deiner Anfragen
       *[other] { $limit } deiner Anfragen
    } nach seinen Inhaltsregeln abgelehnt, darum schicke ich vorerst keine mehr. Die nächste geht in { $wait }.
limit-retired = Diesen Effekt macht der Videodienst nicht mehr. /effects zeigt, was es gibt.
limit-active = Ich mache schon { $limit ->
        [one] ein Video
       *[other] { $limit } Videos
    } für dich. Frag wieder, wenn eins davon fertig ist; /status zeigt sie.

limit-all = { $limit ->
        [0] Im Moment darf ich keine Videos machen.
        [one] Das eine Video, das ich in 24 Stunden für alle zusammen machen darf, ist gemacht. Das nächste ist in { $wait } frei.
       *[other] Die { $limit } Videos, die ich in 24 Stunden für alle zusammen machen darf, sind gemacht. Das nächste ist in { $wait } frei.
    }
limit-budget-user = Was ich für deine Videos ausgeben darf, ist im Moment aufgebraucht.{ $minutes ->
        [0] {" "}Dieses darf ich nicht machen.
       *[other] {" "}Das nächste geht in { $wait }.
    }
limit-budget-group = Was ich für die Videos dieser Gruppe ausgeben darf, ist im Moment aufgebraucht.{ $minutes ->
        [0] {" "}Dieses darf ich nicht machen.
       *[other] {" "}Das nächste geht in { $wait }.
    }
limit-budget-day = Was ich heute für alle zusammen ausgeben darf, ist aufgebraucht.{ $minutes ->
        [0] {" "}Dieses darf ich nicht machen.
       *[other] {" "}Das nächste geht in { $wait }.
    }
limit-budget-month = Was ich diesen Monat für alle zusammen ausgeben darf, ist aufgebraucht.{ $minutes ->
        [0] {" "}Dieses darf ich nicht machen.
       *[other] {" "}Das nächste geht in { $wait }.
    }
limit-group = { $limit ->
        [0] Diese Gruppe darf im Moment nicht um Videos bitten.
        [one] Diese Gruppe hatte ihr eines Video der letzten 24 Stunden. Das nächste ist in { $wait } frei.
       *[other] Diese Gruppe hatte ihre { $limit } Videos der letzten 24 Stunden. Das nächste ist in { $wait } frei.
    }

# ---------------------------------------------------------------- warum es kein Video gibt
photo-which = { $photo ->
        [0] { $count ->
            [one] das Foto
           *[other] eins der Fotos
        }
        [1] { $count ->
            [one] das Foto
           *[other] das erste Foto
        }
       *[other] das zweite Foto
    }
failure-head = { $emoji } <b>{ $title }</b> — diesmal gibt es kein Video.
failure-foot = Es wurde nichts berechnet. ({ $job })
failure-foot-unsure = Es kann sein, dass es berechnet wurde. ({ $job })
failure-no_face = Ich habe mir { $which } angesehen und kein Gesicht gefunden. Versuch es mit einem, auf dem das Gesicht groß, scharf und von vorn zu sehen ist; oder mit einem Effekt, der mit allem geht, unten.
failure-moderated = Die Regeln des Videodienstes erlauben { $which } nicht. Bitte versuch ein anderes.
failure-moderated-words = Die Regeln des Videodienstes erlauben diese Worte oder { $which } nicht. Bitte versuch es mit anderen Worten oder einem anderen Foto.
failure-photo_size = Größe oder Form passt nicht: Der Videodienst konnte { $which } nicht verwenden. Ein Foto mit mindestens 300 Pixeln auf jeder Seite, nicht zu schmal, geht.
failure-photo_unreadable = Der Videodienst konnte { $which } nicht lesen. Bitte schick ein anderes.
failure-retired = Diesen Effekt macht der Videodienst nicht mehr. Bitte such dir einen anderen aus.
failure-not_offered = Solche Videos macht der Videodienst nicht. Bitte such dir etwas anderes aus.
failure-busy = Der Videodienst hatte dafür keinen Platz, obwohl ich es eine Weile versucht habe. Bitte versuch es später noch einmal.
failure-down = Der Videodienst ist im Moment außer Betrieb, obwohl ich es eine Weile versucht habe. Bitte versuch es später noch einmal.
failure-out_of_credit = Das Konto des Bots beim Videodienst ist leer. Der Betreiber weiß Bescheid; bitte versuch es später noch einmal.
failure-bad_key = Der Videodienst lässt den Bot nicht hinein. Der Betreiber weiß Bescheid; bitte versuch es später noch einmal.
failure-account = Der Videodienst lässt das Konto des Bots gerade keine Videos machen. Der Betreiber weiß Bescheid; bitte versuch es später noch einmal.
failure-misconfigured = Der Videodienst hat den Bot nicht verstanden. Der Betreiber weiß Bescheid; bitte versuch es später noch einmal.
failure-timed_out = Der Videodienst hat dafür zu lange gebraucht und aufgehört.
failure-given_up = Der Videodienst hat die Fotos vor einem Tag genommen und sagt immer noch, dass er nicht fertig ist. Dieses gebe ich auf.
failure-nothing_made = Der Videodienst hat es versucht und aus { $which } nichts gemacht. Ein anderes Foto geht vielleicht.
failure-no_video = Der Videodienst ist fertig, aber in seiner Antwort war kein Video zu finden. Der Betreiber weiß Bescheid.
failure-other = Der Videodienst hat Nein gesagt, und nicht warum. Ein anderes Foto geht vielleicht.
failure-consent = Die Person, deren Profilbild es ist, stimmt nicht mehr zu.
failure-nowhere = Ich darf weder in dem Chat noch dir privat schreiben, also hätte niemand das Video gesehen. Drück in unserem Privatchat auf Start und bitte noch einmal darum.
failure-telegram = Ich konnte { $which } nicht von Telegram bekommen. Bitte schick es noch einmal.
failure-photo_process = Ich konnte { $which } nicht vorbereiten, und mein Betreiber weiß es. Bitte versuch es später noch einmal.
failure-not_a_picture = Ich kann { $which } nicht als Bild lesen. Bitte schick ein Foto, oder eine Datei in JPEG, PNG, WebP oder HEIC.
failure-animated = So geht es nicht: { $which } bewegt sich. Ich brauche ein Standbild.
failure-cut_short = Ich habe { $which } nur unvollständig bekommen. Bitte schick es noch einmal.
failure-empty = Die Datei für { $which } ist leer. Bitte schick es noch einmal.
failure-too_many_pixels = Leider hat { $which } zu viele Pixel. Bitte schick ein kleineres.
failure-too_small = Leider hat { $which } zu wenige Pixel: Jede Seite braucht mindestens 150, besser 300 oder mehr.
failure-too_narrow = Leider ist { $which } zu lang und schmal. Bitte schneide es zu.
failure-too_big = Leider ist { $which } größer als 20 MB, und mehr gibt Telegram Bots nicht. Bitte schick es als Foto.

handler-failed = Bei mir ist mit deiner Nachricht etwas schiefgegangen. Bitte versuch es noch einmal.

# ---------------------------------------------------------------- an den Betreiber
notice-out_of_credit = <b>Das Konto bei { $service } ist leer.</b> Was ein anderer Dienst macht, geht dorthin; sonst heißt es, man möge es später versuchen. Die Antwort war: { $detail }
notice-bad_key = <b>{ $service } nimmt den Schlüssel nicht an.</b> Prüf { $setting }. Die Antwort war: { $detail }
notice-account = <b>{ $service } lässt dieses Konto keine Videos machen.</b> Sieh dort nach dem Konto: Vielleicht fehlt ein Abo, eine Bestätigung, eine Berechtigung oder eine erlaubte IP-Adresse. Die Antwort war: { $detail }
notice-misconfigured = <b>{ $service } hat eine Anfrage nicht verstanden.</b> Prüf die Adresse in den Einstellungen. Die Antwort war: { $detail }
notice-clock = <b>Die Uhr dieses Rechners und die von { $service } gehen um { $detail } auseinander.</b> Ich rechne das ein; bitte stell die Uhr des Rechners trotzdem richtig.
notice-storage = <b>Der Speicherchat nimmt keine Videos.</b> Mach den Bot dort zum Admin und prüf STORAGE_CHAT_ID; bis dahin gehen Videos im Inline- und Gastmodus über ihre Adresse, bis 20 MB. Telegram sagt: { $detail }
notice-photo_fetch = <b>Ein Foto war zehn Minuten lang nicht von Telegram zu bekommen.</b> Die Person wurde gebeten, es noch einmal zu schicken. Wenn dein eigener Bot-API-Server mit --local läuft, gib seinen Ordner für den Bot frei und setz TELEGRAM_LOCAL_MODE=true. Der letzte Versuch: { $detail }
notice-photo_process = <b>Fotos lassen sich nicht vorbereiten:</b> Der Prozess dafür startete zehn Minuten lang nicht. Prüf, wie viel Speicher und wie viele Prozesse der Bot haben darf. Der letzte Versuch: { $detail }
notice-retired = <b>{ $service } kennt den Effekt „{ $about }“ nicht mehr.</b> Was ein anderer Dienst macht, geht dorthin; sonst wird er nicht mehr angeboten. <code>python -m bot effects --restore { $about }</code> bringt ihn zurück. Die Antwort war: { $detail }
notice-budget_day = <b>DAILY_BUDGET_USD ({ $detail } USD) ist aufgebraucht:</b> So viel wurde in den letzten 24 Stunden für Videos ausgegeben oder ist dafür zurückgelegt. Andere hören, dass es später wieder geht. /balance zeigt, an wen es ging.
notice-budget_month = <b>MONTHLY_BUDGET_USD ({ $detail } USD) ist aufgebraucht:</b> So viel wurde in den letzten 30 Tagen für Videos ausgegeben oder ist dafür zurückgelegt. Andere hören, dass es später wieder geht. /balance zeigt, an wen es ging.
notice-daily_limit = <b>DAILY_LIMIT ({ $detail }) ist erreicht:</b> so viele Videos haben alle zusammen in 24 Stunden verlangt. Andere werden gebeten, später wiederzukommen; für dich gilt die Grenze nicht. /stats und /balance zeigen, was gemacht und ausgegeben wurde.
notice-low_balance = <b>Bei { $service } sind noch { $detail } USD.</b> Lade auf, bevor keine Videos mehr kommen. LOW_BALANCE_USD legt fest, wann du es erfährst; /balance zeigt mehr.
notice-no_video = <b>{ $service } ist mit einem Auftrag fertig, und in der Antwort ist kein Video.</b> Die Person weiß es; vielleicht wurde es berechnet. Bitte melde den Autoren des Bots die Form der Antwort: { $detail }
notice-unknown_status = <b>{ $service } antwortet mit einem Status, den der Bot nicht kennt: „{ $detail }“.</b> Er gilt als „noch in Arbeit“. Wenn er ein Ende bedeutet, melde ihn bitte den Autoren des Bots.
notice-late_jobs = <b>{ $detail } Videos bei { $service } dauern länger als DEADLINE_MINUTES.</b> Prüf, ob der Dienst arbeitet. Ich schaue weiter nach ihnen und schicke neue dorthin; die Leute erfahren, dass es länger dauert.

# ---------------------------------------------------------------- Themen und Effekte
# Was hier fehlt, heißt wie im Katalog; der Titel eines Betreibers gilt in jeder Sprache.
theme-title-hearts = Umarmungen und Herzen
theme-title-squishy = Weich und knautschig
theme-title-pets = Haustiere
theme-title-dance = Tanz
theme-title-wings = Flügel
theme-title-magic = Magie und Legenden
theme-title-action = Action
theme-title-sport = In Bewegung
theme-title-stadium = Fußball und Arena
theme-title-party = Feste
theme-title-winter = Weihnachten und Winter
theme-title-lunar = Mondneujahr
theme-title-luck = Glück und Geld
theme-title-halloween = Halloween
theme-title-style = Stil
theme-title-camera = Kameratricks
theme-title-scenes = Kleine Szenen

effect-title-hug = Umarmung
effect-title-kiss = Kuss
effect-title-heart = Herzgeste
effect-title-fight = Kampf
effect-title-squish = Knautschen
effect-title-expansion = Aufblasen
effect-title-animate = Animation
effect-title-gun_shot = Schuss
effect-title-double_gun = Zwei Pistolen
effect-title-car_explosion = Autoexplosion
effect-title-building_collapse = Einstürzendes Haus
effect-title-shark_alert = Haialarm
effect-title-watermelon_bomb = Wassermelonenbombe
effect-title-iron_warrior = Eiserner Krieger
effect-title-rocketrocket = Rakete
effect-title-martial_arts = Kampfkunst
effect-title-skyfall = Himmelssturz
effect-title-raid_check = Razzia
effect-title-door_revenge = Rache an der Tür
effect-title-overdrive = Vollgas
effect-title-day_to_night = Vom Tag zur Nacht
effect-title-instant_film = Sofortbild
effect-title-bullet_time_360 = Bullet Time, rundum
effect-title-bullet_time_lite = Bullet Time, leicht
effect-title-zoom_out = Herauszoomen
effect-title-spielberg_transition = Spielberg-Übergang
effect-title-smooth_transition = Sanfter Übergang
effect-title-finger_swipe = Weiterwischen
effect-title-landmark_reveal = Wahrzeichen taucht auf
effect-title-city_to_village = Von der Stadt ins Dorf
effect-title-jazz_jazz = Jazz
effect-title-hula = Hula
effect-title-swag_dance = Lässiger Tanz
effect-title-cute_dance = Süßer Tanz
effect-title-bouncy_dance = Hüpftanz
effect-title-hot_feet_dance = Heiße Füße
effect-title-pigeon_dance = Taubentanz
effect-title-shrug_dance = Schultertanz
effect-title-chanel_dance = Chanel-Tanz
effect-title-ghost_step_dance = Geisterschritt-Tanz
effect-title-motorcycle_dance = Motorradtanz
effect-title-subject_3_dance = Subject-3-Tanz
effect-title-heart_gesture_dance = Herztanz
effect-title-drunk_dance = Beschwipster Tanz
effect-title-popping = Popping
effect-title-pumpitup_dance = Pump-it-up-Tanz
effect-title-bloodline_dance = Bloodline-Tanz
effect-title-twist_shake = Drehen und schütteln
effect-title-sassy_shake = Freches Schütteln
effect-title-hip_sway = Hüftschwung
effect-title-high_kick = Hoher Kick
effect-title-exercise = Gymnastik
effect-title-funky_martian = Funkiger Marsmensch
effect-title-samba_fever = Sambafieber
effect-title-african_sway = Afrikanischer Schwung
effect-title-jealousy_sway = Eifersuchtstanz
effect-title-dance_brazil = Heißer Tanz, Brasilien
effect-title-dance_argentina = Heißer Tanz, Argentinien
effect-title-dance_france = Heißer Tanz, Frankreich
effect-title-yangge_dance = Yangge-Tanz
effect-title-daoma_dance = Daoma-Tanz
effect-title-sedan_chair_dance = Sänftentanz
effect-title-good_luck_dance = Glückstanz
effect-title-laicai_dance = Geldsegen-Tanz
effect-title-smooth_sailing_dance = Gute-Fahrt-Tanz
effect-title-witch_transform = Zur Hexe werden
effect-title-vampire_transform = Zum Vampir werden
effect-title-zombie_transform = Zum Zombie werden
effect-title-mummy_transform = Zur Mumie werden
effect-title-demon_transform = Zum Dämon werden
effect-title-pumpkin_head_transform = Kürbiskopf
effect-title-cute_pumpkin_transform = Süßer Kürbis
effect-title-halloween_escape = Halloween-Flucht
effect-title-venomous_spider = Giftige Spinne
effect-title-jesus_hug = Umarmung von Jesus
effect-title-polar_bear_hug = Umarmung vom Eisbären
effect-title-brown_bear_hug = Umarmung vom Braunbären
effect-title-tiger_hug = Umarmung vom Tiger
effect-title-heart_gesture_1 = Herz allein
effect-title-girlfriend = Freundin
effect-title-boyfriend = Freund
effect-title-siblings = Geschwister
effect-title-marry_me = Heirate mich
effect-title-snow_night_kiss = Kuss im Schnee
effect-title-eternal_kiss = Ewiger Kuss
effect-title-send_my_love = Liebe Grüße
effect-title-love_theme_song = Liebeslied
effect-title-surprise_bouquet = Überraschungsstrauß
effect-title-bouquet_drop = Blumen von oben
effect-title-get_rich_quick = Schnell reich
effect-title-make_it_rain = Geldregen
effect-title-wealth_drive = Fahrt zum Reichtum
effect-title-lucky_money_come = Glücksgeld
effect-title-fortune_in_motion = Das Glück rollt
effect-title-fortune_god_transform = Gott des Reichtums
effect-title-fortune_knocks_cartoon = Das Glück klopft an
effect-title-good_luck_spirit = Glücksgeist
effect-title-lucky_veggie = Glücksgemüse
effect-title-prosperity = Wohlstand
effect-title-great_success = Großer Erfolg
effect-title-new_year_greeting = Neujahrsgruß
effect-title-new_year_feast = Neujahrsessen
effect-title-ring_in_new = Das neue Jahr einläuten
effect-title-lucky_horse_year = Glückliches Pferdejahr
effect-title-golden_horse_fortune = Goldenes Pferd
effect-title-crystal_horse = Kristallpferd
effect-title-horse_mask = Pferdemaske
effect-title-horse_year_firework = Feuerwerk zum Pferdejahr
effect-title-lion_dance = Löwentanz
effect-title-red_packet_box = Kiste roter Umschläge
effect-title-lucky_red_packet = Roter Glücksumschlag
effect-title-lantern_glow = Laternenschein
effect-title-spring_couplets = Eigene Frühlingsverse
effect-title-tangyuan_to_animal = Reisbällchen werden Tiere
effect-title-chinese_trend = Chinesischer Stil
effect-title-magic_fireball = Magischer Feuerball
effect-title-lightning_power = Macht der Blitze
effect-title-mushroom = Pilz
effect-title-piggy_morph = Zum Schweinchen werden
effect-title-maestro_of_magic = Meister der Magie
effect-title-magic_world_vlog = Vlog aus der Zauberwelt
effect-title-magic_world_vlog_portrait = Vlog aus der Zauberwelt (hoch)
effect-title-shooting_star = Sternschnuppe
effect-title-sparkler_wand = Funkelnder Zauberstab
effect-title-sovereign_scepter = Zepter der Macht
effect-title-return_of_the_king = Rückkehr des Königs
effect-title-throne_of_king = Thron des Königs
effect-title-dance_with_dragon = Tanz mit dem Drachen
effect-title-blow_blaze = Feueratem
effect-title-guardian_spirit = Schutzgeist
effect-title-luminous_elf = Leuchtende Elfe
effect-title-woodland_elf = Waldelfe
effect-title-nezha = Nezha
effect-title-phantom_jewel = Phantomjuwel
effect-title-advent_of_flora = Flora kommt
effect-title-spring_bloom = Frühlingsblüte
effect-title-celebration = Feier
effect-title-dollar_rain = Dollarregen
effect-title-thumbs_up = Daumen hoch
effect-title-balloon_parade = Ballonparade
effect-title-happy_birthday = Alles Gute zum Geburtstag
effect-title-birthday_star = Geburtstagsstar
effect-title-birthday_board = Geburtstagstafel
effect-title-champagne_birthday = Geburtstag mit Sekt
effect-title-box_of_joy = Kiste voller Freude
effect-title-summer_fireworks = Sommerfeuerwerk
effect-title-unique_firework = Ein eigenes Feuerwerk
effect-title-first_toast_of_the_year = Erster Trinkspruch des Jahres
effect-title-cheers_2026 = Prost, 2026
effect-title-countdown_teleport = Countdown-Teleport
effect-title-pet_dance = Haustier tanzt
effect-title-pet_moto_rider = Haustier auf dem Motorrad
effect-title-pet_delivery = Haustier als Bote
effect-title-pet_chef = Haustier als Koch
effect-title-pet_wizard = Haustier als Zauberer
effect-title-pet_warrior = Haustier als Krieger
effect-title-pet_lion = Haustier als Löwe
effect-title-pet_bee = Haustier als Biene
effect-title-pet_working_daily = Haustier bei der Arbeit
effect-title-pet_fitness = Haustier im Fitnessstudio
effect-title-pet_diving = Tauchendes Haustier
effect-title-dj_pet = Haustier als DJ
effect-title-disco_paws = Disco-Pfoten
effect-title-paw_headbang = Haustier headbangt
effect-title-drunk_dance_pet = Beschwipstes Haustier tanzt
effect-title-martial_meow = Kampfkunst-Miau
effect-title-wiggle_faces_pets = Wackelndes Tiergesicht
effect-title-critter_paste = Tierchenpaste
effect-title-pet_roll_window = Haustier am Autofenster
effect-title-pet_crash_earth = Haustier fällt auf die Erde
effect-title-pet_burst = Haustier-Knaller
effect-title-tiny_beast_printer = Drucker für kleine Tiere
effect-title-pet_skateboard = Haustier auf dem Skateboard
effect-title-dumpling_making_pet = Haustier macht Teigtaschen
effect-title-fish_making_pet = Haustier kocht Fisch
effect-title-lion_dance_pet = Löwentanz des Haustiers
effect-title-pet_red_packet = Haustier mit rotem Umschlag
effect-title-media_interview = Interview
effect-title-construction_worker = Bauarbeiter
effect-title-boss_coming = Der Chef kommt
effect-title-office_escape_plow = Flucht aus dem Büro
effect-title-lie_flat = Einfach liegen bleiben
effect-title-cry_cry = Weinen
effect-title-smoke_smoke = Rauch
effect-title-expression_challenge = Grimassen
effect-title-idol_live = Idol auf der Bühne
effect-title-food_splash = Essensspritzer
effect-title-whirling_beverage = Wirbelndes Getränk
effect-title-whirling_beverage_portrait = Wirbelndes Getränk (hoch)
effect-title-prank_box = Scherzkiste
effect-title-net_the_fish = Fisch im Netz
effect-title-chubby_fish = Pummeliger Fisch
effect-title-shush_my_dreams = Pst, meine Träume
effect-title-ski_ski = Skifahren
effect-title-surfsurf = Surfen
effect-title-skateskate = Skaten
effect-title-splashsplash = Platsch
effect-title-jumpdrop = Sprung in die Tiefe
effect-title-swing_swing = Schaukeln
effect-title-lets_ride = Los geht der Ritt
effect-title-dizzydizzy = Schwindelig
effect-title-flash_drive = Blitzfahrt
effect-title-flash_ride = Blitzritt
effect-title-dirt_rush = Durch den Dreck
effect-title-running = Laufen
effect-title-running_man = Laufender Mann
effect-title-toss_run = Werfen und laufen
effect-title-snowboarding = Snowboard
effect-title-jelly_squish = Wackelpudding knautschen
effect-title-jelly_press = Wackelpudding drücken
effect-title-jelly_slice = Wackelpudding schneiden
effect-title-jelly_jiggle = Wackelpudding wackelt
effect-title-plushcut = Plüsch schneiden
effect-title-felt_felt = Filz
effect-title-wool_curly = Lockige Wolle
effect-title-fuzzyfuzzy = Flauschig
effect-title-soccer_star = Fußballstar
effect-title-football_live = Fußball, live
effect-title-football_live_portrait = Fußball, live (hoch)
effect-title-var_live = Videobeweis, live
effect-title-bicycle_kick = Fallrückzieher
effect-title-beast_striker = Tierischer Stürmer
effect-title-victory_slide = Jubelrutscher
effect-title-red_card = Rote Karte
effect-title-goal_brazil = Tor für Brasilien
effect-title-goal_argentina = Tor für Argentinien
effect-title-goal_portugal = Tor für Portugal
effect-title-football_dance = Fußballtanz
effect-title-football_dance_2 = Noch ein Fußballtanz
effect-title-air_dunk = Slam Dunk
effect-title-tennis_trend = Tennis
effect-title-tennis_trend_portrait = Tennis (hoch)
effect-title-korean_baseball = Koreanischer Baseball
effect-title-korean_baseball_portrait = Koreanischer Baseball (hoch)
effect-title-f1_live = Autorennen, live
effect-title-cuju = Fußball zum Laternenfest
effect-title-yearbook = Jahrbuch
effect-title-anime_figure = Anime-Figur
effect-title-pixelpixel = Pixel
effect-title-bloombloom = In voller Blüte
effect-title-long_hair = Lange Haare
effect-title-wig_out = Perücke ab
effect-title-instant_kid = Sofort wieder Kind
effect-title-snatched = Perfekt gestylt
effect-title-makeup_style = Make-up
effect-title-hair_dressup = Neue Frisur
effect-title-barbie_transform = Barbie
effect-title-cartoon_3d = 3D-Cartoon
effect-title-perler_beads = Perlenbild
effect-title-palm_sized_figure = Figur für die Hand
effect-title-color_mixing = Gemischte Farben
effect-title-minimalist_light = Schlichtes Licht
effect-title-glamour_photo_shoot = Glamour-Shooting
effect-title-daily_ootd = Outfit des Tages
effect-title-switch_to_silk = Wechsel zu Seide
effect-title-studio_look = Studio-Look
effect-title-french_elegance = Französische Eleganz
effect-title-angel_wing = Engelsflügel
effect-title-fairy_wing = Feenflügel
effect-title-dark_wing = Dunkle Flügel
effect-title-fly_fly = Davonfliegen
effect-title-magic_broom = Hexenbesen
effect-title-pure_white_wings = Weiße Flügel
effect-title-black_wings = Schwarze Flügel
effect-title-golden_wing = Goldene Flügel
effect-title-pink_wings = Rosa Flügel
effect-title-magic_carpet_ride = Fliegender Teppich
effect-title-santa_hug = Umarmung vom Weihnachtsmann
effect-title-santa_gifts = Geschenke vom Weihnachtsmann
effect-title-santa_gift = Ein Geschenk zu Weihnachten
effect-title-my_santa_pic = Foto mit dem Weihnachtsmann
effect-title-santa_express = Weihnachtsexpress
effect-title-santa_random_surprise = Weihnachtsüberraschung
effect-title-instant_christmas = Sofort Weihnachten
effect-title-christmas_photo_shoot = Weihnachtsshooting
effect-title-steampunk_christmas = Steampunk-Weihnacht
effect-title-ornament_crash = Weihnachtskugel-Crash
effect-title-snowglobe = Schneekugel
effect-title-jumping_ginger_joy = Hüpfender Lebkuchen
effect-title-building_sweater = Ein Haus im Pullover
effect-title-spark_in_the_snow = Funken im Schnee
effect-title-scarlet_and_snow = Scharlach und Schnee
effect-title-winter_charm = Winterzauber
effect-title-coronation_of_frost = Krönung im Frost
effect-title-swish_swish = Schwupp, schwupp
