package org.cellstream.inference;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.cellstream.event.Control;
import org.cellstream.event.Marks;

/**
 * One step of a {@link Schedule}. Its text is the Java that makes it, so that a failing schedule
 * can be pasted into a test.
 */
sealed interface Action {

    void applyTo(ScheduleTarget target, ScheduleSetup setup) throws Exception;

    /** An event; each of a schedule has another offset. */
    static Input event(String key, long time, long offset, double... numbers) {
        return new Input(key, time, offset, Marks.NONE, numbers);
    }

    static Action order(Control<String> control) {
        return new Order(control);
    }

    static Action weights(long generation, long number, long epoch, WeightsKind kind) {
        return new Publication(generation, number, epoch, kind);
    }

    static Action eventWatermark(long time) {
        return new EventWatermark(time);
    }

    static Action trainerWatermark(long time) {
        return new TrainerWatermark(time);
    }

    static Action passMillis(long millis) {
        return new Pass(millis);
    }

    static Action barrier() {
        return new Barrier();
    }

    static Action failure() {
        return new Failure();
    }

    static Action rescale(int parallelism) {
        return new Rescale(parallelism);
    }

    static Action drain(int parallelism) {
        return new Drain(parallelism);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Input(String key, long time, long offset, Marks marks, double[] numbers)
            implements Action {

        Input marked(Marks other) {
            return new Input(key, time, offset, other, numbers);
        }

        @Override
        public void applyTo(ScheduleTarget target, ScheduleSetup setup) throws Exception {
            target.event(ScheduleSetup.event(key, time, offset, numbers.clone()).marked(marks));
        }

        @Override
        public String toString() {
            String event =
                    "event(\"%s\", %d, %d%s)"
                            .formatted(
                                    key,
                                    time,
                                    offset,
                                    Arrays.stream(numbers)
                                            .mapToObj(number -> ", " + literal(number))
                                            .collect(Collectors.joining()));
            return marks.equals(Marks.NONE)
                    ? event
                    : "%s.marked(new Marks(%s, %s, %s, %s, %s))"
                            .formatted(
                                    event,
                                    marks.starts(),
                                    marks.ends(),
                                    marks.masked(),
                                    literal(marks.label()),
                                    marks.weight());
        }

        private static String literal(double number) {
            if (Double.isNaN(number)) {
                return "Double.NaN";
            }
            if (Double.isInfinite(number)) {
                return "Double." + (number > 0 ? "POSITIVE_INFINITY" : "NEGATIVE_INFINITY");
            }
            return Double.toString(number);
        }
    }

    record Order(Control<String> control) implements Action {
        @Override
        public void applyTo(ScheduleTarget target, ScheduleSetup setup) throws Exception {
            target.order(control);
        }

        @Override
        public String toString() {
            return "order(new Control<>(Action.%s, %s, %s, %s, Map.of(%s), 1, %d))"
                    .formatted(
                            control.action(),
                            quoted(control.key()),
                            quoted(control.layer()),
                            control.time() == Control.AT_ONCE
                                    ? "Control.AT_ONCE"
                                    : control.time() + "L",
                            control.state().entrySet().stream()
                                    .map(Order::literal)
                                    .sorted()
                                    .collect(Collectors.joining(", ")),
                            control.offset());
        }

        private static String quoted(String text) {
            return text == null ? "null" : "\"" + text + "\"";
        }

        private static String literal(Map.Entry<String, float[]> layer) {
            StringBuilder floats = new StringBuilder();
            for (float value : layer.getValue()) {
                floats.append(floats.isEmpty() ? "" : ", ").append(value).append('f');
            }
            return "\"%s\", new float[] {%s}".formatted(layer.getKey(), floats);
        }
    }

    record Publication(long generation, long number, long epoch, WeightsKind kind)
            implements Action {
        @Override
        public void applyTo(ScheduleTarget target, ScheduleSetup setup) throws Exception {
            target.weights(setup.weights(this));
        }

        @Override
        public String toString() {
            return "weights(%d, %d, %s, WeightsKind.%s)"
                    .formatted(
                            generation,
                            number,
                            epoch == Long.MIN_VALUE ? "AT_ARRIVAL" : Long.toString(epoch),
                            kind);
        }
    }

    record EventWatermark(long time) implements Action {
        @Override
        public void applyTo(ScheduleTarget target, ScheduleSetup setup) throws Exception {
            target.eventWatermark(time);
        }

        @Override
        public String toString() {
            return "eventWatermark(%d)".formatted(time);
        }
    }

    record TrainerWatermark(long time) implements Action {
        @Override
        public void applyTo(ScheduleTarget target, ScheduleSetup setup) throws Exception {
            target.trainerWatermark(time);
        }

        @Override
        public String toString() {
            return "trainerWatermark(%d)".formatted(time);
        }
    }

    record Pass(long millis) implements Action {
        @Override
        public void applyTo(ScheduleTarget target, ScheduleSetup setup) throws Exception {
            target.passMillis(millis);
        }

        @Override
        public String toString() {
            return "passMillis(%d)".formatted(millis);
        }
    }

    record Barrier() implements Action {
        @Override
        public void applyTo(ScheduleTarget target, ScheduleSetup setup) throws Exception {
            target.barrier();
        }

        @Override
        public String toString() {
            return "barrier()";
        }
    }

    record Failure() implements Action {
        @Override
        public void applyTo(ScheduleTarget target, ScheduleSetup setup) throws Exception {
            target.failure();
        }

        @Override
        public String toString() {
            return "failure()";
        }
    }

    record Rescale(int parallelism) implements Action {
        @Override
        public void applyTo(ScheduleTarget target, ScheduleSetup setup) throws Exception {
            target.rescale(parallelism);
        }

        @Override
        public String toString() {
            return "rescale(%d)".formatted(parallelism);
        }
    }

    record Drain(int parallelism) implements Action {
        @Override
        public void applyTo(ScheduleTarget target, ScheduleSetup setup) throws Exception {
            target.drain(parallelism);
        }

        @Override
        public String toString() {
            return "drain(%d)".formatted(parallelism);
        }
    }
}
