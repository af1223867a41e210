/** What the portal says about what comes before anybody is signed in. Part of `texts`. */
export const entryTexts = {
  signIn: {
    title: 'Sign in',
    user: 'User name',
    password: 'Password',
    submit: 'Sign in',
    authority: 'Download this hub’s certificate authority',
    authorityWhy: 'Install it once and your browser trusts this hub without a warning.',
    ended: {
      'auth.session-ended': 'Your session has ended. Please sign in again; nothing was lost.',
      'auth.required': 'Your session has ended. Please sign in again; nothing was lost.',
      signedOut: 'You are signed out.',
    },
  },
  setUp: {
    title: 'Set up this hub',
    intro: 'The hub printed a setup code when it started. It makes you its first administrator.',
    code: 'Setup code',
    user: 'User name',
    userRule: 'Letters, digits and . _ @ - after the first letter.',
    password: 'Password',
    passwordRule: 'At least 10 characters. Any characters; long is better than odd.',
    submit: 'Create administrator',
    problem: {
      code: 'Enter the setup code that the hub printed.',
      username: 'Begin with a letter or digit, then letters, digits and . _ @ - (64 at most).',
      password: 'Use 10 to 1024 characters.',
    },
  },
};
