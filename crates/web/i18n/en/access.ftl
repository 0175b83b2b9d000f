access-login-title = Sign in
access-login-lead = For professionals and partners of the département ({ $department }).
access-email = Work e-mail
access-password = Password
access-login-go = Sign in
access-demo-title = Demonstration
access-demo-lead = Made-up people, real places. Choose a role: no password is needed.
