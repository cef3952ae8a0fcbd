package keepwell.health;

/** What a command to an account, or a question about it, is answered with. */
public sealed interface Answer
    permits Standing,
        History,
        Explained,
        Recorded,
        Outcomes,
        Reviewed,
        Previewed,
        Retraced,
        Erased,
        Refusal {}
