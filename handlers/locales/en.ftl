## Every text that people read. Messages are HTML; values are escaped before they are filled in.

# ---------------------------------------------------------------- help
help =
    <b>I turn one or two photos into a short video.</b>

    EFFECT-LINES

    … and { $total } effects in all: /effects

    <b>How to send photos</b>
    • a photo with the command as its caption, like <code>/squish</code>
    • two photos at once (an album) with <code>/hug</code> as the caption; the first one stands on the left
    • a command in reply to a photo
    • photos first, then the command; or the command first, then the photos
    • a picture sent as a file works too, HEIC and WebP as well

    ANIMATE-LINES

    /status shows your videos, /cancel stops one. You can make { $daily } in 24 hours.

    <b>Your photos</b> go to the video service that makes the video, without the place and camera data in them. I keep no copy.
help-group =
    <b>I turn one or two photos into a short video.</b>

    EFFECT-LINES

    … and { $total } effects in all: /effects{ $at }

    • a photo with the command as its caption
    • the command in reply to a photo; or in reply to a person, and I take your two profile pictures, if they agree
    • for two photos: send one, and anyone answers my question with the other

    Photos go to the video service without the place and camera data in them. I keep no copy.
    What may be done with your own profile picture: /privacy{ $at }
group-hello = Hello! Thank you for having me here.
group-privacy-mode = Privacy mode is on: I see commands with my name, like <code>/effects{ $at }</code>, and replies to my messages, and nothing else that is written here.
group-for-admins = Admins choose the effects, who may ask and how often: /settings{ $at }
help-inline = In any other chat, type <code>@{ $name } hug</code>: the video appears there.
help-admin = For you as its operator: /stats says how the videos went, /balance what they cost. /ban in reply to somebody, or with their id, shuts them out; /bans shows who is.
help-effect = { $emoji } { $command } — { $title }, { $count ->
        [one] one photo
       *[other] { $count } photos
    }

help-animation = { $emoji } { $command } <i>what should happen</i> — your own words, one or two photos
help-animate =
    <b>Your own words</b>
    <code>{ $command } she smiles and waves</code> with a photo sets it in motion. Two photos in one album become the first and the last picture of the video. Anywhere in it you may write
    • <code>10s</code> for ten seconds
    • <code>--no text, blur</code> for what you don't want to see
    • <code>--cfg 0.8</code> to have your words followed more closely (0 to 1)
    • <code>--model v2</code> for the better and slower model, with one photo only

menu-hug = Two people hug (two photos)
menu-kiss = Two people kiss (two photos)
menu-heart = Two people make a heart (two photos)
menu-fight = Two people fight (two photos)
menu-squish = Squish whatever is in the photo
menu-expansion = Blow it up like a balloon
menu-effect = { $title } ({ $count ->
        [one] one photo
       *[other] two photos
    })
menu-animate = Set a photo in motion with your own words
menu-effects = All effects
menu-status = Your videos
menu-cancel = Stop a video, or keep it from being posted
menu-settings = Quality, length and more
menu-privacy = What may be done with your profile picture
menu-group-settings = Effects, who may ask, daily limit
menu-help = How it works
bot-description = Send me a photo, or two, and I make a short video of them: hugs, kisses, squishes, { $count } effects in all.
bot-short-description = Photos in, a funny video out.

# ---------------------------------------------------------------- buttons
button-cancel = Cancel
button-withhold = Don't post it
button-post = Post it
button-undelivered = 📥 { $emoji } { $title }, { $ago }
button-run = Run it now
button-more = More effects …
button-back = All themes
button-shelf = { $emoji } { $title } ({ $count })
button-effect = { $emoji } { $title }
button-effect-two = { $emoji } { $title } ×2
button-effect-needs-second = { $emoji } { $title } (+1 photo)
button-again = 🔁 Again
button-swap = ↔️ Swap sides
button-swap-turn = ↔️ Swap photos
button-other = 🎨 Another effect
button-reword = ✏️ Other words
button-model-v1-6 = Both photos, with v1.6
button-model-v2 = The first one, with v2
button-try-again = 🔁 Try again
button-leave = Leave it
button-fetch = Get it in our private chat
button-bring = 📥 Send it here
button-mine = ✨ Make your own
button-what-now = What can be done
button-start = ▶️ Start
button-share = ↗️ Share
button-to-a-chat = ↩️ To the chat
button-download = Open the video

button-accept = ✅ Accept
button-deny = No
button-delete = 🗑 Delete
button-private = Open our private chat

# ---------------------------------------------------------------- effects
shelves = <b>{ $count } effects.</b> Choose one, or a theme. ×2 means two photos.
shelf = { $emoji } <b>{ $title }</b>{ $pages ->
        [one] {""}
       *[other] {" "}— page { $page } of { $pages }
    }
effect-gone = { $emoji } <b>{ $title }</b>: the video service no longer makes this one. /effects shows what there is.
effect-gone-near = { $emoji } <b>{ $title }</b>: the video service no longer makes this one. How about { $names }? /effects shows everything.
search-fillers = a an and as at be bot can could do does effect for from get give he her hey hi his i into it its like look make me my of on our photo photos pic picture please pls send she show some that the their them these they this those to turn two us video want we with you your
search-found = { $count ->
        [one] <b>“{ $text }”</b>: this is what I found.
       *[other] <b>“{ $text }”</b>: { $count } effects.
    }{ $more ->
        [0] {""}
       *[other] {" "}These are the best matches; one more word narrows it down.
    }
search-nothing = I found nothing for “{ $text }”. Here is everything:
unknown-effect-near = I don't know the effect “{ $name }”. Did you mean { $names }?
unknown-effect = I don't know “{ $name }”. /effects shows what there is, /help how it works.
which-effect = Which effect? For example <code>/effect jelly squish</code>. /effects shows them all.

# ---------------------------------------------------------------- asking for what is missing
choose-effect = { $count ->
        [one] <b>What shall I do with this photo?</b>
       *[other] <b>What shall I do with these { $count } photos?</b>
    }
ask-photo = { $emoji } <b>{ $title }</b> — send me the photo.
ask-two-photos = { $emoji } <b>{ $title }</b> — send me two photos, one after the other or together. { $order ->
        [turn] They are used in this order.
       *[sides] The first one will stand on the left.
    }
ask-second-photo = { $emoji } <b>{ $title }</b> — { $order ->
        [turn] I have the first photo.
       *[sides] I have the first photo; it will stand on the left.
    } Now send me the other one.
ask-words = { $emoji } <b>{ $title }</b> — what should happen in the picture? For example: <i>she smiles and waves</i>.
ask-photo-and-words = { $emoji } <b>{ $title }</b> — send me the photo, and write what should happen in the picture: as its caption, or by itself.
ask-model = { $emoji } <b>{ $title }</b> — the model v2 takes one photo only. With v1.6 the first photo is the beginning of the video and the second one its end. Which shall it be?
ask-words-by-reply = Reply to this message with your words.
ask-mended = { $kept ->
        [0] Send me the words again.
       *[other] I have kept the rest: send me just the corrected part, or everything again.
    }
ask-confirm = { $emoji } <b>{ $title }</b> — this is what I have now:
    “<i>{ $prompt }</i>”
    <code>{ $options }</code>
    Should I make it? If not, send me the words again.
wrong-seconds = <b>{ $value }</b> can't be made: a video lasts 5 or 10 seconds, so write <code>5s</code> or <code>10s</code>.
wrong-cfg = After <code>--cfg</code> comes a number from 0 to 1, like <code>--cfg 0.5</code>.
wrong-model = The models are <code>--model v1.6</code> and <code>--model v2</code>.
wrong-fixed = The owner of this bot has settled the length and the model: { $value }, and the usual length.
wrong-no = After <code>--no</code> comes what you don't want to see, like <code>--no text, blur</code>.
wrong-option = I don't know the option “{ $value }”. There are <code>5s</code>, <code>10s</code>, <code>--no text, blur</code>, <code>--cfg 0.5</code> and <code>--model v2</code>.
wrong-long = That's { $value } characters, and 2500 are the most that I can pass on. Please say it in fewer words.
ask-by-reply = Reply to this message with the photo.
still-waiting-for-photo = { $count ->
        [0] I'm waiting for a photo. Send it here, or /cancel.
       *[other] I'm waiting for the other photo. Send it here, or /cancel.
    }
draft-held = { $emoji } <b>{ $title }</b> — I was away when you asked for this. Shall I make it now?
draft-expired = This took longer than ten minutes, so I let it go. Send the photo again whenever you like.
draft-cancelled = All right, cancelled. Nothing was charged.
not-a-photo = { $kind ->
        [sticker] That's a sticker.
        [animation] That's an animation.
        [video] That's a video.
        [voice] That's a sound.
        [paid] I can't use what is sold for Stars.
        [story] I can't see stories.
        [link] I can't see the picture of a link.
        [other] I can't use the picture in that.
       *[file] That file isn't a picture.
    } I need a still photo: as a photo, or as a picture file (JPEG, PNG, WebP or HEIC).
what-to-do = Send me a photo, and I'll show what I can do with it. /effects lists everything, /help tells how it works.


# ---------------------------------------------------------------- people as photos
note-no-own-picture = You have no profile picture that I can see.
note-no-picture = { $name } has no profile picture that I can see.
note-away = { $name } isn't in this group, so I can't ask whether their picture may be used.
note-unknown-person = I haven't met { $name } here yet. A reply to one of their messages works, or a photo.
note-people-in-groups = People's profile pictures work in groups, where I can ask them first.
someone = someone ({ $id })
consent-ask = { $emoji } <a href="tg://user?id={ $id }">{ $name }</a>, { $asker } wants to make a <b>{ $title }</b> video with your profile picture. Is that all right?
consent-ask-words = { $emoji } <a href="tg://user?id={ $id }">{ $name }</a>, { $asker } wants to make a <b>{ $title }</b> video with your profile picture. What should happen in it: “<i>{ $prompt }</i>”. Is that all right?
consent-not-yours = Only { $name } can answer this.
consent-given = Thank you!
consent-changed = This has changed since you were asked. Please read the question again.
consent-denied = All right, your picture is not used.
consent-expired = { $name } didn't answer within half an hour, so I let it go. Nothing was charged.
consent-in-group = Please ask again in the group, where I can ask whose picture it is.
refused-consent = { $name } would rather not. Nothing was made, and nothing was charged.
refused-never = { $name } doesn't want their profile picture to be used. Nothing was made.
refused-away = { $name } isn't here to be asked. Nothing was made.
refused-unasked = { $name } has to agree to each video first. Please ask for it in the group.
refused-busy = { $name } is being asked about another video here. Ask again when that's answered.
refused-paused = { $name } was asked here a short while ago. Ask again in ten minutes.
privacy-policy =
    <b>Privacy</b>

    Your photos go to { $services }COUNTRY to make your video, without the place and camera data in them. I keep no copy of them, only Telegram's ids of the files.
    I keep your name, your requests and choices, and which videos were made: finished ones for { $days } days, messages for three. Nobody else gets them.
    /mydata sends you everything, /deletemydata deletes it. /terms has the terms.
privacy-country = (in { $country })
privacy-policy-url = <b>Privacy</b>: <a href="{ $url }">the policy of this bot's operator</a>. /mydata sends you everything that is kept about you, /deletemydata deletes it.
terms =
    <b>Terms</b>

    • Send only photos of people who agree to it, and none of minors in effects that aren't for them.
    • Don't deceive anybody with the videos: they are made with AI, and say so.
    • No violence against real people, nothing sexual, nothing that the law forbids.
    • Videos come from a paid service; there is no claim to one. Whoever breaks these terms can be shut out.
terms-url = <b>Terms</b>: <a href="{ $url }">the terms of this bot's operator</a>
privacy =
    <b>Your profile picture</b>

    In groups, people can ask for a video with your profile picture: /hug in reply to you, for example. What shall I do then?
privacy-ask = Ask me each time
privacy-never = Never use my picture
privacy-always = Always fine in groups I'm in
privacy-kept = I'll keep to that.
mydata-caption = Everything that I keep about you.
mydata-in-private = Your data is a matter for our private chat.
deletemydata =
    <b>Delete everything that I keep about you?</b> Your videos' records, requests, choices and your name. What videos have cost stays in the books, without you. Videos in chats stay where they are.{ $count ->
        [0] {""}
        [one] {" "}One video is still being made.
       *[other] {" "}{ $count } videos are still being made.
    }
    If you asked for videos today, you can ask for the next one a day after the last.
button-erase-now = 🗑 Delete now
button-erase-later = ⏳ Delete when they are done
button-erase-keep = Keep it
erased-now = Everything is deleted.
erased-later = I'll delete everything as soon as your videos are done.
erased-keep = OK, nothing was deleted.
privacy-in-private = What may be done with your profile picture is yours to say, in our private chat: /privacy
# ---------------------------------------------------------------- inline and guest mode
inline-placed = { $emoji } <b>{ $title }</b> is being made. If nothing moves here, whoever asked for it presses Start.
inline-made-of-recent = { $count ->
        [one] Needs one photo: the last one that you sent me, { $ago }
       *[other] Needs two photos: the last two that you sent me, { $ago }; the older one stands on the left
    }
inline-made-of-picture = Needs one photo: your profile picture
inline-your-video = Your video, { $ago }
inline-photos-first = Send me photos first
inline-one-more-photo = Send me one more photo
inline-other-photos = Take other photos
inline-send-any = Send me a photo, or two for effects that take two: the first one will stand on the left. Then I take you back.
inline-go-back = Thank you. Choose the chat, and then the effect; { $count ->
        [one] it will be made of the last photo that you sent me.
       *[other] it will be made of the last two photos that you sent me, the older one on the left.
    }
guest-how = Reply to a photo, and write my name and an effect:
guest-effect = { $emoji } <code>@{ $at } { $name }</code> — { $title }{ $count ->
        [one] {""}
       *[other] , with your profile picture on the left
    }
guest-unknown = I don't know the effect “{ $name }”. Reply to a photo, and write my name and one of these:
guest-how-1 = I need a photo for that. Reply to one with <code>@{ $at } { $name }</code>.
guest-how-2 = I need a photo for that. Reply to one with <code>@{ $at } { $name }</code>: your profile picture stands on the left, the photo on the right.
guest-not-a-photo = I need a still photo for that. Reply to one with <code>@{ $at } { $name }</code>.
guest-no-picture = { $title } takes two photos, and I can't see a profile picture of yours. Send a photo of your own with <code>@{ $at } { $name }</code> as its caption, in reply to the other photo.
guest-nobody = I can't see who you are here, and videos are counted for each person. Write as yourself, please.

# ---------------------------------------------------------------- a group's settings
rules-effect-off = The admins of this group have switched that effect off. /effects shows what there is.
report-how = Reply to a video of mine with /report, and the bot's admins will look at it.
report-done = Thanks. The bot's admins will look at it.
report-nobody = Nobody looks after reports of this bot. Whoever asked for the video, or is in it, can delete it.
button-report = 🚩 Report
button-ban = ⛔ Ban
notice-report = <b>A video was reported.</b> { $detail }
access-banned = You can't use this bot any more.
access-unknown = This bot is private. Its operator decides who may use it.
access-group = This bot may not work in this group: its operator decides where it may. Bye!
access-who = Who? Reply to a message of theirs with /{ $command }, or write their id or @name after it.
access-admin = That's an admin of this bot.
access-ban-done = { $name } (<code>{ $id }</code>) can't use the bot any more. What they had under way has ended.
access-unban-done = { $name } (<code>{ $id }</code>) can use the bot again, as everybody may.
access-allow-done = { $name } (<code>{ $id }</code>) may use the bot.
access-banned-head = <b>Banned</b>
access-allowed-head = <b>Let in</b>
access-line = { $name } (<code>{ $id }</code>)
access-nobody = Nobody is banned.
rules-banned = You can't use this bot any more.
rules-admins-only = In this group only admins may ask for videos.
group-settings-for-admins = Only admins of this group can change its settings.
group-settings =
    <b>Settings of this group</b>

    Who may ask for videos: <b>{ $who ->
        [admins] admins only
       *[everyone] everyone
    }</b>
    Videos in 24 hours: <b>{ $limit }</b>
    Effects: <b>{ $some } of { $all }</b>
group-limit = <b>How many videos may this group ask for in 24 hours?</b>
group-language = <b>In which language shall I speak in this group?</b>
group-effects = <b>Which effects are there in this group?</b> Choose a theme.
button-who-everyone = Everyone asks
button-who-admins = Admins ask
button-group-effects = Effects
button-group-limit = Daily limit
button-group-language = Language
button-limit-most = As many as I may make ({ $limit })
button-language-each = That of each person
button-theme = { $emoji } { $title } ({ $some }/{ $all })
button-all-on = All on
button-all-off = All off
button-step-back = ‹ Back
button-done = Done

# ---------------------------------------------------------------- status message
status-queued = { $emoji } <b>{ $title }</b> — in the queue{ $position ->
        [1] {""}
       *[other] {" "}(number { $position })
    }
status-waiting-for-service = { $emoji } <b>{ $title }</b> — { $reason ->
        [busy] the video service is busy just now
       *[other] the video service can't be reached just now
    }. I keep trying by myself; nothing has been charged.
status-submitting = { $emoji } <b>{ $title }</b> — sending your photos to the video service
status-generating = { $emoji } <b>{ $title }</b> — being made, { $elapsed } of about { $usual }
    { $bar }
status-generating-short = { $emoji } <b>{ $title }</b> — being made, { $elapsed } of about { $usual }
status-late = { $emoji } <b>{ $title }</b> — this takes longer than usual ({ $elapsed } so far). I keep looking, and the video will come here as soon as it is done.
status-in-doubt = { $emoji } <b>{ $title }</b> — the video service didn't answer clearly. I'm finding out whether it took the photos; please wait.
status-needs-decision = { $emoji } <b>{ $title }</b> — the video service didn't answer, and its record doesn't show your photos. Most likely it didn't take them. Sending them again counts as another video. Shall I send them again? ({ $job })
status-record-unread = { $emoji } <b>{ $title }</b> — I couldn't find out whether the video service took your photos: I can't read its record. Sending them again counts as another video; if it did take them, both are paid for. Shall I send them again? ({ $job })
status-withhold = { $emoji } <b>{ $title }</b> — { $paid ->
        [yes] it is paid for already
       *[maybe] it may be paid for already
    }, and the video service can't be stopped. Shall I post it here when it is done?
status-withholding = { $emoji } <b>{ $title }</b> — I won't post it. { $paid ->
        [yes] It is paid for already
       *[maybe] It may be paid for already
    } and can't be stopped; once it is done, /status has it for whoever asked for it.
status-withheld-asked = { $emoji } <b>{ $title }</b> — made and paid for. Shall I post it here?
status-withheld = { $emoji } <b>{ $title }</b> — made, and not posted. /status has it for whoever asked for it.
status-given-up = { $emoji } <b>{ $title }</b> — cancelled. It may have been charged.
status-cancelled = { $emoji } <b>{ $title }</b> — cancelled. Nothing was charged.
status-no-rights = { $emoji } <b>{ $title }</b> is ready, but I may not send videos in this chat.
status-closed = { $emoji } <b>{ $title }</b> is ready, but I may not send it in this chat.
status-not-here = { $emoji } <b>{ $title }</b> is ready, but it can't be shown in this message.
fetch-here-already = You have fetched that video already: it is in this chat, further up.
undelivered = { $count ->
        [one] A finished video of yours has not reached you. Press to get it here.
       *[other] { $count } finished videos of yours have not reached you. Press to get them here.
    }
status-arriving = 🎬 Your video is on its way …
status-delayed = { $emoji } <b>{ $title }</b> — the video is made, but I can't bring it here just now. I keep trying by myself.
status-no-video = { $emoji } <b>{ $title }</b> — the video was made, but I couldn't fetch it from the video service. ({ $job })
status-rejected = { $emoji } <b>{ $title }</b> — the video was made, but Telegram doesn't take it from me. You can open it at the video service. ({ $job })
status-unreachable = { $emoji } <b>{ $title }</b> — the video was made, but I couldn't bring it here for a month. ({ $job })
status-link = the video is too big for Telegram, so here it is as a link.
note-left-right = The first photo stands on the left.
note-not-in-group = I may not write in the group, so the video comes here.
note-from-recent-one = Made of the last photo that you sent me.
note-from-recent-two = Made of the last two photos that you sent me: the older one stands on the left.
note-from-picture = Made of your profile picture.
note-from-replied = Made of the photo above.
note-from-own = Made of the photo in the message.
note-from-own-replied = Your photo stands on the left, the one that you replied to on the right.
note-from-picture-replied = Your profile picture stands on the left, the photo that you replied to on the right.
note-from-picture-own = Your profile picture stands on the left, the photo of your message on the right.
note-motion = “<i>{ $prompt }</i>” ({ $duration } s, { $model })
note-first-last = It begins with the first photo and ends with the second one.
note-extra-photos = { $count ->
        [one] You sent more photos than needed: I used the one with the command, or else the first.
       *[other] You sent more photos than needed: I used the one with the command and the one beside it, or else the first { $count }.
    }
announce-delivered = { $emoji } Your { $title } is ready.
announce-failed = { $emoji } There is no { $title } this time; the reason is above.
announce-decision = { $emoji } Your { $title } needs a decision from you.
announce-late = { $emoji } Your { $title } takes longer than usual. I'm still on it.
caption-delivered = { $emoji } <b>{ $title }</b>
caption-ai = ✨ Made with AI
caption-animation = { $emoji } <b>{ $title }</b>
    “<i>{ $prompt }</i>”

# ---------------------------------------------------------------- /status and /cancel
status-head = <b>Your videos</b>
status-head-group = <b>Your videos in this group</b>
status-none = None yet. Send me a photo!
status-line = { $emoji } { $title } — { $state }, { $ago } (<code>{ $job }</code>)
status-left = You can ask for { $left } more in these 24 hours (of { $daily }).
status-no-limit = You are an admin of this bot: no limit.
state-queued = in the queue
state-submitting = being sent
state-in-doubt = being looked for
state-needs-decision = needs your decision
state-generating = being made
state-ready = on its way
state-delivering = on its way
state-delivered = done
state-withholding = being made, won't be posted
state-withheld = made, not posted
state-undeliverable = could not be sent
state-failed = didn't work
state-cancelled = cancelled
stats-now = <b>Now</b>
stats-quiet = Nothing is being made.
stats-span = <b>{ $days ->
        [one] The last 24 hours
       *[other] The last { $days } days
    }</b>
stats-asked = { $count ->
        [one] one video
       *[other] { $count } videos
    } asked for by { $people ->
        [one] one person
       *[other] { $people } people
    }
stats-line = { $state }: { $count }
stats-needs-decision = waiting for somebody's decision
stats-lost = The service's answer was lost: { $count }. Found there: { $found }. Put before the person: { $asked }.
balance-head = <b>Left on the account</b>
balance-line = { $service }: { $usd } USD
balance-units = { $service }: { $units } units, about { $usd } USD
balance-untold = { $service }: the key works; the service does not tell what is left.
balance-refused = { $service } does not accept the key: { $detail }
balance-trouble = { $service } can't be asked now: { $detail }
spent-head = <b>Spent</b>
spent-line = { $days ->
        [one] in 24 hours
       *[other] in { $days } days
    }: { $usd } USD for { $count ->
        [one] one video
       *[other] { $count } videos
    }{ $unknown ->
        [0] {""}
        [one] {" "}and one more at a price that nobody told
       *[other] {" "}and { $unknown } more at a price that nobody told
    }
budget-head = <b>Budgets</b>
budget-line = { $days ->
        [one] in 24 hours
       *[other] in { $days } days
    }: { $spent } USD spent, { $reserved } USD reserved{ $limited ->
        [no] , no limit
       *[yes] , of { $budget } USD
    }
budget-service = – { $service }: { $spent } USD spent, { $reserved } USD reserved
dearest-head = <b>Who it went to, in 30 days</b>
dearest-line = { $name } (<code>{ $id }</code>): { $usd } USD
dearest-group = group <code>{ $id }</code>: { $usd } USD
price-head = <b>What a video costs</b> ({ $quality })
price-line = { $emoji } { $title }: { $costs }
price-cost = { $service } { $usd } USD
price-most = { $service } at most { $usd } USD
price-none = { $service } does not tell its prices. You can, in your effects file: see docs/effects.md.
cancel-nothing = There is nothing to cancel here.
cancel-which = Which one?
cancel-free = Cancelled. Nothing was charged.
cancel-left = Cancelled. It may have been charged.
cancel-ask = { $paid ->
        [yes] It is paid for already
       *[maybe] It may be paid for already
    }, and the video service can't be stopped. Shall I post it when it is done?
cancel-ask-made = It is made and paid for. Shall I post it?
cancel-withholding = I won't post it. Once it is done, /status has it.
cancel-withheld = I won't post it. /status has it.
cancel-too-late = It's too late to cancel that one.
span-minutes = { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
span-hours = { $count ->
        [one] 1 hour
       *[other] { $count } hours
    }
span-days = { $count } days
ago = { $span } ago
just-now = just now

# ---------------------------------------------------------------- answers to a press
press-over = That's over. Send me a photo to start again.
press-gone = { $emoji } { $title } is not offered any more. /effects shows what there is.
press-not-yours = Only the person who asked for this can press here.
press-on-its-way = It's on its way.
press-withheld-by-admin = An admin of this group doesn't want it posted here. /status brings it to our private chat.
press-fetched-in-private = You have fetched it already: it is in our private chat.
press-already-asked = They have been asked already.
press-removing = I'm deleting the video.
cannot-remove-in-group = Telegram doesn't let me delete this message any more. An admin of this group can.
cannot-remove-in-private = Telegram doesn't let me delete this message any more. You can: press and hold it.
press-already = It's already being made.
press-late = I was away when you pressed that. If you still want it, press again.
press-queued = { $emoji } { $title } — in the queue.

# ---------------------------------------------------------------- /settings
settings-head = <b>Your settings</b>
    They hold for the videos that you ask for from now on.
settings-quality = <b>Quality</b>: pro is sharper. Some effects have one quality only.
settings-duration = <b>Length</b>: ten seconds where the effect can be that long, else five.
settings-animate-model = <b>The model of /animate</b>: v2 is better, dearer and slower, and takes one photo only.
settings-service = <b>Video service</b>: it makes what it can; the other one makes the rest, and helps out.
settings-language = <b>Language</b>
settings-same-price = Longer videos, the better quality and dearer models are kept for this bot's admins.
settings-nothing = The owner of this bot has settled how videos are made.
button-chosen = ✓ { $option }
option-standard = Standard
option-pro = Pro
option-model-v1-6 = v1.6
option-model-v2 = v2
option-seconds = { $count } s
option-as-telegram = As Telegram says
language-name = English

# ---------------------------------------------------------------- limits
limit-daily = You have asked for { $limit ->
        [one] one video
       *[other] { $limit } videos
    } in the last 24 hours, which is all I may make for one person. The next one is free in { $wait }.
limit-attempts = In the last 24 hours I have sent { $limit ->
        [0] nothing
        [one] one of your videos
       *[other] { $limit } of your videos
    } to the video service, failed ones included, and may not send more. The next one is possible in { $wait }.
limit-content = The video service refused { $limit ->
        [one] one of your requests
       *[other] { $limit } of your requests
    } by its content rules in the last 24 hours, so I'm sending it no more for now. The next one is possible in { $wait }.
limit-retired = The video service no longer makes this effect. /effects shows what there is.
limit-active = I'm already making { $limit ->
        [one] a video
       *[other] { $limit } videos
    } for you. Ask again when one of them is done; /status shows them.

limit-all = { $limit ->
        [0] I may not make videos at the moment.
        [one] I have made the one video of these 24 hours that I may, for everybody together. The next one is free in { $wait }.
       *[other] I have made the { $limit } videos of these 24 hours that I may, for everybody together. The next one is free in { $wait }.
    }
limit-budget-user = You've used up what I may spend on your videos for now.{ $minutes ->
        [0] {" "}I may not make this one.
       *[other] {" "}The next one is possible in { $wait }.
    }
limit-budget-group = This group has used up what I may spend on its videos for now.{ $minutes ->
        [0] {" "}I may not make this one.
       *[other] {" "}The next one is possible in { $wait }.
    }
limit-budget-day = I've used up what I may spend on videos today, for everybody together.{ $minutes ->
        [0] {" "}I may not make this one.
       *[other] {" "}The next one is possible in { $wait }.
    }
limit-budget-month = I've used up what I may spend on videos this month, for everybody together.{ $minutes ->
        [0] {" "}I may not make this one.
       *[other] {" "}The next one is possible in { $wait }.
    }
limit-group = { $limit ->
        [0] This group may not ask for videos at the moment.
        [one] This group has had its one video of the last 24 hours. The next one is free in { $wait }.
       *[other] This group has had its { $limit } videos of the last 24 hours. The next one is free in { $wait }.
    }

# ---------------------------------------------------------------- why there is no video
photo-which = { $photo ->
        [0] { $count ->
            [one] the photo
           *[other] one of the photos
        }
        [1] { $count ->
            [one] the photo
           *[other] the first photo
        }
       *[other] the second photo
    }
failure-head = { $emoji } <b>{ $title }</b> — there is no video this time.
failure-foot = Nothing was charged. ({ $job })
failure-foot-unsure = It may have been charged. ({ $job })
failure-no_face = I couldn't find a face in { $which }. Try one where the face is big, sharp and seen from the front; or an effect that works with anything, below.
failure-moderated = The video service's rules don't allow { $which }. Please try another one.
failure-moderated-words = The video service's rules don't allow these words, or { $which }. Please try other words, or another photo.
failure-photo_size = The video service couldn't use the size or shape of { $which }. A photo of at least 300 pixels on each side, not too narrow, will work.
failure-photo_unreadable = The video service couldn't read { $which }. Please send another one.
failure-retired = The video service no longer makes this effect. Please choose another one.
failure-not_offered = The video service doesn't make this sort of video. Please choose something else.
failure-busy = The video service had no room for this, though I tried for a while. Please try again later.
failure-down = The video service is out of order at the moment, though I tried for a while. Please try again later.
failure-out_of_credit = The bot's account at the video service is empty. Its owner has been told; please try again later.
failure-bad_key = The video service doesn't let the bot in. Its owner has been told; please try again later.
failure-account = The video service doesn't let the bot's account make videos right now. Its owner has been told; please try again later.
failure-misconfigured = The video service didn't understand the bot. Its owner has been told; please try again later.
failure-timed_out = The video service took too long over this and stopped.
failure-given_up = The video service took the photos a day ago and still says that it isn't done. I've given up on this one.
failure-nothing_made = The video service tried, and made nothing of { $which }. Another photo may work.
failure-no_video = The video service finished, but I couldn't find a video in its answer. The bot's owner has been told.
failure-other = The video service said no, and didn't say why. Another photo may work.
failure-consent = The person in the profile picture no longer agrees to it.
failure-nowhere = I may not write in the chat, nor to you in private, so nobody would have seen the video. Press Start in our private chat, and ask again.
failure-telegram = I couldn't get { $which } from Telegram. Please send it again.
failure-photo_process = I could not prepare { $which }, and my operator knows. Please try again later.
failure-not_a_picture = I can't read { $which } as a picture. Please send a photo, or a JPEG, PNG, WebP or HEIC file.
failure-animated = { $which } moves. I need a still picture.
failure-cut_short = The file of { $which } is incomplete. Please send it again.
failure-empty = The file of { $which } is empty. Please send it again.
failure-too_many_pixels = There are too many pixels in { $which }. Please send a smaller one.
failure-too_small = There are too few pixels in { $which }: each side needs at least 150, better 300 or more.
failure-too_narrow = The shape of { $which } is too long and narrow. Please crop it.
failure-too_big = The file of { $which } is bigger than 20 MB, which Telegram doesn't give to bots. Please send it as a photo.

handler-failed = Something went wrong on my side with your message. Please try again.

# ---------------------------------------------------------------- to the operator
notice-out_of_credit = <b>The account at { $service } is empty.</b> What another service makes goes there; else people are told to try later. It said: { $detail }
notice-bad_key = <b>{ $service } does not accept the key.</b> Check { $setting }. It said: { $detail }
notice-account = <b>{ $service } does not let this account make videos.</b> Look at the account there: a subscription, a verification, a permission or an allowed IP address may be missing. It said: { $detail }
notice-misconfigured = <b>{ $service } did not understand a request.</b> Check its address in the settings. It said: { $detail }
notice-clock = <b>This machine's clock and { $service }'s differ by { $detail }.</b> I allow for that, but please set the machine's clock right.
notice-storage = <b>The storage chat takes no videos.</b> Make the bot an admin of it, and check STORAGE_CHAT_ID; until then videos for inline and guest mode go by their address, up to 20 MB. Telegram said: { $detail }
notice-photo_fetch = <b>A photo could not be fetched from Telegram for ten minutes.</b> Its person was asked to send it again. If your own Bot API server runs with --local, share its folder with the bot and set TELEGRAM_LOCAL_MODE=true. The last try: { $detail }
notice-photo_process = <b>Photos can't be prepared:</b> the process for them did not start for ten minutes. Check how much memory and how many processes the bot may have. The last try: { $detail }
notice-retired = <b>{ $service } no longer knows the effect “{ $about }”.</b> What another service makes goes there; else it is not offered any more. <code>python -m bot effects --restore { $about }</code> brings it back. It said: { $detail }
notice-budget_day = <b>DAILY_BUDGET_USD ({ $detail } USD) is used up:</b> so much was spent or is reserved for the videos of the last 24 hours. People are told to come back later. /balance shows who it went to.
notice-budget_month = <b>MONTHLY_BUDGET_USD ({ $detail } USD) is used up:</b> so much was spent or is reserved for the videos of the last 30 days. People are told to come back later. /balance shows who it went to.
notice-daily_limit = <b>DAILY_LIMIT ({ $detail }) is reached:</b> so many videos were asked for in 24 hours, by all people together. Others are told to come back later; you are exempt. /stats and /balance show what was made and spent.
notice-low_balance = <b>{ $detail } USD are left at { $service }.</b> Top it up before videos stop. LOW_BALANCE_USD sets when you are told; /balance shows more.
notice-no_video = <b>{ $service } finished a job, and its answer has no video.</b> The person was told; it may have been charged. Please report this answer's shape to the bot's authors: { $detail }
notice-unknown_status = <b>{ $service } answers with a status that the bot doesn't know: “{ $detail }”.</b> It counts as still being made. If it means an end, please report it to the bot's authors.
notice-late_jobs = <b>{ $detail } videos at { $service } take longer than DEADLINE_MINUTES.</b> Check whether it works. I keep looking for them, and go on sending new ones there; people are told that it takes longer.
