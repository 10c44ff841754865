package org.cellstream.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.cellstream.features.Columns;
import org.cellstream.nn.Network;
import org.junit.jupiter.api.Test;

class MemoryAdoptionTest {

    private static final Columns COLUMNS = Columns.parse("a", "a");
    private static final MemoryShape SHAPE =
            new MemoryShape(Network.parse("lstm(2) dense(1)", COLUMNS.width()), COLUMNS);

    /** A field of that name was one once; now it is the event's key. */
    @Test
    void memoryOfColumnsThatCannotBeReadAnyMoreStartsCold() {
        KeyMemory old = new KeyMemory(7, new double[8], new float[4]);
        old.madeFor("lstm(2) dense(1) over 1 input on a=key|log for a");

        assertThat(new MemoryAdoption(SHAPE).adopt(old)).isNull();
    }

    @Test
    void memoryOfColumnsThatCanBeReadKeepsItsState() {
        KeyMemory old = new KeyMemory(7, new double[7], new float[] {1, 2, 3, 4});
        old.madeFor("lstm(2) dense(1) over 1 input on b=a for b");

        assertThat(new MemoryAdoption(SHAPE).adopt(old))
                .extracting(KeyMemory::state)
                .isEqualTo(new float[] {1, 2, 3, 4});
    }
}
