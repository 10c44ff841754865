package org.cellstream.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class EventSerializerTest {

    private static final int EVENTS = 2000;
    private static final List<String> KEYS = List.of("key-17", "Zürich", "", "\uD83D\uDE00");
    private static final SerializerConfigImpl CONFIG = new SerializerConfigImpl();

    private final SplittableRandom random = new SplittableRandom(1);
    private final TypeSerializer<Event<String>> ours =
            Event.type(Types.STRING).createSerializer(CONFIG);
    private final TypeSerializer<Event<String>> flinks =
            ((PojoTypeInfo<Event<String>>) Event.type(Types.STRING)).createPojoSerializer(CONFIG);

    @Test
    void writesAndReadsTheBytesOfFlinksOwnSerializer() throws Exception {
        assertThat(ours).isInstanceOf(EventSerializer.class);
        for (Event<String> event : events().toList()) {
            byte[] bytes = bytes(ours, event);

            assertThat(bytes).isEqualTo(bytes(flinks, event));
            assertThat(ours.deserialize(new DataInputDeserializer(bytes))).isEqualTo(event);
            assertThat(flinks.deserialize(new DataInputDeserializer(bytes))).isEqualTo(event);
        }
    }

    @Test
    void copiesTheBytesOfOneEvent() throws Exception {
        for (Event<String> event : events().toList()) {
            byte[] bytes = bytes(ours, event);
            DataOutputSerializer copied = new DataOutputSerializer(bytes.length);

            ours.copy(new DataInputDeserializer(bytes), copied);

            assertThat(copied.getCopyOfBuffer()).isEqualTo(bytes);
        }
    }

    @Test
    void copyIsEqualAndHasNumbersOfItsOwn() {
        for (Event<String> event : events().toList()) {
            Event<String> copy = ours.copy(event);

            assertThat(copy).isEqualTo(event);
            assertThat(copy.numbers()).isNotSameAs(event.numbers());
        }
    }

    @Test
    void stateOfEitherSerializerIsReadByTheOther() throws Exception {
        TypeSerializerSnapshot<Event<String>> before = restored(flinks.snapshotConfiguration());
        TypeSerializerSnapshot<Event<String>> now = restored(ours.snapshotConfiguration());

        assertThat(ours.snapshotConfiguration().resolveSchemaCompatibility(before))
                .matches(compatibility -> compatibility.isCompatibleAsIs());
        assertThat(flinks.snapshotConfiguration().resolveSchemaCompatibility(now))
                .matches(compatibility -> compatibility.isCompatibleAsIs());
        for (Event<String> event : events().toList()) {
            DataInputDeserializer in = new DataInputDeserializer(bytes(ours, event));
            assertThat(now.restoreSerializer().deserialize(in)).isEqualTo(event);
        }
    }

    @Test
    void duplicateWritesTheSame() throws Exception {
        for (Event<String> event : events().toList()) {
            assertThat(bytes(ours.duplicate(), event)).isEqualTo(bytes(ours, event));
        }
        assertThat(ours.duplicate()).isEqualTo(ours);
    }

    /** What a savepoint keeps of a serializer, read again. */
    private static TypeSerializerSnapshot<Event<String>> restored(
            TypeSerializerSnapshot<Event<String>> snapshot) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1);
        TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(out, snapshot);
        return TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
                new DataInputDeserializer(out.getCopyOfBuffer()),
                EventSerializerTest.class.getClassLoader());
    }

    private static byte[] bytes(TypeSerializer<Event<String>> serializer, Event<String> event)
            throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1);
        serializer.serialize(event, out);
        return out.getCopyOfBuffer();
    }

    private Stream<Event<String>> events() {
        return Stream.generate(this::event).limit(EVENTS);
    }

    private Event<String> event() {
        String key = KEYS.get(random.nextInt(KEYS.size()));
        if (random.nextInt(8) == 0) {
            return Event.of(Control.seed(key, state()).from(random.nextLong(1000)));
        }
        Event<String> event =
                new Event<>(
                        key,
                        random.nextLong(),
                        random.ints(random.nextInt(9)).mapToDouble(any -> number()).toArray(),
                        random.nextInt(),
                        random.nextLong());
        return random.nextBoolean() ? event : event.marked(Marks.NONE.start().labelled(number()));
    }

    private Map<String, float[]> state() {
        return Map.of("lstm_1", new float[] {random.nextInt(), Float.MIN_VALUE});
    }

    private double number() {
        return random.nextBoolean() ? Double.longBitsToDouble(random.nextLong()) : Double.NaN;
    }
}
