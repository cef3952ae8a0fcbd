package keepwell;

/** Why a node cannot start, in one line for the one who started it. */
final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartFailure(String message) {
    super(message);
  }
}
