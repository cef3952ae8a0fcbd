package keepwell.health;

/** What a question about an account is answered with. */
public sealed interface Answer permits Standing, History, Explained, Erased, Refusal {}
