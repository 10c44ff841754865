package org.cellstream.inference;

import org.cellstream.config.MemoryPrecision;
import org.cellstream.nn.Precision;
import org.cellstream.nn.Stepper;

/**
 * What a state is advanced with.
 *
 * @param precision what it is rounded to after every step
 */
record StepTools(Stepper stepper, Precision precision) {

    /** What the option of that name stands for. */
    static Precision precision(MemoryPrecision option) {
        return switch (option) {
            case FLOAT32 -> Precision.FLOAT32;
            case BFLOAT16 -> Precision.BFLOAT16;
            case FLOAT16 -> Precision.FLOAT16;
        };
    }
}
