package org.cellstream.event;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.PojoField;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;

/** Flink's own type of the record {@link Event}, with a faster serializer. */
final class EventType<K> extends PojoTypeInfo<Event<K>> {

    private static final long serialVersionUID = 1L;

    private final TypeInformation<K> key;

    EventType(PojoTypeInfo<Event<K>> type, TypeInformation<K> key) {
        super(type.getTypeClass(), fields(type));
        this.key = key;
    }

    private static List<PojoField> fields(PojoTypeInfo<?> type) {
        return IntStream.range(0, type.getArity()).mapToObj(type::getPojoFieldAt).toList();
    }

    @Override
    public TypeSerializer<Event<K>> createSerializer(SerializerConfig config) {
        return new EventSerializer<>(
                createPojoSerializer(config),
                key.createSerializer(config),
                Control.type(key).createSerializer(config),
                Marks.type().createSerializer(config));
    }
}
