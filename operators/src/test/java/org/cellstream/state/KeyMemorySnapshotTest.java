package org.cellstream.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.cellstream.config.StandardisationConfig;
import org.cellstream.features.Columns;
import org.cellstream.nn.Network;
import org.cellstream.nn.Precision;
import org.junit.jupiter.api.Test;

/** Snapshots of every version, and memories of shapes that are known and unknown. */
class KeyMemorySnapshotTest {

    private static final StandardisationConfig STANDARDISATION = new StandardisationConfig(0.1, 6);
    private static final MemoryShape A = shape("lstm(3) dense(1)");
    private static final MemoryShape B = shape("lstm(4) dense(1)");
    private static final MemoryShape C = shape("lstm(5) dense(1)");

    @Test
    void firstVersionNamedOneShapeAndIsRead() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeUTF(A.describe());

        KeyMemorySerializer serializer = read(1, out);

        assertThat(serializer).isEqualTo(KeyMemorySerializer.of(A));
    }

    @Test
    void shapesOfEarlierJobsAndThePrecisionComeBack() throws IOException {
        KeyMemorySerializer b =
                after(KeyMemorySerializer.of(A), KeyMemorySerializer.of(B, Precision.BFLOAT16));
        KeyMemorySerializer c = after(b, KeyMemorySerializer.of(C, Precision.FLOAT16));
        DataOutputSerializer out = new DataOutputSerializer(64);
        c.snapshotConfiguration().writeSnapshot(out);

        KeyMemorySerializer back = read(2, out);

        assertThat(back).isEqualTo(c);
        assertThat(back.precision()).isEqualTo(Precision.FLOAT16);
        assertThat(back.shapes().now()).isEqualTo(C.describe());
        assertThat(back.shapes().before()).containsExactly(B.describe(), A.describe());
    }

    @Test
    void shapeThatComesBackIsNamedOnce() {
        KeyMemorySerializer b = after(KeyMemorySerializer.of(A), KeyMemorySerializer.of(B));

        KeyMemorySerializer again = after(b, KeyMemorySerializer.of(A));

        assertThat(again.shapes().now()).isEqualTo(A.describe());
        assertThat(again.shapes().before()).containsExactly(B.describe());
    }

    @Test
    void snapshotOfALaterVersionIsRefused() {
        assertThatThrownBy(() -> read(3, new DataOutputSerializer(8)))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "key memories have snapshot version 3; this Cellstream reads versions 1 to 2");
    }

    @Test
    void snapshotWithoutAVersionIsRefused() {
        assertThatThrownBy(() -> read(0, new DataOutputSerializer(8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("snapshot version 0");
    }

    @Test
    void memoryOfAnUnknownShapeStartsColdAndIsCounted() throws IOException {
        TestingKeyedState backend = new TestingKeyedState(A, true);
        backend.setCurrentKey("key");
        backend.update(new Intake(B, STANDARDISATION).newMemory());
        MemoryState state = backend.memories(A);

        KeyMemory memory = state.read();

        assertThat(memory).isNull();
        assertThat(state.unknown().getCount()).isEqualTo(1);
        assertThat(state.adopted().getCount()).isZero();
    }

    @Test
    void memoryInHalfPrecisionIsReadByASerializerOfAnother() throws IOException {
        KeyMemory memory = new Intake(A, STANDARDISATION).newMemory();
        memory.layers()[1] = 0.5f;
        memory.layers()[2] = -3;
        for (Precision precision : Precision.values()) {
            DataOutputSerializer out = new DataOutputSerializer(64);
            KeyMemorySerializer.of(A, precision).serialize(memory, out);

            KeyMemory back =
                    KeyMemorySerializer.of(A)
                            .deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));

            assertThat(back).isEqualTo(memory);
        }
    }

    /** The serializer of a job that takes over the state of another. */
    private static KeyMemorySerializer after(KeyMemorySerializer old, KeyMemorySerializer now) {
        TypeSerializerSchemaCompatibility<KeyMemory> compatibility =
                now.snapshotConfiguration().resolveSchemaCompatibility(old.snapshotConfiguration());
        assertThat(compatibility.isCompatibleWithReconfiguredSerializer()).isTrue();
        return (KeyMemorySerializer) compatibility.getReconfiguredSerializer();
    }

    private static KeyMemorySerializer read(int version, DataOutputSerializer written)
            throws IOException {
        KeyMemorySerializerSnapshot snapshot = new KeyMemorySerializerSnapshot();
        snapshot.readSnapshot(
                version,
                new DataInputDeserializer(written.getCopyOfBuffer()),
                KeyMemorySnapshotTest.class.getClassLoader());
        TypeSerializer<KeyMemory> serializer = snapshot.restoreSerializer();
        return (KeyMemorySerializer) serializer;
    }

    private static MemoryShape shape(String network) {
        Columns columns = Columns.parse("a", "a");
        return new MemoryShape(Network.parse(network, columns.width()), columns);
    }
}
