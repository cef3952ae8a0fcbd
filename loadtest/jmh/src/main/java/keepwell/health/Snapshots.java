package keepwell.health;

import akka.actor.ActorSystem;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import com.typesafe.config.ConfigFactory;

/** Stores and recovers accounts by the serializer of the snapshot store, as {@code conf} has it. */
final class Snapshots implements AutoCloseable {
  private static final String MANIFEST = Account.Parts.class.getName();

  private final ActorSystem system;
  private final Serialization serialization;
  private final int serializer;

  Snapshots() {
    system =
        ActorSystem.create(
            "benchmarks",
            ConfigFactory.parseString("akka.actor.provider = local")
                .withFallback(ConfigFactory.load()));
    serialization = SerializationExtension.get(system);
    Account.Parts any = Account.unknown(TypicalAccount.DAYS).parts();
    serializer = serialization.findSerializerFor(any).identifier();
  }

  byte[] stored(Account account) {
    return serialization.serialize(account.parts()).get();
  }

  Account recovered(byte[] snapshot) {
    Object parts = serialization.deserialize(snapshot, serializer, MANIFEST).get();
    return Account.of((Account.Parts) parts, TypicalAccount.DAYS);
  }

  @Override
  public void close() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }
}
