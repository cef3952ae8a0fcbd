package keepwell;

import ch.qos.logback.core.PropertyDefinerBase;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;

/** By which of its appenders {@code logback.xml} writes. Created by name, before all else. */
public final class LogFormat extends PropertyDefinerBase {
  @Override
  public String getPropertyValue() {
    try {
      return Settings.logFormat(ConfigFactory.load());
    } catch (ConfigException | StartFailure e) {
      return Settings.LOG_FORMATS.get(0); // what is wrong will be told, if not of this command
    }
  }
}
