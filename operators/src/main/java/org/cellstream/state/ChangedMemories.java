package org.cellstream.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The residents whose memories changed since they were last written. They are written by key group,
 * as managed state orders its keys: RocksDB then puts each beside the one before, in what the
 * processor's caches still hold, where keys in any order cost a walk through main memory each.
 */
final class ChangedMemories<K> {

    private final List<Resident<K>> changed = new ArrayList<>();

    /** Writes one memory to managed state. */
    interface Writer<K> {

        void write(Resident<K> resident) throws IOException;
    }

    /** Notes a change, which may not be the first. */
    void add(Resident<K> resident) {
        if (!has(resident)) {
            resident.changedAt = changed.size();
            changed.add(resident);
        }
    }

    boolean has(Resident<K> resident) {
        return resident.changedAt != Resident.UNCHANGED;
    }

    /** Takes out one that was written or is forgotten, if it is there. */
    void remove(Resident<K> resident) {
        if (!has(resident)) {
            return;
        }
        Resident<K> last = changed.remove(changed.size() - 1);
        if (last != resident) {
            changed.set(resident.changedAt, last);
            last.changedAt = resident.changedAt;
        }
        resident.changedAt = Resident.UNCHANGED;
    }

    /** Writes all of them; then none has changed. */
    void writeAll(Writer<K> writer) throws IOException {
        Resident<K>[] ordered = byGroup();
        for (Resident<K> resident : ordered) {
            writer.write(resident);
            resident.changedAt = Resident.UNCHANGED;
        }
        changed.clear();
    }

    /** All of them by key group: a counting sort, in time proportional to their number. */
    private Resident<K>[] byGroup() {
        int groups = 0;
        for (Resident<K> resident : changed) {
            groups = Math.max(groups, resident.group + 1);
        }
        int[] next = new int[groups + 1];
        for (Resident<K> resident : changed) {
            next[resident.group + 1]++;
        }
        for (int group = 0; group < groups; group++) {
            next[group + 1] += next[group];
        }
        Resident<K>[] ordered = array(changed.size());
        for (Resident<K> resident : changed) {
            ordered[next[resident.group]++] = resident;
        }
        return ordered;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // no array can be made of a generic type
    private static <K> Resident<K>[] array(int length) {
        return new Resident[length];
    }
}
