package org.cellstream;

import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.MapFunction;

/** Takes its time over every record. */
final class SlowFunction<T> implements MapFunction<T, T> {

    private static final long serialVersionUID = 1L;

    private final long micros;

    SlowFunction(long micros) {
        this.micros = micros;
    }

    @Override
    public T map(T value) {
        LockSupport.parkNanos(micros * 1000);
        return value;
    }
}
