package keepwell.account;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.function.Function;
import keepwell.health.Facts;
import keepwell.health.RememberedIds;

/**
 * Stores what is compact as the bytes that it makes of itself. Bytes that cannot be read fail the
 * snapshot while it is loaded, so that the account is recovered from its events. Created by name.
 */
public final class PackedModule extends SimpleModule {
  private static final long serialVersionUID = 2L;

  public PackedModule() {
    super("packed");
    add(Facts.class, Facts::encoded, Facts::decoded);
    add(RememberedIds.class, RememberedIds::encoded, RememberedIds::decoded);
  }

  private <T> void add(Class<T> type, Function<T, byte[]> encode, Function<byte[], T> decode) {
    addSerializer(type, new Writer<>(type, encode));
    addDeserializer(type, new Reader<>(type, decode));
  }

  @SuppressWarnings("serial") // never serialized itself
  private static final class Writer<T> extends StdSerializer<T> {
    private final Function<T, byte[]> encode;

    Writer(Class<T> type, Function<T, byte[]> encode) {
      super(type);
      this.encode = encode;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeBinary(encode.apply(value));
    }
  }

  @SuppressWarnings("serial") // never serialized itself
  private static final class Reader<T> extends StdDeserializer<T> {
    private final Function<byte[], T> decode;

    Reader(Class<T> type, Function<byte[], T> decode) {
      super(type);
      this.decode = decode;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return decode.apply(in.getBinaryValue());
    }
  }
}
