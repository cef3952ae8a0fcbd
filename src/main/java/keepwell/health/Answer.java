package keepwell.health;

/** What a command to an account, or a question about it, is answered with. */
public sealed interface Answer
    permits Erased,
        Explained,
        History,
        Judged,
        Outcomes,
        Previewed,
        Recorded,
        Refusal,
        Retraced,
        Reviewed,
        Standing {}
