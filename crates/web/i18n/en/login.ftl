login-forgotten = Forgot your password?
login-kept = Your session had ended. What you filled in is kept: sign in with the same account and it is shown to you again.
