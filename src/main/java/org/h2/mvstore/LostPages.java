package org.h2.mvstore;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Pages of a database file that nothing leads to, and that H2 takes to be in use all the same. H2
 * 2.5.252 (and its newest source) loses one whenever a commit empties one of the two pages under
 * another, as it copies what is left and does not count the original as replaced; a kill may lose
 * those that had just been replaced. Each keeps the megabytes of its chunk from being used again,
 * and what stands in it from being blanked. This is in H2's package because nothing public tells
 * what is in use.
 */
public final class LostPages {
  private static final Pattern OF_TABLES = Pattern.compile("(table|index)\\.[1-9][0-9]*");

  private final MVStore store;
  private final RandomAccessStore file;

  /** By id of the chunk, what is in use no more. */
  private final Map<Integer, BitSet> removedPages = new HashMap<>();

  private final Map<Integer, MVMap<?, ?>> maps = new HashMap<>();

  /** Positions of pages that are taken to be in use, in ascending order; and which of them are. */
  private long[] positions;

  private final BitSet reached = new BitSet();
  private int lost;

  private LostPages(MVStore store, RandomAccessStore file) {
    this.store = store;
    this.file = file;
  }

  /**
   * Makes H2 take those that there are for removed. The store stays open and in use; a statement
   * that began earlier is waited for. At most one thread may do this, compact the store or blank
   * bytes of it at a time.
   *
   * @return how many there were
   */
  public static int release(MVStore store) {
    return store.getFileStore() instanceof RandomAccessStore file
        ? new LostPages(store, file).release()
        : 0;
  }

  private int release() {
    MVStore.TxCounter reading = store.registerVersionUsage(); // chunks noted stay where they are
    try {
      store.executeFilestoreOperation(this::note);
      findPages();
      for (MVMap<?, ?> map : maps.values()) {
        markReached(map.getRootPage()); // newer than what was noted: a page once left stays so
      }
    } finally {
      store.deregisterVersionUsage(reading);
    }
    if (reached.cardinality() < positions.length) {
      store.executeFilestoreOperation(file::store);
      // who has just replaced a page may not have told yet
      UnusedBytes.awaitReaders(store, store.getCurrentVersion());
      store.executeFilestoreOperation(this::countRemoved);
    }
    return lost;
  }

  private void note() {
    file.store();
    for (SFChunk chunk : file.getChunks().values()) {
      if (chunk.isSaved() && chunk.isLive()) {
        removedPages.put(chunk.id, (BitSet) chunk.occupancy.clone());
      }
    }
  }

  private void findPages() {
    LongStream.Builder found = LongStream.builder();
    removedPages.forEach(
        (id, removed) -> {
          long[] pages = file.getChunks().get(id).readToC(file);
          for (int page = removed.nextClearBit(0);
              page < pages.length;
              page = removed.nextClearBit(page + 1)) {
            if (isOfTable(DataUtils.getPageMapId(pages[page]))) {
              found.add(DataUtils.composePagePos(id, pages[page]));
            }
          }
        });
    positions = found.build().sorted().toArray();
  }

  /**
   * Or of an index. H2's own table, the store's own maps and the logs of transactions are also
   * written by who cannot be waited for.
   */
  private boolean isOfTable(int id) {
    if (!maps.containsKey(id)) {
      MVMap<?, ?> map = store.getMap(id);
      String name = map == null || map.isClosed() ? null : map.getName();
      if (name == null || !OF_TABLES.matcher(name).matches()) {
        return false;
      }
      maps.put(id, map);
    }
    return true;
  }

  private void markReached(Page<?, ?> page) {
    markReached(page.getPos());
    for (int i = 0; !page.isLeaf() && i < page.getRawChildPageCount(); i++) {
      long position = page.getChildPagePos(i);
      if (DataUtils.isPageSaved(position) && DataUtils.isLeafPosition(position)) {
        markReached(position);
      } else {
        markReached(page.getChildPage(i));
      }
    }
  }

  private void markReached(long position) {
    int index = Arrays.binarySearch(positions, position);
    if (index >= 0) {
      reached.set(index);
    }
  }

  private void countRemoved() {
    file.store();
    file.store(); // what was replaced meanwhile is counted with the second version after it
    for (int i = reached.nextClearBit(0); i < positions.length; i = reached.nextClearBit(i + 1)) {
      countRemoved(positions[i]);
    }
    file.store();
  }

  private void countRemoved(long position) {
    SFChunk chunk = file.getChunks().get(DataUtils.getPageChunkId(position));
    if (chunk == null || !chunk.isLive()) {
      return;
    }
    long[] pages = chunk.readToC(file);
    for (int page = 0; page < pages.length; page++) {
      if (DataUtils.composePagePos(chunk.id, pages[page]) == position
          && !chunk.occupancy.get(page)) {
        file.accountForRemovedPage(position, store.getCurrentVersion(), false, page);
        lost++;
      }
    }
  }
}
