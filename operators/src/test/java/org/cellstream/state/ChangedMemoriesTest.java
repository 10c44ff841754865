package org.cellstream.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangedMemoriesTest {

    private final ChangedMemories<String> changed = new ChangedMemories<>();
    private final List<String> written = new ArrayList<>();

    @Test
    void changedMemoriesAreWrittenByKeyGroupEachOnce() throws IOException {
        Resident<String> late = resident("late", 7);
        changed.add(late);
        changed.add(resident("early", 2));
        changed.add(late);
        changed.add(resident("first", 0));
        changed.add(resident("early too", 2));
        changed.writeAll(row -> written.add(row.key()));

        assertThat(written).containsExactly("first", "early", "early too", "late");
    }

    @Test
    void whatIsWrittenOrTakenOutIsNotWrittenAgain() throws IOException {
        Resident<String> first = resident("first", 0);
        Resident<String> second = resident("second", 1);
        Resident<String> third = resident("third", 2);
        changed.add(first);
        changed.add(second);
        changed.add(third);
        changed.remove(first);
        changed.remove(first);
        changed.writeAll(row -> written.add(row.key()));
        changed.writeAll(row -> written.add(row.key()));

        assertThat(written).containsExactly("second", "third");
        assertThat(changed.has(second)).isFalse();
    }

    @Test
    void whatChangesAgainIsWrittenAgain() throws IOException {
        Resident<String> only = resident("only", 4);
        changed.add(only);
        changed.writeAll(row -> written.add(row.key()));
        changed.add(only);
        changed.writeAll(row -> written.add(row.key()));

        assertThat(written).containsExactly("only", "only");
    }

    private static Resident<String> resident(String key, int group) {
        return new Resident<>(key, new KeyMemory(7, new double[8], new float[4]), 0, group);
    }
}
