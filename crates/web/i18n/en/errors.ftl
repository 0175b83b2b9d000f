errors-code = Error { $code }
errors-home = Go to the home page
errors-event = If you ask for help, give this number:
errors-forbidden = Your role does not allow you to open this page
errors-forbidden-text = If you need it for your work, ask the administrators of your département for the role.
errors-expired = This page stayed open for too long
errors-expired-text = Nothing was saved. Go back, reload the page, then send it again.
errors-missing = This page does not exist
errors-missing-text = The address may be incomplete, or the page is about somebody you do not follow.
errors-frozen = The data of this person are frozen
errors-frozen-text = They asked that their data no longer be used. Nothing is lost, nothing is deleted. For their path, write to the data protection officer, who can lift the freeze.
errors-large = This file is too large
errors-large-text = Nothing was saved. Send it compressed as .gz, or use the import command.
errors-method = This address is not asked in this way
errors-method-text = The page exists, but it does not take this kind of request. Go back to the page before, then try again.
errors-slow = What you sent came too slowly
errors-slow-text = Nothing was saved. Check your connection, then send it again.
errors-kind = This kind of content is not read here
errors-kind-text = Nothing was saved. Check the type of what you send.
errors-unreadable = This request cannot be read
errors-unreadable-text = Nothing was saved. Reload the page, then try again.
errors-many = Too many tries in a short time
errors-many-text = Wait for a minute, then try again. Nothing was locked.
errors-many-wait = { $n ->
    [one] Wait for a minute, then try again. Nothing is lost.
   *[other] Wait for { $n } minutes, then try again. Nothing is lost.
 }
errors-internal = Déclic could not answer
errors-internal-text = The fault is ours and has been recorded. What you saved before is kept. Try again in a moment.
errors-away = Déclic is not available for the moment
errors-away-text = An update may be under way. Try again in a few minutes.
