shell-skip = Skip to content
shell-nav-public = Useful links
shell-sign-out = Sign out
shell-sign-in = Sign in
shell-back-home = Back to home
shell-demo = Demonstration: made-up people, real places, nothing leaves this machine. Today is { $today }.
shell-foot-accessibility = Accessibility
shell-foot-privacy = Personal data
shell-foot-components = Components
shell-errors = { $n ->
    [one] One answer needs a second look
   *[other] { $n } answers need a second look
 }
shell-optional = (optional)
