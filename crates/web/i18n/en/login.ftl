login-forgotten = Forgot your password?
