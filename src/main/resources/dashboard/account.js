// The day slider of an account.
