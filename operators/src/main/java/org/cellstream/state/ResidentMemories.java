package org.cellstream.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.annotation.Internal;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * The memories of the most recently used keys, in front of managed state. Their h and c are rows of
 * one float array, where they are stepped; a memory is written to state when it is evicted and at
 * each checkpoint, if it changed since it was last written. What is evicted and when changes no
 * result: state holds every bit.
 *
 * <p>The first rows of the array belong to no key: a caller may use them for states that are only
 * tried.
 *
 * <p>Not thread safe; reading, evicting and writing move the operator's current key.
 */
@Internal
public final class ResidentMemories<K> {

    /** Of the table, whose arrays may be half empty, the row and its place among the changed. */
    private static final int ENTRY_BYTES = 56 + 48 + 8;

    private static final int FIRST_ROWS = 256;

    /** What is held in fewer bytes stays in the processor's second-level cache by itself. */
    private static final int NEAR_BYTES = 1 << 20;

    /** Some JVMs make no longer arrays. */
    private static final int MOST_FLOATS = Integer.MAX_VALUE - 8;

    private final KeyContext context;
    private final MemoryState state;
    private final Supplier<KeyMemory> fresh;
    private final ResidentCapacity capacity;
    private final KeyFacts<K> facts;
    private final int stateSize;

    private final ResidentTable<K> rows = new ResidentTable<>();
    private final ChangedMemories<K> changed = new ChangedMemories<>();
    private final List<Integer> free = new ArrayList<>();
    private float[] states;
    private int used;
    private long otherBytes;
    private long reads;
    private long writes;
    private final Prefetch<K> prefetch = new Prefetch<>();

    /** Means nothing; what is never written anywhere would never be read either. */
    @SuppressWarnings("unused")
    private int warmed;

    /**
     * @param context whose current key {@code state} follows
     * @param fresh the memory of a key never seen
     * @param capacity how much is held
     * @param facts what is known of a key
     */
    public ResidentMemories(
            KeyContext context,
            MemoryState state,
            Supplier<KeyMemory> fresh,
            ResidentCapacity capacity,
            KeyFacts<K> facts) {
        this.context = context;
        this.state = state;
        this.fresh = fresh;
        this.capacity = capacity;
        this.facts = facts;
        this.stateSize = fresh.get().stateSize();
        this.used = capacity.spareRows();
        this.states = new float[(used + Math.min(FIRST_ROWS, capacity.atLeast())) * stateSize];
    }

    /**
     * The memory of a key, which is now the most recently used; a fresh one for a key never seen.
     * Valid until as many other keys have been used as are held at the least.
     */
    public Resident<K> of(K key) throws IOException {
        Resident<K> row = rows.use(key);
        return row == null ? read(key) : row;
    }

    /**
     * Has the processor fetch what the steps of many keys will need, as far as it is held here. To
     * be called before the first of them is stepped.
     *
     * @param keys at least {@code count}
     */
    public void warm(Object[] keys, int count) {
        if (bytes() > NEAR_BYTES) {
            warmed += prefetch.read(rows, keys, count);
        }
    }

    private Resident<K> read(K key) throws IOException {
        context.setCurrentKey(key);
        KeyMemory memory = state.read();
        reads++;
        if (memory == null) {
            memory = fresh.get();
        }
        int fixedBytes = ENTRY_BYTES + facts.bytes(key);
        int bytes = fixedBytes + KeyMemoryFormat.heapBytes(memory);
        int slot = freeSlot(bytes);
        memory.moveTo(states, slot * stateSize);
        Resident<K> row = new Resident<>(key, memory, slot, facts.group(key));
        row.fixedBytes = fixedBytes;
        row.bytes = bytes;
        otherBytes += row.bytes;
        rows.add(row);
        return row;
    }

    private int freeSlot(int bytes) throws IOException {
        while (isFull(bytes)) {
            evictOldest();
        }
        if (!free.isEmpty()) {
            return free.remove(free.size() - 1);
        }
        if (used == states.length / Math.max(1, stateSize) && stateSize > 0) {
            grow(bytes);
        }
        return used++;
    }

    /** Whether there is no room for one more memory of so many bytes. */
    private boolean isFull(int bytes) {
        if (rows.size() < capacity.atLeast()) {
            return false;
        }
        return rows.size() >= capacity.keys()
                || bytes() + growth() + bytes > capacity.bytes()
                || (free.isEmpty() && (used + 1L) * stateSize > MOST_FLOATS);
    }

    /** Bytes that one more row would add to the array. */
    private long growth() {
        boolean fits = !free.isEmpty() || (long) (used + 1) * stateSize <= states.length;
        return fits ? 0 : 4L * stateSize;
    }

    /** Makes room in the array, and leaves {@code bytes} for the rest of the memory that comes. */
    private void grow(int bytes) {
        long room = Math.max(0, capacity.bytes() - bytes() - bytes) / 4;
        long most = Math.min(states.length + Math.max(room, stateSize), MOST_FLOATS);
        long target = Math.min(2L * states.length, most) / stateSize * stateSize;
        float[] larger = new float[(int) Math.max(target, (used + 1L) * stateSize)];
        System.arraycopy(states, 0, larger, 0, states.length);
        states = larger;
        for (int at = rows.oldest(); at >= 0; at = rows.newerThan(at)) {
            Resident<K> row = rows.at(at);
            row.memory.pointAt(states, row.slot * stateSize);
        }
    }

    private void evictOldest() throws IOException {
        Resident<K> row = rows.at(rows.oldest());
        if (changed.has(row)) {
            write(row);
            changed.remove(row);
        }
        rows.remove(row.key);
        release(row);
    }

    private void release(Resident<K> row) {
        free.add(row.slot);
        otherBytes -= row.bytes;
    }

    private void write(Resident<K> row) throws IOException {
        context.setCurrentKey(row.key);
        state.write(row.memory);
        writes++;
    }

    /** Notes that a memory has changed. */
    public void changed(Resident<K> row) {
        changed.add(row);
        int bytes = row.fixedBytes + KeyMemoryFormat.heapBytes(row.memory);
        otherBytes += bytes - row.bytes;
        row.bytes = bytes;
    }

    /**
     * Evicts what no longer fits, since memories may have grown. Then only as many of the last used
     * rows are valid as are held at the least.
     */
    public void shrink() throws IOException {
        while (rows.size() > capacity.atLeast() && bytes() > capacity.bytes()) {
            evictOldest();
        }
    }

    /** Forgets a key, here and in state. */
    public void forget(K key) {
        Resident<K> row = rows.remove(key);
        if (row != null) {
            changed.remove(row);
            release(row);
        }
        context.setCurrentKey(key);
        state.clear();
    }

    /**
     * Forgets, here and in state, those of the least recently used keys whose last event was before
     * an event time, epoch milliseconds, and for which nothing waits. Keys that no time says
     * anything about, of which there was no event yet or one ahead of {@code now}, hold up nothing:
     * they count as used now.
     *
     * @param now the latest time that a key's last event can reasonably have
     * @param most keys to look at
     * @return how many were forgotten
     */
    public int forgetOldest(long time, long now, int most) {
        List<K> old = new ArrayList<>();
        List<K> apart = new ArrayList<>();
        for (int at = rows.oldest(); at >= 0; at = rows.newerThan(at)) {
            Resident<K> row = rows.at(at);
            KeyMemory memory = row.memory;
            boolean known = memory.step() > 0 && memory.lastTime() <= now;
            if ((known && memory.lastTime() >= time) || old.size() + apart.size() == most) {
                break;
            }
            (known && memory.orders() == null ? old : apart).add(row.key);
        }
        old.forEach(this::forget);
        apart.forEach(rows::use);
        return old.size();
    }

    /** Whether the memory of a key is held here. */
    public boolean holds(K key) {
        return rows.find(key) != null;
    }

    /** Writes all memories that changed since they were last written. */
    public void writeChanged() throws IOException {
        changed.writeAll(this::write);
    }

    /** The array of all states: spare rows first, then those of keys where their memories say. */
    public float[] states() {
        return states;
    }

    /** Memories held. */
    public int keys() {
        return rows.size();
    }

    /** Bytes of heap of all that is held, by the sizes of objects and arrays on a 64-bit JVM. */
    public long bytes() {
        return 16 + 4L * states.length + otherBytes;
    }

    /** Memories read from state so far. */
    public long reads() {
        return reads;
    }

    /** Memories written to state so far. */
    public long writes() {
        return writes;
    }
}
