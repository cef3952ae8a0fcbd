package keepwell.account;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import keepwell.health.Facts;

/**
 * Stores facts as the bytes that they make of themselves. Facts that cannot be read fail the
 * snapshot while it is loaded, so that the account is recovered from its events. Created by name.
 */
public final class FactsModule extends SimpleModule {
  private static final long serialVersionUID = 1L;

  public FactsModule() {
    super("facts");
    addSerializer(Facts.class, new Writer());
    addDeserializer(Facts.class, new Reader());
  }

  private static final class Writer extends StdSerializer<Facts> {
    private static final long serialVersionUID = 1L;

    Writer() {
      super(Facts.class);
    }

    @Override
    public void serialize(Facts facts, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeBinary(facts.encoded());
    }
  }

  private static final class Reader extends StdDeserializer<Facts> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(Facts.class);
    }

    @Override
    public Facts deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return Facts.decoded(in.getBinaryValue());
    }
  }
}
