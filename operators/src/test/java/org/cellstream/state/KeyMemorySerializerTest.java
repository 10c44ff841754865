package org.cellstream.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.cellstream.config.StandardisationConfig;
import org.cellstream.event.Event;
import org.cellstream.experts.ExpertMemory;
import org.cellstream.features.Columns;
import org.cellstream.nn.Network;
import org.cellstream.nn.Precision;
import org.junit.jupiter.api.Test;

class KeyMemorySerializerTest {

    private static final MemoryShape SHAPE = shape("lstm(3) dense(1)", "a, b=b|log|diff");
    private static final StandardisationConfig STANDARDISATION = new StandardisationConfig(0.1, 6);

    @Test
    void memoryComesBackAsItWas() throws IOException {
        KeyMemory memory = filled(SHAPE);

        KeyMemory back = throughBytes(memory);

        assertThat(back).isEqualTo(memory).isNotSameAs(memory);
        assertThat(back.lastTime()).isEqualTo(20);
        assertThat(back.step()).isEqualTo(2);
        assertThat(back.window()).isEqualTo(memory.window());
        assertThat(back.experts()).isEqualTo(memory.experts());
    }

    @Test
    void memoryWithoutForecastAndWindowComesBackAsItWas() throws IOException {
        KeyMemory memory = new Intake(SHAPE, STANDARDISATION).newMemory();

        KeyMemory back = throughBytes(memory);

        assertThat(back).isEqualTo(memory);
        assertThat(back.forecast()).isNull();
        assertThat(back.window()).isNull();
        assertThat(back.experts()).isNull();
    }

    @Test
    void copySharesNothing() {
        KeyMemory memory = filled(SHAPE);
        KeyMemory same = memory.copy();

        KeyMemory copy = memory.copy();
        copy.layers()[0] = 99;
        copy.features()[0] = 99;
        copy.experts().doubles()[0] = 99;
        copy.experts().floats()[0] = 99;

        assertThat(memory).isEqualTo(same);
    }

    @Test
    void copyingBytesEqualsReadingAndWriting() throws IOException {
        KeyMemorySerializer serializer = KeyMemorySerializer.of(SHAPE);
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(filled(SHAPE), out);
        DataOutputSerializer copied = new DataOutputSerializer(64);

        serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copied);

        assertThat(copied.getCopyOfBuffer()).isEqualTo(out.getCopyOfBuffer());
    }

    @Test
    void bytesBeginWithFormatAndShapeAndTheirSectionsAreLittleEndian() {
        byte[] bytes = KeyMemoryFormat.write(filled(SHAPE), Precision.FLOAT32);

        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(in.get()).isEqualTo((byte) 1);
        assertThat(in.getInt()).isEqualTo(SHAPE.fingerprint());
        assertThat(in.get()).isEqualTo((byte) 1);
        assertThat(in.getInt()).isEqualTo(24);
        assertThat(in.getLong()).isEqualTo(2);
    }

    @Test
    void sectionOfALaterVersionIsPassedOver() throws IOException {
        KeyMemory memory = filled(SHAPE);
        byte[] bytes = KeyMemoryFormat.write(memory, Precision.FLOAT32);
        ByteBuffer longer = ByteBuffer.allocate(bytes.length + 5 + 3);
        longer.put(bytes).put((byte) 99).order(ByteOrder.LITTLE_ENDIAN).putInt(3).put(new byte[3]);

        assertThat(KeyMemoryFormat.read(longer.array())).isEqualTo(memory);
    }

    @Test
    void unknownFormatIsNamed() {
        byte[] bytes = KeyMemoryFormat.write(filled(SHAPE), Precision.FLOAT32);
        bytes[0] = 7;

        assertThatThrownBy(() -> KeyMemoryFormat.read(bytes))
                .isInstanceOf(IOException.class)
                .hasMessage("a key's memory has format 7; this Cellstream reads format 1");
    }

    @Test
    void memoryFitsItsOwnShapeOnly() {
        MemoryAdoption adoption = new MemoryAdoption(SHAPE);

        assertThat(adoption.fits(filled(SHAPE))).isTrue();
        assertThat(adoption.fits(filled(shape("lstm(4) dense(1)", "a, b=b|log|diff")))).isFalse();
        assertThat(adoption.fits(filled(shape("lstm(3) dense(1)", "a, b=b|log")))).isFalse();
    }

    @Test
    void snapshotRestoresASerializerForTheSameShape() throws IOException {
        KeyMemorySerializer serializer = KeyMemorySerializer.of(SHAPE);
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
                out, serializer.snapshotConfiguration());

        TypeSerializerSnapshot<KeyMemory> snapshot =
                TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
                        new DataInputDeserializer(out.getCopyOfBuffer()),
                        getClass().getClassLoader());
        TypeSerializer<KeyMemory> restored = snapshot.restoreSerializer();

        assertThat(restored).isEqualTo(serializer);
        assertThat(
                        serializer
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(snapshot)
                                .isCompatibleAsIs())
                .isTrue();
    }

    private static MemoryShape shape(String network, String columns) {
        Columns parsed = Columns.parse(columns, "a");
        return new MemoryShape(Network.parse(network, parsed.width()), parsed);
    }

    private static KeyMemory filled(MemoryShape shape) {
        Intake intake = new Intake(shape, STANDARDISATION);
        KeyMemory memory = intake.newMemory();
        float[] row = new float[shape.network().inputs()];
        assertThat(intake.take(Event.of("key", 10, 1.5, 2.5), memory, row, 0)).isNull();
        assertThat(intake.take(Event.of("key", 20, 1.75, 3.5), memory, row, 0)).isNull();
        for (int i = 0; i < memory.layers().length; i++) {
            memory.layers()[i] = i / 8f;
        }
        memory.keepForecast(new double[] {0.25});
        OpenWindow window = new OpenWindow(3, row.length);
        window.add(row, 1);
        window.label(0.5f);
        window.add(row, 1);
        memory.keepWindow(window);
        memory.keepExperts(
                new ExpertMemory(7, new double[] {1, -2, Double.NaN}, new float[] {0.5f, 3}));
        return memory;
    }

    private static KeyMemory throughBytes(KeyMemory memory) throws IOException {
        KeyMemorySerializer serializer = KeyMemorySerializer.of(SHAPE);
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(memory, out);
        return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}
