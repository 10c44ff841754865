package org.cellstream.inference;

/** Why the waiting rows were stepped. */
enum FlushReason {
    FULL("flushesByFull"),
    IDLE("flushesByIdle"),
    DELAY("flushesByDelay"),
    WATERMARK("flushesByWatermark"),
    BARRIER("flushesByBarrier"),
    WEIGHTS("flushesByWeights"),
    CONTROL("flushesByControl"),
    END_OF_INPUT("flushesByEndOfInput");

    private final String counter;

    FlushReason(String counter) {
        this.counter = counter;
    }

    String counter() {
        return counter;
    }
}
