package org.cellstream.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventStreamTest {

    @Test
    void givesTheSameEventsForASeed() {
        assertThat(new EventStream(10, 1).json(57)).isEqualTo(new EventStream(10, 1).json(57));
        assertThat(new EventStream(10, 1).json(57)).isNotEqualTo(new EventStream(10, 2).json(57));
    }

    @Test
    void letsKeysTakeTurns() {
        EventStream events = new EventStream(10, 1);

        assertThat(events.key(57)).isEqualTo("key-7").isEqualTo(events.key(67));
        assertThat(events.step(7)).isEqualTo(1);
        assertThat(events.step(57)).isEqualTo(6);
    }

    @Test
    void findsAnEventByItsTime() {
        assertThat(EventStream.at(EventStream.time(57))).isEqualTo(57);
    }
}
