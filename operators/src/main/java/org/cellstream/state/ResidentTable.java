package org.cellstream.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The residents by key, and in the order in which they were last used.
 *
 * <p>What {@code LinkedHashMap} in order of access does, for very many keys: it keeps hashes and
 * order in arrays of ints, which fit into the second-level cache where its entries, each with
 * neighbours to be told of every use, do not. A look-up reads the slot, the hash, the resident and
 * its key, and nothing of any other key.
 *
 * <p>Open addressing with linear probing; what is removed closes its gap, so that there are no
 * marks of removed keys.
 *
 * @see <a href="https://www-cs-faculty.stanford.edu/~knuth/taocp.html">Knuth, The Art of Computer
 *     Programming, volume 3</a>, section 6.4, algorithms L and R
 */
final class ResidentTable<K> {

    private static final int NONE = -1;
    private static final int FIRST = 256;

    /** Ints of an entry: three, and one to fill a quarter of a cache line. */
    private static final int ENTRY = 4;

    private static final int HASH = 0;
    private static final int OLDER = 1;
    private static final int NEWER = 2;

    /** Fibonacci hashing: the upper bits of the product depend on all bits of a hash. */
    private static final int GOLDEN = 0x9E3779B9;

    /** Place of the resident whose key hashes here, or near before; {@link #NONE} if none does. */
    private int[] slots = new int[2 * FIRST];

    private int shift = Integer.numberOfLeadingZeros(2 * FIRST) + 1;

    /** By place. */
    private @Nullable Resident<K>[] residents = array(FIRST);

    /**
     * By place, together in one cache line: the hash of a resident's key, and the resident's
     * neighbours by last use.
     */
    private int[] entries = new int[FIRST * ENTRY];

    /** Places that were used before, each but the last with the next one for its {@link #NEWER}. */
    private int free = NONE;

    private int places;
    private int size;
    private int oldest = NONE;
    private int newest = NONE;

    ResidentTable() {
        Arrays.fill(slots, NONE);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // no array can be made of a generic type
    private static <K> @Nullable Resident<K>[] array(int length) {
        return new Resident[length];
    }

    int size() {
        return size;
    }

    /** The resident of a key, which is now the one last used; null if there is none. */
    @Nullable Resident<K> use(K key) {
        int hash = hash(key);
        int slot = slot(key, hash);
        if (slots[slot] == NONE) {
            return null;
        }
        int place = slots[slot];
        if (place != newest) {
            unlink(place);
            link(place);
        }
        return residents[place];
    }

    /** The resident of a key, which is no more used than before; null if there is none. */
    @Nullable Resident<K> find(K key) {
        int place = slots[slot(key, hash(key))];
        return place == NONE ? null : residents[place];
    }

    /**
     * Reads what {@link #use} of many keys will read and change. Each stage reads for all keys what
     * the stage before has found, so that they wait for main memory together; one key after the
     * other would wait for each.
     *
     * @param keys at least {@code count}
     * @param found for each of them what lies at its first place, most often its own; null for
     *     nothing
     * @param ofPlaces scratch, at least {@code count}
     * @return nothing that means anything, but that keeps the reads
     */
    int warm(Object[] keys, int count, @Nullable Resident<K>[] found, int[] ofPlaces) {
        int read = 0;
        for (int i = 0; i < count; i++) {
            ofPlaces[i] = slots[hash(keys[i]) >>> shift];
        }
        for (int i = 0; i < count; i++) {
            int place = ofPlaces[i];
            read += place == NONE ? 0 : entries[place * ENTRY + HASH];
            found[i] = place == NONE ? null : residents[place];
        }
        for (int i = 0; i < count; i++) {
            int place = ofPlaces[i];
            if (place != NONE) {
                int older = entries[place * ENTRY + OLDER];
                int newer = entries[place * ENTRY + NEWER];
                read += older == NONE ? 0 : entries[older * ENTRY];
                read += newer == NONE ? 0 : entries[newer * ENTRY];
            }
        }
        return read;
    }

    /** Adds the resident of a key that has none, as the one last used. */
    void add(Resident<K> resident) {
        if (2 * (size + 1) > slots.length) {
            growSlots();
        }
        int place = newPlace();
        residents[place] = resident;
        entries[place * ENTRY + HASH] = hash(resident.key);
        slots[slot(resident.key, entries[place * ENTRY + HASH])] = place;
        link(place);
        size++;
    }

    /** Takes out the resident of a key; null if there is none. */
    @Nullable Resident<K> remove(K key) {
        int slot = slot(key, hash(key));
        int place = slots[slot];
        if (place == NONE) {
            return null;
        }
        Resident<K> resident = residents[place];
        close(slot);
        unlink(place);
        residents[place] = null;
        entries[place * ENTRY + NEWER] = free;
        free = place;
        size--;
        return resident;
    }

    /** Place of the resident least recently used; negative if there is none. */
    int oldest() {
        return oldest;
    }

    /** Place of the one used next after it; negative if there is none. */
    int newerThan(int place) {
        return entries[place * ENTRY + NEWER];
    }

    Resident<K> at(int place) {
        Resident<K> resident = residents[place];
        if (resident == null) {
            throw new IllegalStateException("nothing lies at place " + place);
        }
        return resident;
    }

    private static int hash(Object key) {
        return key.hashCode() * GOLDEN;
    }

    /** The slot of a key: its own, or the empty one where it would be put. */
    private int slot(K key, int hash) {
        int mask = slots.length - 1;
        int slot = hash >>> shift;
        while (true) {
            int place = slots[slot];
            if (place == NONE
                    || (entries[place * ENTRY + HASH] == hash && at(place).key.equals(key))) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }

    /** Empties a slot and moves those behind it that can come nearer to where they belong. */
    private void close(int empty) {
        int mask = slots.length - 1;
        int gap = empty;
        int slot = empty;
        while (true) {
            slot = (slot + 1) & mask;
            int place = slots[slot];
            if (place == NONE) {
                slots[gap] = NONE;
                return;
            }
            int home = entries[place * ENTRY + HASH] >>> shift;
            boolean reaches = ((slot - home) & mask) >= ((slot - gap) & mask);
            if (reaches) {
                slots[gap] = place;
                gap = slot;
            }
        }
    }

    private void growSlots() {
        slots = new int[2 * slots.length];
        shift--;
        Arrays.fill(slots, NONE);
        int mask = slots.length - 1;
        for (int place = oldest; place != NONE; place = entries[place * ENTRY + NEWER]) {
            int slot = entries[place * ENTRY + HASH] >>> shift;
            while (slots[slot] != NONE) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = place;
        }
    }

    private int newPlace() {
        if (free != NONE) {
            int place = free;
            free = entries[place * ENTRY + NEWER];
            return place;
        }
        if (places == residents.length) {
            residents = Arrays.copyOf(residents, 2 * places);
            entries = Arrays.copyOf(entries, 2 * places * ENTRY);
        }
        return places++;
    }

    private void link(int place) {
        entries[place * ENTRY + OLDER] = newest;
        entries[place * ENTRY + NEWER] = NONE;
        if (newest == NONE) {
            oldest = place;
        } else {
            entries[newest * ENTRY + NEWER] = place;
        }
        newest = place;
    }

    private void unlink(int place) {
        int before = entries[place * ENTRY + OLDER];
        int after = entries[place * ENTRY + NEWER];
        if (before == NONE) {
            oldest = after;
        } else {
            entries[before * ENTRY + NEWER] = after;
        }
        if (after == NONE) {
            newest = before;
        } else {
            entries[after * ENTRY + OLDER] = before;
        }
    }
}
