package org.h2.mvstore;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * The bytes of a database file that are in use no more: pages that were replaced or removed, what a
 * write buffer held before and left behind the pages of a chunk, and free blocks. H2 only ever
 * writes over them by chance. This is in H2's package because nothing public tells where they are.
 */
public final class UnusedBytes {
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** Writers wait for this long at a time, or for a single chunk if that takes longer. */
  private static final Duration LOCKED = Duration.ofMillis(20);

  private static final ByteBuffer BLANK = ByteBuffer.allocate(64 * FileStore.BLOCK_SIZE);
  private static final int HEADER_BLOCKS = 2;

  private final MVStore store;
  private final RandomAccessStore file;

  /** By id of the chunk, what is in use no more; and the version of the store as of which it is. */
  private final Map<Integer, BitSet> removedPages = new HashMap<>();

  private long version;
  private long block = HEADER_BLOCKS;

  private UnusedBytes(MVStore store, RandomAccessStore file) {
    this.store = store;
    this.file = file;
  }

  /**
   * Blanks what was removed or replaced by commits before the call. The store stays open and in
   * use; a statement that began earlier and still reads is waited for. At most one thread may do
   * this or compact the store at a time. A process may be killed meanwhile: nothing is touched that
   * the newest written state of the store, or what comes after it, leads to.
   */
  public static void blank(MVStore store) {
    if (store.getFileStore() instanceof RandomAccessStore file) {
      new UnusedBytes(store, file).blank();
    }
  }

  private void blank() {
    store.executeFilestoreOperation(this::note);
    awaitReaders(store, version);
    store.sync(); // else a power loss could leave blanks without the state that needs them no more
    Iterator<Map.Entry<Integer, BitSet>> chunks = removedPages.entrySet().iterator();
    while (chunks.hasNext()) {
      store.executeFilestoreOperation(
          () -> {
            long end = System.nanoTime() + LOCKED.toNanos();
            while (chunks.hasNext() && System.nanoTime() < end) {
              Map.Entry<Integer, BitSet> next = chunks.next();
              blankChunk(next.getKey(), next.getValue());
            }
          });
    }
    while (block * FileStore.BLOCK_SIZE < file.size()) {
      store.executeFilestoreOperation(this::blankFreeBlocks);
    }
    store.sync();
  }

  private void note() {
    for (int i = 0; i <= FileStore.PIPE_LENGTH; i++) {
      file.getWriteBuffer(); // not given back: none is used again that holds something old
    }
    file.store(); // with it, all that was removed is counted, and is so in the file
    version = store.getCurrentVersion();
    for (SFChunk chunk : file.getChunks().values()) {
      removedPages.put(chunk.id, (BitSet) chunk.occupancy.clone());
    }
  }

  /** Until nobody reads, or goes on with what began in, a version before this one. */
  static void awaitReaders(MVStore store, long version) {
    do {
      try {
        Thread.sleep(PAUSE.toMillis()); // H2 itself reads a little without saying so
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      store.executeFilestoreOperation( // the last reader may have gone while this was locked
          () -> store.deregisterVersionUsage(store.registerVersionUsage()));
    } while (store.getOldestVersionToKeep() < version);
  }

  private void blankChunk(int id, BitSet removed) {
    SFChunk chunk = file.getChunks().get(id);
    if (chunk == null) {
      return; // its blocks are free, or used again
    }
    long start = chunk.block * FileStore.BLOCK_SIZE;
    long[] pages = chunk.readToC(file);
    int from = removed.nextSetBit(0);
    while (from >= 0) {
      int to = removed.nextClearBit(from);
      int end = to < pages.length ? DataUtils.getPageOffset(pages[to]) : chunk.tocPos;
      blank(start + DataUtils.getPageOffset(pages[from]), start + end);
      from = removed.nextSetBit(to);
    }
    blank(
        start + chunk.tocPos + (long) pages.length * Long.BYTES,
        start + (long) chunk.len * FileStore.BLOCK_SIZE - Chunk.FOOTER_LENGTH);
  }

  private void blankFreeBlocks() {
    long end = System.nanoTime() + LOCKED.toNanos();
    while (block * FileStore.BLOCK_SIZE < file.size() && System.nanoTime() < end) {
      long position = block * FileStore.BLOCK_SIZE;
      if (file.freeSpace.isFree(position, FileStore.BLOCK_SIZE)) {
        blank(position, position + FileStore.BLOCK_SIZE);
      }
      block++;
    }
  }

  /** What is blank already is only read. */
  private void blank(long from, long to) {
    for (long position = from; position < to; position += BLANK.capacity()) {
      int length = (int) Math.min(BLANK.capacity(), to - position);
      ByteBuffer blank = BLANK.slice(0, length);
      if (!file.readFully((SFChunk) null, position, length).equals(blank)) {
        file.writeFully(null, position, blank);
      }
    }
  }
}
