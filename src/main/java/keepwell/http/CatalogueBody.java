package keepwell.http;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import keepwell.portfolio.Catalogue;

/** A page of the catalogue of signals as public JSON. */
record CatalogueBody(List<SignalBody> signals, String next, long total) {

  /** A key. */
  record SignalBody(String signal, long accounts, Instant lastAt, List<VolumeBody> volume) {
    static SignalBody of(Catalogue.Entry entry) {
      return new SignalBody(
          entry.signal(),
          entry.accounts(),
          entry.lastAt(),
          entry.volume().stream().map(VolumeBody::of).toList());
    }
  }

  /** A day of it. */
  record VolumeBody(LocalDate day, long count) {
    static VolumeBody of(Catalogue.Volume volume) {
      return new VolumeBody(LocalDate.ofEpochDay(volume.day()), volume.count());
    }
  }

  static CatalogueBody of(Catalogue.Page page) {
    return new CatalogueBody(
        page.entries().stream().map(SignalBody::of).toList(),
        page.next().orElse(null),
        page.total());
  }
}
