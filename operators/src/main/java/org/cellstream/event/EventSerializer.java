package org.cellstream.event;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the very bytes of Flink's serializer of the record, without reflection and
 * without an object per field: every event goes through it between the source and the forecaster.
 * Its snapshot is that of Flink's serializer, so that state written by either is read by either.
 */
final class EventSerializer<K> extends TypeSerializer<Event<K>> {

    private static final long serialVersionUID = 1L;

    /** What Flink's serializer writes before the fields of an object of the class itself. */
    private static final int OF_THE_CLASS = 2;

    private final TypeSerializer<Event<K>> flinks;
    private final TypeSerializer<K> keys;
    private final TypeSerializer<Control<K>> controls;
    private final TypeSerializer<Marks> marks;

    EventSerializer(
            TypeSerializer<Event<K>> flinks,
            TypeSerializer<K> keys,
            TypeSerializer<Control<K>> controls,
            TypeSerializer<Marks> marks) {
        this.flinks = flinks;
        this.keys = keys;
        this.controls = controls;
        this.marks = marks;
    }

    /** Fields stand in the order of their names, each behind whether it is null. */
    @Override
    public void serialize(Event<K> event, DataOutputView out) throws IOException {
        out.writeByte(OF_THE_CLASS);
        writeNullable(event.control(), controls, out);
        writeNullable(event.given(), marks, out);
        writeNullable(event.key(), keys, out);
        double[] numbers = event.numbers();
        out.writeBoolean(false);
        out.writeInt(numbers.length);
        for (double number : numbers) {
            out.writeDouble(number);
        }
        out.writeBoolean(false);
        out.writeLong(event.offset());
        out.writeBoolean(false);
        out.writeInt(event.partition());
        out.writeBoolean(false);
        out.writeLong(event.time());
    }

    private static <T> void writeNullable(
            @Nullable T value, TypeSerializer<T> serializer, DataOutputView out)
            throws IOException {
        out.writeBoolean(value == null);
        if (value != null) {
            serializer.serialize(value, out);
        }
    }

    @Override
    public Event<K> deserialize(DataInputView in) throws IOException {
        int flags = in.readByte();
        if (flags != OF_THE_CLASS) {
            throw new IOException(
                    "an event starts with %d; need %d".formatted(flags, OF_THE_CLASS));
        }
        Control<K> control = readNullable(controls, in);
        Marks given = readNullable(marks, in);
        K key = need("key", readNullable(keys, in));
        expect("numbers", in);
        double[] numbers = new double[in.readInt()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.readDouble();
        }
        expect("offset", in);
        long offset = in.readLong();
        expect("partition", in);
        int partition = in.readInt();
        expect("time", in);
        long time = in.readLong();
        return new Event<>(key, time, numbers, partition, offset, control, given);
    }

    private static <T> @Nullable T readNullable(TypeSerializer<T> serializer, DataInputView in)
            throws IOException {
        return in.readBoolean() ? null : serializer.deserialize(in);
    }

    private static void expect(String field, DataInputView in) throws IOException {
        if (in.readBoolean()) {
            throw missing(field);
        }
    }

    private static <T> T need(String field, @Nullable T value) throws IOException {
        if (value == null) {
            throw missing(field);
        }
        return value;
    }

    private static IOException missing(String field) {
        return new IOException("an event has no " + field);
    }

    @Override
    public Event<K> deserialize(Event<K> reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public Event<K> copy(Event<K> event) {
        Control<K> control = event.control();
        return new Event<>(
                keys.copy(event.key()),
                event.time(),
                event.numbers().clone(),
                event.partition(),
                event.offset(),
                control == null ? null : controls.copy(control),
                event.given());
    }

    @Override
    public Event<K> copy(Event<K> event, Event<K> reuse) {
        return copy(event);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        flinks.copy(in, out);
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public Event<K> createInstance() {
        return flinks.createInstance();
    }

    @Override
    public int getLength() {
        return flinks.getLength();
    }

    @Override
    public TypeSerializer<Event<K>> duplicate() {
        return new EventSerializer<>(
                flinks.duplicate(), keys.duplicate(), controls.duplicate(), marks.duplicate());
    }

    @Override
    public TypeSerializerSnapshot<Event<K>> snapshotConfiguration() {
        return flinks.snapshotConfiguration();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof EventSerializer<?> other && flinks.equals(other.flinks);
    }

    @Override
    public int hashCode() {
        return flinks.hashCode();
    }
}
