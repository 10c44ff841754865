package org.cellstream.event;

import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * What every subtask of the forecaster hears: new weights, or an order about all keys. Exactly one
 * of the two is there.
 */
@Internal
public record Shared<K>(@Nullable WeightUpdate weights, @Nullable Control<K> control) {

    public Shared {
        if ((weights == null) == (control == null)) {
            throw new IllegalArgumentException(
                    "%s and %s; need one of weights and control".formatted(weights, control));
        }
    }

    public static <K> Shared<K> of(WeightUpdate weights) {
        return new Shared<>(weights, null);
    }

    public static <K> Shared<K> of(Control<K> control) {
        return new Shared<>(null, control);
    }

    /** The Flink type, for keys of type {@code key}. */
    @SuppressWarnings("unchecked") // a class literal cannot name its type argument
    public static <K> TypeInformation<Shared<K>> type(TypeInformation<K> key) {
        return Types.POJO(
                (Class<Shared<K>>) (Class<?>) Shared.class,
                Map.of("weights", WeightUpdate.type(), "control", Control.type(key)));
    }
}
