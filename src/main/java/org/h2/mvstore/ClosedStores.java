package org.h2.mvstore;

import java.lang.reflect.Field;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Lets go who is caught in a store that has closed itself. When a write fails, H2 2.5.252 may sign
 * a transaction off twice; its count of readers is then below none, and whoever begins a statement
 * tries again until the store has a new version. A closed one gets none: they would try for ever,
 * each on a processor of its own. This is in H2's package because nothing public sets the count
 * right.
 */
public final class ClosedStores {
  private static final Field READERS = readers();

  /** Weak: who is caught in a store holds it. */
  private final Set<MVStore> stores =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private static Field readers() {
    try {
      Field readers = MVStore.class.getDeclaredField("currentTxCounter");
      readers.setAccessible(true);
      return readers;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("not the H2 that this was made for", e);
    }
  }

  /** Adds one that is open. */
  public void watch(MVStore store) {
    stores.add(store);
  }

  /** Whoever is caught goes on, and finds the store closed. Never waits. */
  public void letGo() {
    synchronized (stores) {
      stores.stream().filter(ClosedStores::isAtItsEnd).forEach(ClosedStores::countAnew);
    }
  }

  private static boolean isAtItsEnd(MVStore store) {
    return !store.isOpen() || store.getPanicException() != null;
  }

  private static void countAnew(MVStore store) {
    try {
      READERS.set(store, new MVStore.TxCounter(store.getCurrentVersion()));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
